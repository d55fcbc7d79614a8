// std::mutex and its relatives, over pthread_mutex_t.
#include <mutex>

#include <cerrno>
#include <limits>

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {

#if !_LIBCPP_HAS_TRIVIAL_MUTEX_DESTRUCTION
mutex::~mutex() noexcept {
  __libcpp_mutex_destroy(&__m_);
}
#endif

void mutex::lock() {
  if (int error = __libcpp_mutex_lock(&__m_))
    __throw_system_error(error, "mutex::lock failed");
}

bool mutex::try_lock() noexcept {
  return __libcpp_mutex_trylock(&__m_);
}

void mutex::unlock() noexcept {
  __libcpp_mutex_unlock(&__m_);
}

recursive_mutex::recursive_mutex() {
  if (int error = __libcpp_recursive_mutex_init(&__m_))
    __throw_system_error(error, "recursive_mutex::recursive_mutex failed");
}

recursive_mutex::~recursive_mutex() {
  __libcpp_recursive_mutex_destroy(&__m_);
}

void recursive_mutex::lock() {
  if (int error = __libcpp_recursive_mutex_lock(&__m_))
    __throw_system_error(error, "recursive_mutex::lock failed");
}

bool recursive_mutex::try_lock() noexcept {
  return __libcpp_recursive_mutex_trylock(&__m_);
}

void recursive_mutex::unlock() noexcept {
  __libcpp_recursive_mutex_unlock(&__m_);
}

timed_mutex::timed_mutex() : __locked_(false) {}

timed_mutex::~timed_mutex() = default;

void timed_mutex::lock() {
  unique_lock<mutex> lock(__m_);
  __cv_.wait(lock, [this] { return !__locked_; });
  __locked_ = true;
}

bool timed_mutex::try_lock() noexcept {
  lock_guard<mutex> lock(__m_);
  bool free = !__locked_;
  __locked_ = true;
  return free;
}

void timed_mutex::unlock() noexcept {
  lock_guard<mutex> lock(__m_);
  __locked_ = false;
  __cv_.notify_one();
}

recursive_timed_mutex::recursive_timed_mutex() : __count_(0), __id_{} {}

recursive_timed_mutex::~recursive_timed_mutex() = default;

void recursive_timed_mutex::lock() {
  __thread_id self = this_thread::get_id();
  unique_lock<mutex> lock(__m_);
  if (__count_ != 0 && __id_ == self) {
    if (__count_ == numeric_limits<size_t>::max())
      __throw_system_error(EAGAIN, "recursive_timed_mutex::lock failed");
    __count_++;
    return;
  }
  __cv_.wait(lock, [this] { return __count_ == 0; });
  __count_ = 1;
  __id_ = self;
}

bool recursive_timed_mutex::try_lock() noexcept {
  __thread_id self = this_thread::get_id();
  lock_guard<mutex> lock(__m_);
  if (__count_ != 0 && (__id_ != self || __count_ == numeric_limits<size_t>::max()))
    return false;
  __count_++;
  __id_ = self;
  return true;
}

void recursive_timed_mutex::unlock() noexcept {
  lock_guard<mutex> lock(__m_);
  if (--__count_ != 0)
    return;
  __id_ = __thread_id();
  __cv_.notify_one();
}

} // namespace _LIBCPP_ABI_NAMESPACE
} // namespace std
