// std::shared_mutex and std::shared_timed_mutex. The state is what libc++'s header makes of it: a bit that a writer has entered,
// and the number of readers. Who wants to enter waits at the first gate, a writer that has entered waits at the second for
// the readers to leave.
#include <mutex>
#include <shared_mutex>

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {

__shared_mutex_base::__shared_mutex_base() : __state_(0) {}

void __shared_mutex_base::lock() {
  unique_lock<mutex> lock(__mut_);
  __gate1_.wait(lock, [this] { return !(__state_ & __write_entered_); });
  __state_ |= __write_entered_;
  __gate2_.wait(lock, [this] { return !(__state_ & __n_readers_); });
}

bool __shared_mutex_base::try_lock() {
  lock_guard<mutex> lock(__mut_);
  if (__state_ != 0)
    return false;
  __state_ = __write_entered_;
  return true;
}

void __shared_mutex_base::unlock() {
  lock_guard<mutex> lock(__mut_);
  __state_ = 0;
  __gate1_.notify_all();
}

void __shared_mutex_base::lock_shared() {
  unique_lock<mutex> lock(__mut_);
  __gate1_.wait(lock, [this] { return !(__state_ & __write_entered_) && __state_ != __n_readers_; });
  __state_++;
}

bool __shared_mutex_base::try_lock_shared() {
  lock_guard<mutex> lock(__mut_);
  if ((__state_ & __write_entered_) || __state_ == __n_readers_)
    return false;
  __state_++;
  return true;
}

void __shared_mutex_base::unlock_shared() {
  lock_guard<mutex> lock(__mut_);
  unsigned readers = (__state_ & __n_readers_) - 1;
  __state_ = (__state_ & __write_entered_) | readers;
  if ((__state_ & __write_entered_) && readers == 0)
    __gate2_.notify_one();
  else if (readers == __n_readers_ - 1)
    __gate1_.notify_one();
}

shared_timed_mutex::shared_timed_mutex() = default;

void shared_timed_mutex::lock() {
  __base_.lock();
}

bool shared_timed_mutex::try_lock() {
  return __base_.try_lock();
}

void shared_timed_mutex::unlock() {
  __base_.unlock();
}

void shared_timed_mutex::lock_shared() {
  __base_.lock_shared();
}

bool shared_timed_mutex::try_lock_shared() {
  return __base_.try_lock_shared();
}

void shared_timed_mutex::unlock_shared() {
  __base_.unlock_shared();
}

} // namespace _LIBCPP_ABI_NAMESPACE
} // namespace std
