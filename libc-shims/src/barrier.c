/* Barriers. */
#include "impl.h"

typedef struct {
  unsigned limit; /* 0: not initialized, or destroyed */
  unsigned arrived;
  unsigned round;
} barrier_fields;
_Static_assert(sizeof(barrier_fields) <= sizeof(pthread_barrier_t), "libc's size");

static barrier_fields *barrier_of(pthread_barrier_t *barrier) {
  return (barrier_fields *)(void *)barrier;
}

int pthread_barrier_init(pthread_barrier_t *restrict barrier,
                         const pthread_barrierattr_t *restrict attr, unsigned limit) {
  if (limit == 0 || (attr && attr->__attr == (unsigned)DESTROYED))
    return EINVAL;
  if (coop_has_waiters(barrier))
    return EBUSY;
  *barrier = (pthread_barrier_t){0};
  barrier_of(barrier)->limit = limit;
  return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier) {
  if (barrier_of(barrier)->limit == 0)
    return EINVAL;
  if (coop_has_waiters(barrier))
    return EBUSY;
  barrier_of(barrier)->limit = 0;
  return 0;
}

int pthread_barrier_wait(pthread_barrier_t *barrier) {
  barrier_fields *fields = barrier_of(barrier);
  if (fields->limit == 0)
    return EINVAL;
  if (++fields->arrived < fields->limit) {
    unsigned round = fields->round;
    while (coop_wait(barrier, "barrier", NULL, COOP_FOREVER) == COOP_INTERRUPTED &&
           fields->round == round)
      ;
    return 0;
  }
  fields->arrived = 0;
  fields->round++;
  coop_wake_all(barrier);
  coop_preempt(COOP_DONE);
  return PTHREAD_BARRIER_SERIAL_THREAD;
}
