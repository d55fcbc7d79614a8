/* Condition variables. */
#include "impl.h"

typedef struct {
  int clock; /* as in the attribute; 0, the static initializer, is CLOCK_REALTIME */
} cond_fields;
_Static_assert(sizeof(cond_fields) <= sizeof(pthread_cond_t), "libc's size");

static cond_fields *cond_of(pthread_cond_t *cond) { return (cond_fields *)(void *)cond; }

int pthread_cond_init(pthread_cond_t *restrict cond, const pthread_condattr_t *restrict attr) {
  if (attr && attr->__attr == (unsigned)DESTROYED)
    return EINVAL;
  *cond = (pthread_cond_t){0};
  if (attr)
    cond_of(cond)->clock = (int)(attr->__attr & 1);
  return 0;
}

int pthread_cond_destroy(pthread_cond_t *cond) {
  cond_fields *fields = cond_of(cond);
  if (fields->clock == DESTROYED)
    return EINVAL;
  if (coop_has_waiters(cond))
    return EBUSY;
  fields->clock = DESTROYED;
  return 0;
}

/* Waits and has the mutex again afterwards, however the wait ended. */
static int wait_until(pthread_cond_t *cond, pthread_mutex_t *mutex, coop_time deadline) {
  int count;
  act_on_cancel();
  int error = mutex_release(mutex, &count);
  if (error)
    return error;
  coop_reason reason = wait_cancellable(cond, "condition variable", NULL, deadline);
  error = mutex_take_back(mutex, count);
  if (reason == COOP_INTERRUPTED)
    act_on_cancel();
  if (error)
    return error;
  return reason == COOP_TIMED_OUT ? ETIMEDOUT : 0;
}

int pthread_cond_wait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex) {
  if (cond_of(cond)->clock == DESTROYED)
    return EINVAL;
  return wait_until(cond, mutex, COOP_FOREVER);
}

int pthread_cond_clockwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex,
                           clockid_t clock, const struct timespec *restrict time) {
  if (cond_of(cond)->clock == DESTROYED || !valid_time(time) || !known_clock(clock))
    return EINVAL;
  return wait_until(cond, mutex, deadline_on(clock, time));
}

int pthread_cond_timedwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict time) {
  clockid_t clock = cond_of(cond)->clock == 1 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
  return pthread_cond_clockwait(cond, mutex, clock, time);
}

int pthread_cond_signal(pthread_cond_t *cond) {
  if (cond_of(cond)->clock == DESTROYED)
    return EINVAL;
  coop_wake_one(cond);
  coop_preempt(COOP_DONE);
  return 0;
}

int pthread_cond_broadcast(pthread_cond_t *cond) {
  if (cond_of(cond)->clock == DESTROYED)
    return EINVAL;
  coop_wake_all(cond);
  coop_preempt(COOP_DONE);
  return 0;
}
