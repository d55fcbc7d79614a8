/* Attributes of mutexes, condition variables, rwlocks and barriers. */
#include "mutex.h"

#define IS_SHARED_VALUE(value) \
  ((value) == PTHREAD_PROCESS_PRIVATE || (value) == PTHREAD_PROCESS_SHARED)

/* init and destroy, and a getter and a setter of bits of the attribute's word. */
#define LIFE(type, word)                                    \
  int pthread_##type##_init(pthread_##type##_t *attr) {     \
    *attr = (pthread_##type##_t){0};                        \
    return 0;                                               \
  }                                                         \
  int pthread_##type##_destroy(pthread_##type##_t *attr) {  \
    if (attr->word == (unsigned)DESTROYED)                  \
      return EINVAL;                                        \
    attr->word = (unsigned)DESTROYED;                       \
    return 0;                                               \
  }

#define BITS(type, name, word, value_t, mask, shift, allowed)               \
  int pthread_##type##_get##name(const pthread_##type##_t *restrict attr,   \
                                 value_t *restrict value) {                 \
    if (attr->word == (unsigned)DESTROYED)                                  \
      return EINVAL;                                                        \
    *value = (value_t)((attr->word & (unsigned)(mask)) >> (shift));         \
    return 0;                                                               \
  }                                                                         \
  int pthread_##type##_set##name(pthread_##type##_t *attr, value_t value) { \
    if (attr->word == (unsigned)DESTROYED || !(allowed))                    \
      return EINVAL;                                                        \
    attr->word &= ~(unsigned)(mask);                                        \
    attr->word |= (unsigned)value << (shift);                               \
    return 0;                                                               \
  }

LIFE(mutexattr, __attr)
BITS(mutexattr, type, __attr, int, KIND, 0,
     value == PTHREAD_MUTEX_NORMAL || value == PTHREAD_MUTEX_RECURSIVE ||
         value == PTHREAD_MUTEX_ERRORCHECK)
BITS(mutexattr, robust, __attr, int, ROBUST, 2,
     value == PTHREAD_MUTEX_STALLED || value == PTHREAD_MUTEX_ROBUST)
BITS(mutexattr, protocol, __attr, int, PROTOCOL, 3,
     value == PTHREAD_PRIO_NONE || value == PTHREAD_PRIO_INHERIT ||
         value == PTHREAD_PRIO_PROTECT)
BITS(mutexattr, pshared, __attr, int, SHARED, 5, IS_SHARED_VALUE(value))

/* A fresh attribute has no ceiling set: it reports the lowest that is valid. */
int pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *restrict attr,
                                     int *restrict ceiling) {
  if (attr->__attr == (unsigned)DESTROYED)
    return EINVAL;
  int kept = CEILING_IN((int)attr->__attr);
  *ceiling = kept ? kept : sched_get_priority_min(SCHED_FIFO);
  return 0;
}

int pthread_mutexattr_setprioceiling(pthread_mutexattr_t *attr, int ceiling) {
  if (attr->__attr == (unsigned)DESTROYED || ceiling < sched_get_priority_min(SCHED_FIFO) ||
      ceiling > sched_get_priority_max(SCHED_FIFO))
    return EINVAL;
  attr->__attr = (attr->__attr & ~(unsigned)CEILING) | (unsigned)CEILING_OF(ceiling);
  return 0;
}

LIFE(condattr, __attr)
BITS(condattr, pshared, __attr, int, 2, 1, IS_SHARED_VALUE(value))

/* The first bit is the clock: set for CLOCK_MONOTONIC. */
int pthread_condattr_getclock(const pthread_condattr_t *restrict attr,
                              clockid_t *restrict clock) {
  if (attr->__attr == (unsigned)DESTROYED)
    return EINVAL;
  *clock = attr->__attr & 1 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
  return 0;
}

int pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock) {
  if (attr->__attr == (unsigned)DESTROYED || !known_clock(clock))
    return EINVAL;
  attr->__attr = (attr->__attr & ~1u) | (clock == CLOCK_MONOTONIC);
  return 0;
}

LIFE(rwlockattr, __attr[0])
BITS(rwlockattr, pshared, __attr[0], int, 1, 0, IS_SHARED_VALUE(value))

LIFE(barrierattr, __attr)
BITS(barrierattr, pshared, __attr, int, 1, 0, IS_SHARED_VALUE(value))
