/* C11's threads.h, over the same. */
#include <threads.h>

#include "impl.h"

static int result_of(int error) {
  switch (error) {
  case 0:
    return thrd_success;
  case ENOMEM:
    return thrd_nomem;
  case EBUSY:
    return thrd_busy;
  case ETIMEDOUT:
    return thrd_timedout;
  default:
    return thrd_error;
  }
}

/* A thread function that returns int, in the place of one that returns void *. */
typedef void *(*start)(void *);

int thrd_create(thrd_t *thread, thrd_start_t function, void *arg) {
  int error = pthread_create((pthread_t *)thread, NULL, (start)(void (*)(void))function, arg);
  return error == EAGAIN ? thrd_nomem : result_of(error);
}

thrd_t thrd_current(void) { return pthread_self(); }
int(thrd_equal)(thrd_t a, thrd_t b) { return a == b; }
int thrd_detach(thrd_t thread) { return result_of(pthread_detach(thread)); }
void thrd_yield(void) { coop_yield(); }

_Noreturn void thrd_exit(int result) { pthread_exit((void *)(intptr_t)result); }

int thrd_join(thrd_t thread, int *result) {
  void *value;
  int error = pthread_join(thread, &value);
  if (!error && result)
    *result = (int)(intptr_t)value;
  return result_of(error);
}

int thrd_sleep(const struct timespec *time, struct timespec *left) {
  return clock_nanosleep(CLOCK_MONOTONIC, 0, time, left) ? -2 : 0;
}

void call_once(once_flag *flag, void (*function)(void)) { pthread_once(flag, function); }

int mtx_init(mtx_t *mutex, int type) {
  pthread_mutexattr_t attr;
  pthread_mutexattr_init(&attr);
  if (type & mtx_recursive)
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
  return result_of(pthread_mutex_init((pthread_mutex_t *)mutex, &attr));
}

void mtx_destroy(mtx_t *mutex) { pthread_mutex_destroy((pthread_mutex_t *)mutex); }
int mtx_lock(mtx_t *mutex) { return result_of(pthread_mutex_lock((pthread_mutex_t *)mutex)); }
int mtx_unlock(mtx_t *mutex) { return result_of(pthread_mutex_unlock((pthread_mutex_t *)mutex)); }
int mtx_trylock(mtx_t *mutex) { return result_of(pthread_mutex_trylock((pthread_mutex_t *)mutex)); }

int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict time) {
  return result_of(pthread_mutex_timedlock((pthread_mutex_t *)mutex, time));
}

int cnd_init(cnd_t *cond) { return result_of(pthread_cond_init((pthread_cond_t *)cond, NULL)); }
void cnd_destroy(cnd_t *cond) { pthread_cond_destroy((pthread_cond_t *)cond); }
int cnd_signal(cnd_t *cond) { return result_of(pthread_cond_signal((pthread_cond_t *)cond)); }
int cnd_broadcast(cnd_t *cond) { return result_of(pthread_cond_broadcast((pthread_cond_t *)cond)); }

int cnd_wait(cnd_t *cond, mtx_t *mutex) {
  return result_of(pthread_cond_wait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex));
}

int cnd_timedwait(cnd_t *restrict cond, mtx_t *restrict mutex,
                  const struct timespec *restrict time) {
  return result_of(
      pthread_cond_timedwait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex, time));
}

int tss_create(tss_t *key, tss_dtor_t destructor) {
  return result_of(pthread_key_create(key, destructor));
}

void tss_delete(tss_t key) { pthread_key_delete(key); }
void *tss_get(tss_t key) { return pthread_getspecific(key); }
int tss_set(tss_t key, void *value) { return result_of(pthread_setspecific(key, value)); }
