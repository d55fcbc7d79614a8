// std::thread for a libc++ that was built without threads: what its headers declare and its archive lacks.
#include <exception>
#include <thread>

#include <cerrno>
#include <ctime>
#include <unistd.h>

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {

thread::~thread() {
  if (joinable())
    terminate();
}

void thread::join() {
  int error = joinable() ? __libcpp_thread_join(&__t_) : EINVAL;
  if (error)
    __throw_system_error(error, "thread::join failed");
  __t_ = _LIBCPP_NULL_THREAD;
}

void thread::detach() {
  int error = joinable() ? __libcpp_thread_detach(&__t_) : EINVAL;
  if (error)
    __throw_system_error(error, "thread::detach failed");
  __t_ = _LIBCPP_NULL_THREAD;
}

unsigned thread::hardware_concurrency() noexcept {
  long number = sysconf(_SC_NPROCESSORS_ONLN);
  return number < 0 ? 0 : static_cast<unsigned>(number);
}

namespace this_thread {

void sleep_for(const chrono::nanoseconds &time) {
  if (time <= chrono::nanoseconds::zero())
    return;
  auto seconds = chrono::duration_cast<chrono::seconds>(time);
  timespec left{static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

} // namespace this_thread

} // namespace _LIBCPP_ABI_NAMESPACE
} // namespace std
