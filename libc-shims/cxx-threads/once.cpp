// std::call_once: a thread that comes while another one is in the function waits.
#include <mutex>

#include <pthread.h>

namespace std {
inline namespace _LIBCPP_ABI_NAMESPACE {

static pthread_mutex_t once_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t once_change = PTHREAD_COND_INITIALIZER;

void __call_once(volatile once_flag::_State_type &state, void *argument, void (*function)(void *)) {
  pthread_mutex_lock(&once_mutex);
  while (state == once_flag::_Pending)
    pthread_cond_wait(&once_change, &once_mutex);
  if (state == once_flag::_Unset) {
    state = once_flag::_Pending;
    pthread_mutex_unlock(&once_mutex);
    function(argument);
    pthread_mutex_lock(&once_mutex);
    state = once_flag::_Complete;
    pthread_cond_broadcast(&once_change);
  }
  pthread_mutex_unlock(&once_mutex);
}

} // namespace _LIBCPP_ABI_NAMESPACE
} // namespace std
