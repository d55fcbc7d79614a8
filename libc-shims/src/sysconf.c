/* sysconf: what a libc without threads cannot know. Linked with --wrap. */
#include <unistd.h>

#include "impl.h"

long __real_sysconf(int name);

enum { POSIX = 200809, MOST_THREADS = 65535 };

long __wrap_sysconf(int name) {
  switch (name) {
  case _SC_THREAD_STACK_MIN: /* less is allowed; programs expect whole pages */
    return PAGESIZE;
  case _SC_THREAD_KEYS_MAX:
    return PTHREAD_KEYS_MAX;
  case _SC_THREAD_DESTRUCTOR_ITERATIONS:
    return PTHREAD_DESTRUCTOR_ITERATIONS;
  case _SC_THREAD_THREADS_MAX:
    return MOST_THREADS;
  case _SC_SEM_VALUE_MAX:
    return SEM_VALUE_MAX;
  case _SC_NPROCESSORS_CONF:
  case _SC_NPROCESSORS_ONLN:
    return 1; /* one thread runs at a time */
  case _SC_THREADS:
  case _SC_SEMAPHORES:
  case _SC_SPIN_LOCKS:
  case _SC_BARRIERS:
  case _SC_READER_WRITER_LOCKS:
  case _SC_TIMEOUTS:
  case _SC_CLOCK_SELECTION:
  case _SC_MONOTONIC_CLOCK:
  case _SC_THREAD_ATTR_STACKADDR:
  case _SC_THREAD_ATTR_STACKSIZE:
    return POSIX;
  case _SC_THREAD_PRIORITY_SCHEDULING: /* kept and reported, without effect */
  case _SC_THREAD_PRIO_INHERIT:
  case _SC_THREAD_PRIO_PROTECT:
  case _SC_THREAD_PROCESS_SHARED: /* there is one process */
  case _SC_THREAD_CPUTIME:
    return -1;
  default:
    return __real_sysconf(name);
  }
}
