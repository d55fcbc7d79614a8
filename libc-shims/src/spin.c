/* Spinlocks. Nobody else runs while one spins, so a thread waits instead. */
#include "impl.h"

/* The lock is the holder's id; 0 when free. */
static coop_id *spin_of(pthread_spinlock_t *lock) { return (coop_id *)(void *)lock; }

int pthread_spin_init(pthread_spinlock_t *lock, int shared) {
  if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED)
    return EINVAL;
  *lock = 0;
  return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *lock) {
  if (*lock == DESTROYED)
    return EINVAL;
  if (*lock)
    return EBUSY;
  *lock = DESTROYED;
  return 0;
}

int pthread_spin_trylock(pthread_spinlock_t *lock) {
  if (*lock == DESTROYED)
    return EINVAL;
  if (*lock) {
    coop_preempt(COOP_REFUSED);
    return EBUSY;
  }
  *spin_of(lock) = self_id();
  return 0;
}

int pthread_spin_lock(pthread_spinlock_t *lock) {
  if (*lock == DESTROYED)
    return EINVAL;
  if (*spin_of(lock) == self_id())
    return EDEADLK;
  while (*lock)
    if (coop_wait(lock, "spinlock", spin_of(lock), COOP_FOREVER) == COOP_WOKEN)
      return 0; /* it is ours */
  *spin_of(lock) = self_id();
  return 0;
}

/* Any thread may unlock: POSIX leaves it open, and native libraries allow it. */
int pthread_spin_unlock(pthread_spinlock_t *lock) {
  if (*lock == DESTROYED)
    return EINVAL;
  if (*lock == 0)
    return EPERM;
  coop_thread *next = coop_wake_one(lock);
  *spin_of(lock) = next ? coop_id_of(next) : 0;
  coop_preempt(COOP_DONE);
  return 0;
}
