/* Read-write locks. A lock that is free goes to the readers that wait if a writer
 * had it last, and to a writer if readers did. */
#include "impl.h"

typedef struct {
  int state; /* 0 or DESTROYED */
  coop_id writer;
  unsigned readers;
} rwlock_fields;
_Static_assert(sizeof(rwlock_fields) <= sizeof(pthread_rwlock_t), "libc's size");

static rwlock_fields *rwlock_of(pthread_rwlock_t *lock) {
  return (rwlock_fields *)(void *)lock;
}

/* Writers wait on the first field's address, readers on the last one's. */
static const void *for_writing(rwlock_fields *fields) { return &fields->state; }
static const void *for_reading(rwlock_fields *fields) { return &fields->readers; }

int pthread_rwlock_init(pthread_rwlock_t *restrict lock,
                        const pthread_rwlockattr_t *restrict attr) {
  if (attr && attr->__attr[0] == (unsigned)DESTROYED)
    return EINVAL;
  *lock = (pthread_rwlock_t){0};
  return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock) {
  rwlock_fields *fields = rwlock_of(lock);
  if (fields->state == DESTROYED)
    return EINVAL;
  if (fields->writer || fields->readers)
    return EBUSY;
  fields->state = DESTROYED;
  return 0;
}

/* Locks without waiting: 0, EBUSY, or why waiting would not help. */
static int try_read(rwlock_fields *fields) {
  if (fields->state == DESTROYED)
    return EINVAL;
  if (fields->writer)
    return fields->writer == self_id() ? EDEADLK : EBUSY;
  if (fields->readers == UINT_MAX)
    return EAGAIN;
  fields->readers++;
  return 0;
}

static int try_write(rwlock_fields *fields) {
  if (fields->state == DESTROYED)
    return EINVAL;
  if (fields->writer == self_id())
    return EDEADLK;
  if (fields->writer || fields->readers)
    return EBUSY;
  fields->writer = self_id();
  return 0;
}

/* Who wakes a waiter has given it the lock; who interrupts it has not. */
static int wait_to_read(rwlock_fields *fields, coop_time deadline) {
  coop_reason reason;
  while ((reason = coop_wait(for_reading(fields), "rwlock (read)", &fields->writer,
                             deadline)) == COOP_INTERRUPTED)
    if (try_read(fields) == 0)
      return 0;
  return reason == COOP_TIMED_OUT ? ETIMEDOUT : 0;
}

static int wait_to_write(rwlock_fields *fields, coop_time deadline) {
  coop_reason reason;
  while ((reason = coop_wait(for_writing(fields), "rwlock (write)", &fields->writer,
                             deadline)) == COOP_INTERRUPTED)
    if (try_write(fields) == 0)
      return 0;
  return reason == COOP_TIMED_OUT ? ETIMEDOUT : 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock) {
  int error = try_read(rwlock_of(lock));
  return error == EBUSY ? wait_to_read(rwlock_of(lock), COOP_FOREVER) : error;
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock) {
  int error = try_write(rwlock_of(lock));
  return error == EBUSY ? wait_to_write(rwlock_of(lock), COOP_FOREVER) : error;
}

/* What a try says for an error. */
static int refused(int error) {
  if (error != EBUSY && error != EDEADLK)
    return error;
  coop_preempt(COOP_REFUSED);
  return EBUSY;
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock) {
  return refused(try_read(rwlock_of(lock)));
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock) {
  return refused(try_write(rwlock_of(lock)));
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t *restrict lock, clockid_t clock,
                               const struct timespec *restrict time) {
  int error = try_read(rwlock_of(lock));
  if (error != EBUSY)
    return error;
  if (!valid_time(time) || !known_clock(clock))
    return EINVAL;
  return wait_to_read(rwlock_of(lock), deadline_on(clock, time));
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t *restrict lock, clockid_t clock,
                               const struct timespec *restrict time) {
  int error = try_write(rwlock_of(lock));
  if (error != EBUSY)
    return error;
  if (!valid_time(time) || !known_clock(clock))
    return EINVAL;
  return wait_to_write(rwlock_of(lock), deadline_on(clock, time));
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict lock,
                               const struct timespec *restrict time) {
  return pthread_rwlock_clockrdlock(lock, CLOCK_REALTIME, time);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict lock,
                               const struct timespec *restrict time) {
  return pthread_rwlock_clockwrlock(lock, CLOCK_REALTIME, time);
}

static bool give_to_writer(rwlock_fields *fields) {
  coop_thread *next = coop_wake_one(for_writing(fields));
  if (next)
    fields->writer = coop_id_of(next);
  return next != NULL;
}

static bool give_to_readers(rwlock_fields *fields) {
  fields->readers = coop_wake_all(for_reading(fields));
  return fields->readers > 0;
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock) {
  rwlock_fields *fields = rwlock_of(lock);
  if (fields->state == DESTROYED)
    return EINVAL;
  if (fields->writer) {
    if (fields->writer != self_id())
      return EPERM;
    fields->writer = 0;
    if (!give_to_readers(fields))
      give_to_writer(fields);
  } else if (fields->readers == 0) {
    return EPERM;
  } else if (--fields->readers == 0) {
    give_to_writer(fields);
  }
  coop_preempt(COOP_DONE);
  return 0;
}
