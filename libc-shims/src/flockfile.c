/* Locks of stdio streams that a program takes itself. */
#include <stdio.h>
#include <stdlib.h>

#include "impl.h"

typedef struct file_lock {
  struct file_lock *next;
  FILE *file;
  coop_id owner; /* 0: free */
  unsigned count;
} file_lock;

/* Kept for good: a program locks few streams. */
static file_lock *locks;

static file_lock *lock_of(FILE *file) {
  file_lock *lock = locks;
  while (lock && lock->file != file)
    lock = lock->next;
  if (lock)
    return lock;
  lock = calloc(1, sizeof *lock);
  if (!lock)
    coop_fatal("no memory for the lock of a stream");
  *lock = (file_lock){.next = locks, .file = file};
  locks = lock;
  return lock;
}

static bool take(file_lock *lock) {
  if (lock->owner && lock->owner != self_id())
    return false;
  lock->owner = self_id();
  lock->count++;
  return true;
}

void flockfile(FILE *file) {
  file_lock *lock = lock_of(file);
  while (!take(lock))
    coop_wait(lock, "stream", &lock->owner, COOP_FOREVER);
}

int ftrylockfile(FILE *file) {
  if (take(lock_of(file)))
    return 0;
  coop_preempt(COOP_REFUSED);
  return -1;
}

static void release(file_lock *lock) {
  lock->owner = 0;
  lock->count = 0;
  coop_wake_one(lock);
}

void funlockfile(FILE *file) {
  file_lock *lock = lock_of(file);
  if (lock->owner == self_id() && --lock->count == 0)
    release(lock);
}

/* At a thread's end: nobody else could unlock them. */
void abandon_file_locks(void) {
  for (file_lock *lock = locks; lock; lock = lock->next)
    if (lock->owner == self_id())
      release(lock);
}
