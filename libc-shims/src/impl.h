/* What the pthread shims share. */
#ifndef ONRAMP_PTHREAD_IMPL_H
#define ONRAMP_PTHREAD_IMPL_H

#include <coop.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* A value under a key; `use` tells whether it is of the key's present life. */
typedef struct {
  void *value;
  unsigned use;
} key_value;

/* The C++ runtime's, of the exceptions that a thread handles. */
typedef struct {
  void *caught;
  unsigned uncaught;
} exception_globals;

/* A thread's part in the shims: its coop_local bytes. */
typedef struct {
  struct __ptcb *cleanups;
  struct thread_destructor *destructors; /* C++ thread_local */
  int *robust;                           /* the robust mutexes that it holds */
  pthread_t joining;                     /* the thread that it waits for */
  pthread_t joiner;                      /* the thread that waits for it */
  exception_globals exceptions;
  int policy, priority;
  unsigned long long blocked, pending; /* signals, a bit each */
  unsigned char cancel_state, cancel_type;
  bool cancelled;     /* pthread_cancel was called for it */
  bool interruptible; /* it waits at a cancellation point */
  bool exiting;
  bool any_value;
  key_value values[PTHREAD_KEYS_MAX];
} thread_local_part;

_Static_assert(sizeof(thread_local_part) <= COOP_LOCAL_SIZE, "the scheduler has this many");

static inline thread_local_part *part_of(coop_thread *thread) {
  return coop_local(thread);
}

static inline thread_local_part *my_part(void) { return coop_local(coop_self()); }

static inline coop_id self_id(void) {
  return coop_own_id ? coop_own_id : coop_id_of(coop_self());
}

static inline pthread_t handle_of(coop_id id) { return (pthread_t)(uintptr_t)id; }

static inline coop_thread *thread_of(pthread_t handle) {
  return coop_find((coop_id)(uintptr_t)handle);
}

/* Calls a program's function that has no result, as coop_call does. */
static inline void call(void (*function)(void *), void *arg) {
  coop_call((void *(*)(void *))(void (*)(void))function, arg);
}

/* The same for one without parameters. */
static inline void call_once_routine(void (*routine)(void)) {
  coop_call((void *(*)(void *))routine, NULL);
}

/* time.c: POSIX's absolute times on the scheduler's clock. */
bool valid_time(const struct timespec *time);
bool known_clock(clockid_t clock);
coop_time deadline_on(clockid_t clock, const struct timespec *time);

/* cancel.c */
void install_hooks(void);
void act_on_cancel(void);
bool cancel_is_due(void);
coop_reason wait_cancellable(const void *address, const char *what,
                             const coop_id *owner, coop_time deadline);

/* mutex.c: for condition variables. */
int mutex_release(pthread_mutex_t *mutex, int *count);
int mutex_take_back(pthread_mutex_t *mutex, int count);
void abandon_robust_mutexes(void);

/* signal.c: calls the handlers of signals that are due for the calling thread. */
void deliver_signals(void);

/* flockfile.c */
void abandon_file_locks(void);

/* key.c, destructors.c */
void run_key_destructors(void);
void run_thread_destructors(void);

/* sched.c: 0 or EINVAL. */
int check_scheduling(int policy, int priority);

/* attr.c: what a pthread_attr_t has in it. */
typedef struct {
  unsigned magic;
  size_t stack_size, guard_size;
  void *stack;
  int policy, priority;
  unsigned char detached, inherit, scope;
} attr_fields;
_Static_assert(sizeof(attr_fields) <= sizeof(pthread_attr_t), "libc's size");

#define ATTR_MAGIC 0x61747472u

static inline attr_fields *attr_of(const pthread_attr_t *attr) {
  return (attr_fields *)(void *)attr;
}

/* Objects of these types are zero when statically initialized; destroyed ones
 * carry this in their first word. */
#define DESTROYED ((int)0xdeadbeef)

#endif
