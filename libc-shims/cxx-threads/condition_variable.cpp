// std::condition_variable, over pthread_cond_t.
#include <condition_variable>

#include <cerrno>
#include <ctime>

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {

#if !_LIBCPP_HAS_TRIVIAL_CONDVAR_DESTRUCTION
condition_variable::~condition_variable() {
  __libcpp_condvar_destroy(&__cv_);
}
#endif

void condition_variable::notify_one() noexcept {
  __libcpp_condvar_signal(&__cv_);
}

void condition_variable::notify_all() noexcept {
  __libcpp_condvar_broadcast(&__cv_);
}

void condition_variable::wait(unique_lock<mutex> &lock) noexcept {
  int error = lock.owns_lock() ? __libcpp_condvar_wait(&__cv_, lock.mutex()->native_handle()) : EPERM;
  if (error)
    __throw_system_error(error, "condition_variable::wait failed");
}

void condition_variable::__do_timed_wait(unique_lock<mutex> &lock,
                                         chrono::time_point<chrono::system_clock, chrono::nanoseconds> until) noexcept {
  if (!lock.owns_lock())
    __throw_system_error(EPERM, "condition_variable::wait_until failed");
  auto time = until.time_since_epoch();
  auto seconds = chrono::duration_cast<chrono::seconds>(time);
  timespec deadline{static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
  int error = __libcpp_condvar_timedwait(&__cv_, lock.mutex()->native_handle(), &deadline);
  if (error && error != ETIMEDOUT)
    __throw_system_error(error, "condition_variable::wait_until failed");
}

} // namespace _LIBCPP_ABI_NAMESPACE
} // namespace std
