/* Semaphores. A post wakes the thread that waits longest; who asks first gets the unit. */
#include "sem_impl.h"

static int fail(int error) {
  errno = error;
  return -1;
}

static bool is_valid(sem_t *sem) { return sem && sem_of(sem)->magic == SEM_MAGIC; }

int sem_init(sem_t *sem, int shared, unsigned value) {
  (void)shared; /* there is one process */
  if (value > SEM_VALUE_MAX)
    return fail(EINVAL);
  *sem = (sem_t){0};
  *sem_of(sem) = (sem_fields){value, SEM_MAGIC};
  return 0;
}

int sem_destroy(sem_t *sem) {
  if (!is_valid(sem))
    return fail(EINVAL);
  if (coop_has_waiters(sem))
    return fail(EBUSY);
  sem_of(sem)->magic = 0;
  return 0;
}

int sem_getvalue(sem_t *restrict sem, int *restrict value) {
  if (!is_valid(sem))
    return fail(EINVAL);
  *value = (int)sem_of(sem)->value;
  coop_preempt(COOP_DONE);
  return 0;
}

int sem_post(sem_t *sem) {
  if (!is_valid(sem))
    return fail(EINVAL);
  if (sem_of(sem)->value == SEM_VALUE_MAX)
    return fail(EOVERFLOW);
  sem_of(sem)->value++;
  coop_wake_one(sem);
  coop_preempt(COOP_DONE);
  return 0;
}

/* Takes a unit if there is one. */
static bool take(sem_t *sem) {
  if (!is_valid(sem) || sem_of(sem)->value == 0)
    return false;
  sem_of(sem)->value--;
  return true;
}

int sem_trywait(sem_t *sem) {
  if (!is_valid(sem))
    return fail(EINVAL);
  if (take(sem))
    return 0;
  coop_preempt(COOP_REFUSED);
  return fail(EAGAIN);
}

static int wait_until(sem_t *sem, coop_time deadline) {
  do {
    switch (wait_cancellable(sem, "semaphore", NULL, deadline)) {
    case COOP_WOKEN:
      break;
    case COOP_TIMED_OUT:
      return fail(ETIMEDOUT);
    case COOP_INTERRUPTED:
      act_on_cancel();
      return fail(EINTR);
    }
  } while (!take(sem));
  return 0;
}

int sem_wait(sem_t *sem) {
  act_on_cancel();
  if (take(sem))
    return 0;
  return is_valid(sem) ? wait_until(sem, COOP_FOREVER) : fail(EINVAL);
}

int sem_clockwait(sem_t *restrict sem, clockid_t clock, const struct timespec *restrict time) {
  act_on_cancel();
  if (take(sem))
    return 0;
  if (!is_valid(sem))
    return fail(EINVAL);
  if (!valid_time(time) || !known_clock(clock))
    return fail(EINVAL);
  return wait_until(sem, deadline_on(clock, time));
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict time) {
  return sem_clockwait(sem, CLOCK_REALTIME, time);
}
