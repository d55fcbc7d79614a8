/* Making and destroying mutexes; their priority ceiling. */
#include "mutex.h"

int pthread_mutex_init(pthread_mutex_t *restrict mutex,
                       const pthread_mutexattr_t *restrict attr) {
  if (attr && attr->__attr == (unsigned)DESTROYED)
    return EINVAL;
  *mutex = (pthread_mutex_t){0};
  if (attr)
    mutex_of(mutex)->flags = (int)attr->__attr;
  return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex) {
  mutex_fields *fields = mutex_of(mutex);
  if (fields->flags == DESTROYED)
    return EINVAL;
  if (fields->owner || coop_has_waiters(mutex))
    return EBUSY;
  fields->flags = DESTROYED;
  return 0;
}

static bool has_ceiling(const mutex_fields *fields) {
  return fields->flags != DESTROYED &&
         (fields->flags & PROTOCOL) == PROTOCOL_OF(PTHREAD_PRIO_PROTECT);
}

int pthread_mutex_getprioceiling(const pthread_mutex_t *restrict mutex,
                                 int *restrict ceiling) {
  if (!has_ceiling(mutex_of(mutex)))
    return EINVAL;
  *ceiling = CEILING_IN(mutex_of(mutex)->flags);
  return 0;
}

int pthread_mutex_setprioceiling(pthread_mutex_t *restrict mutex, int ceiling,
                                 int *restrict old) {
  mutex_fields *fields = mutex_of(mutex);
  if (!has_ceiling(fields) || ceiling < sched_get_priority_min(SCHED_FIFO) ||
      ceiling > sched_get_priority_max(SCHED_FIFO))
    return EINVAL;
  int error = pthread_mutex_lock(mutex);
  if (error && error != EOWNERDEAD && error != EDEADLK)
    return error;
  if (old)
    *old = CEILING_IN(fields->flags);
  fields->flags = (fields->flags & ~CEILING) | CEILING_OF(ceiling);
  if (error != EDEADLK)
    pthread_mutex_unlock(mutex);
  return error == EDEADLK ? 0 : error;
}
