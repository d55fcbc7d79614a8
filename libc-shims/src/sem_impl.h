/* What a sem_t has in it. */
#ifndef ONRAMP_SEM_IMPL_H
#define ONRAMP_SEM_IMPL_H

#include <semaphore.h>

#include "impl.h"

typedef struct {
  unsigned value;
  unsigned magic;
} sem_fields;
_Static_assert(sizeof(sem_fields) <= sizeof(sem_t), "libc's size");

#define SEM_MAGIC 0x53454d41u

static inline sem_fields *sem_of(sem_t *sem) { return (sem_fields *)(void *)sem; }

#endif
