// What a thread of std::thread does at its end: it notifies the condition variables that asked for it.
#include <condition_variable>
#include <mutex>
#include <thread>

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {

class __thread_struct_imp {
public:
  struct notice {
    condition_variable *condition;
    mutex *locked;
    notice *next;
  };

  notice *notices = nullptr;

  ~__thread_struct_imp() {
    while (notices) {
      notice *first = notices;
      notices = first->next;
      first->locked->unlock();
      first->condition->notify_all();
      delete first;
    }
  }
};

__thread_struct::__thread_struct() : __p_(new __thread_struct_imp) {}

__thread_struct::~__thread_struct() {
  delete __p_;
}

void __thread_struct::notify_all_at_thread_exit(condition_variable *condition, mutex *locked) {
  __p_->notices = new __thread_struct_imp::notice{condition, locked, __p_->notices};
}

__thread_specific_ptr<__thread_struct> &__thread_local_data() {
  // Never destroyed: threads may outlive main's static objects.
  static auto *data = new __thread_specific_ptr<__thread_struct>;
  return *data;
}

void notify_all_at_thread_exit(condition_variable &condition, unique_lock<mutex> lock) {
  auto &data = __thread_local_data();
  // The first thread and those of pthread_create have none yet.
  if (!data.get())
    data.set_pointer(new __thread_struct);
  data->notify_all_at_thread_exit(&condition, lock.release());
}

} // namespace _LIBCPP_ABI_NAMESPACE
} // namespace std
