/* What a pthread_mutex_t has in it. */
#ifndef ONRAMP_MUTEX_H
#define ONRAMP_MUTEX_H

#include "impl.h"

typedef struct {
  int flags;
  coop_id owner; /* 0: free */
  int count;     /* how often the owner has it locked */
  int *next_robust;
} mutex_fields;
_Static_assert(sizeof(mutex_fields) <= sizeof(pthread_mutex_t), "libc's size");

/* Flags; the first six bits are those of a pthread_mutexattr_t. */
#define KIND 0x3
#define ROBUST 0x4
#define PROTOCOL 0x18
#define PROTOCOL_OF(protocol) ((protocol) << 3)
#define SHARED 0x20
#define INCONSISTENT 0x40
#define NOT_RECOVERABLE 0x80
#define CEILING 0xff00
#define CEILING_OF(ceiling) ((ceiling) << 8)
#define CEILING_IN(flags) (((flags) & CEILING) >> 8)

static inline mutex_fields *mutex_of(const pthread_mutex_t *mutex) {
  return (mutex_fields *)(void *)mutex;
}

#endif
