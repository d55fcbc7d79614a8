/* Names, concurrency, and calls that have nothing to act on here. */
#include <string.h>

#include "impl.h"

enum { NAME_SIZE = 16 }; /* as on Linux */

int pthread_setname_np(pthread_t handle, const char *name) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  if (strlen(name) >= NAME_SIZE)
    return ERANGE;
  coop_set_name(thread, name);
  return 0;
}

int pthread_getname_np(pthread_t handle, char *name, size_t size) {
  coop_thread *thread = thread_of(handle);
  if (!thread)
    return ESRCH;
  if (size <= strlen(coop_name(thread)))
    return ERANGE;
  strcpy(name, coop_name(thread));
  return 0;
}

static int concurrency;

int pthread_getconcurrency(void) { return concurrency; }

int pthread_setconcurrency(int level) {
  if (level < 0)
    return EINVAL;
  concurrency = level;
  return 0;
}

/* Accepted: without fork the handlers are never called. */
int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void)) {
  (void)prepare, (void)parent, (void)child;
  return 0;
}

/* WASI has no clock of a thread's processor time. */
int pthread_getcpuclockid(pthread_t handle, clockid_t *clock) {
  (void)clock;
  return thread_of(handle) ? ENOTSUP : ESRCH;
}
