/* Mutexes. An unlock hands the mutex to the thread that waits longest. */
#include "mutex.h"

static void hold(mutex_fields *fields, coop_id holder) {
  fields->owner = holder;
  fields->count = 1;
  if (!(fields->flags & ROBUST))
    return;
  thread_local_part *part = part_of(coop_find(holder));
  fields->next_robust = part->robust;
  part->robust = &fields->flags;
}

static void forget_robust(mutex_fields *fields) {
  int **link = &my_part()->robust;
  while (*link && *link != &fields->flags)
    link = &((mutex_fields *)(void *)*link)->next_robust;
  if (*link)
    *link = fields->next_robust;
}

/* Gives a free mutex to the next waiter, if there is one. */
static void hand_over(pthread_mutex_t *mutex) {
  mutex_of(mutex)->owner = 0;
  coop_thread *next = coop_wake_one(mutex);
  if (next)
    hold(mutex_of(mutex), coop_id_of(next));
}

/* What holding the mutex means just after it was got. */
static int got(const mutex_fields *fields) {
  return fields->flags & INCONSISTENT ? EOWNERDEAD : 0;
}

/* The answer for a thread that has the mutex already. */
static int lock_again(mutex_fields *fields) {
  switch (fields->flags & KIND) {
  case PTHREAD_MUTEX_RECURSIVE:
    if (fields->count == INT_MAX)
      return EAGAIN;
    fields->count++;
    return 0;
  case PTHREAD_MUTEX_ERRORCHECK:
    return EDEADLK;
  default:
    return EBUSY;
  }
}

/* Locks without waiting: 0, EBUSY (also for a normal mutex's own holder), or why
 * waiting would not help. */
static int try_lock(pthread_mutex_t *mutex) {
  mutex_fields *fields = mutex_of(mutex);
  if (fields->flags == DESTROYED)
    return EINVAL;
  if (fields->flags & NOT_RECOVERABLE)
    return ENOTRECOVERABLE;
  if ((fields->flags & PROTOCOL) == PROTOCOL_OF(PTHREAD_PRIO_PROTECT) &&
      my_part()->priority > CEILING_IN(fields->flags))
    return EINVAL;
  if (fields->owner == 0) {
    hold(fields, self_id());
    return got(fields);
  }
  if (fields->owner == self_id())
    return lock_again(fields);
  return EBUSY;
}

/* Waits for the mutex until the deadline; handlers of signals may run meanwhile. */
static int wait_for(pthread_mutex_t *mutex, coop_time deadline) {
  mutex_fields *fields = mutex_of(mutex);
  coop_reason reason;
  while ((reason = coop_wait(mutex, "mutex", &fields->owner, deadline)) == COOP_INTERRUPTED) {
    int error = try_lock(mutex);
    if (error != EBUSY)
      return error;
  }
  if (reason == COOP_TIMED_OUT)
    return ETIMEDOUT;
  if (fields->flags & NOT_RECOVERABLE)
    return ENOTRECOVERABLE;
  return got(fields);
}

int pthread_mutex_lock(pthread_mutex_t *mutex) {
  int error = try_lock(mutex);
  return error == EBUSY ? wait_for(mutex, COOP_FOREVER) : error;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex) {
  int error = try_lock(mutex);
  if (error != EBUSY && error != EDEADLK)
    return error;
  coop_preempt(COOP_REFUSED);
  return EBUSY;
}

int pthread_mutex_clocklock(pthread_mutex_t *restrict mutex, clockid_t clock,
                            const struct timespec *restrict time) {
  int error = try_lock(mutex);
  if (error != EBUSY)
    return error;
  if (!valid_time(time) || !known_clock(clock))
    return EINVAL;
  return wait_for(mutex, deadline_on(clock, time));
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex,
                            const struct timespec *restrict time) {
  return pthread_mutex_clocklock(mutex, CLOCK_REALTIME, time);
}

/* The mutex will not be consistent again: nobody gets it any more. */
static void give_up(pthread_mutex_t *mutex) {
  mutex_fields *fields = mutex_of(mutex);
  fields->flags |= NOT_RECOVERABLE;
  fields->owner = 0;
  coop_wake_all(mutex);
}

static void release(pthread_mutex_t *mutex) {
  mutex_fields *fields = mutex_of(mutex);
  if (fields->flags & ROBUST)
    forget_robust(fields);
  if (fields->flags & INCONSISTENT)
    give_up(mutex);
  else
    hand_over(mutex);
}

/* Whether the holder of a normal mutex is gone: then anybody may unlock it, as
 * natively. */
static bool is_orphan(const mutex_fields *fields) {
  if (!fields->owner || (fields->flags & (KIND | ROBUST)))
    return false;
  coop_thread *owner = coop_find(fields->owner);
  return !owner || coop_has_ended(owner);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex) {
  mutex_fields *fields = mutex_of(mutex);
  if (fields->flags == DESTROYED)
    return EINVAL;
  if (fields->owner != self_id() && !is_orphan(fields))
    return EPERM;
  if (--fields->count > 0)
    return 0;
  release(mutex);
  coop_preempt(COOP_DONE);
  return 0;
}

/* Unlocks however often it is locked; the count is for mutex_take_back. */
int mutex_release(pthread_mutex_t *mutex, int *count) {
  mutex_fields *fields = mutex_of(mutex);
  if (fields->flags == DESTROYED)
    return EINVAL;
  if (fields->owner != self_id())
    return EPERM;
  *count = fields->count;
  release(mutex);
  return 0;
}

int mutex_take_back(pthread_mutex_t *mutex, int count) {
  int error = pthread_mutex_lock(mutex);
  if (error == 0 || error == EOWNERDEAD)
    mutex_of(mutex)->count = count;
  return error;
}

int pthread_mutex_consistent(pthread_mutex_t *mutex) {
  mutex_fields *fields = mutex_of(mutex);
  if (fields->flags == DESTROYED || !(fields->flags & ROBUST))
    return EINVAL;
  if (!(fields->flags & INCONSISTENT) || fields->owner != self_id())
    return EINVAL;
  fields->flags &= ~INCONSISTENT;
  return 0;
}

/* At a thread's end: who gets one of its robust mutexes learns of it. */
void abandon_robust_mutexes(void) {
  thread_local_part *part = my_part();
  while (part->robust) {
    mutex_fields *fields = (mutex_fields *)(void *)part->robust;
    part->robust = fields->next_robust;
    fields->flags |= INCONSISTENT;
    hand_over((pthread_mutex_t *)(void *)fields);
  }
}
