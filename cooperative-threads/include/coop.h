/* Cooperative threads over the Component Model's thread built-ins.
 *
 * One thread runs at a time, and it runs until it waits, yields or ends. Every
 * function here is called from such a thread (the program's first one included).
 * docs/guide/threads.md tells how a program is built with this.
 */
#ifndef COOP_H
#define COOP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct coop_thread coop_thread;

/* Names a thread for good: the id of a thread that is gone is not used again
 * until 65535 others have had its place. 0 is no thread. */
typedef uint32_t coop_id;

/* Nanoseconds on the monotonic clock. */
typedef int64_t coop_time;
#define COOP_FOREVER INT64_MAX

/* How a wait ended. */
typedef enum {
  COOP_WOKEN,       /* by coop_wake_one or coop_wake_all */
  COOP_TIMED_OUT,   /* the deadline passed */
  COOP_INTERRUPTED, /* by coop_interrupt */
} coop_reason;

/* What coop_create takes; zeroed fields mean the default. */
typedef struct {
  size_t stack_size; /* usable bytes; default coop_default_stack_size() */
  size_t guard_size; /* bytes below the stack that must stay untouched */
  int no_guard;      /* set: guard_size 0 is meant */
  void *stack;       /* the caller's own stack of stack_size bytes, or NULL */
  const char *name;  /* shown in reports; at most COOP_NAME_MAX - 1 bytes kept */
} coop_options;

#define COOP_NAME_MAX 32
#define COOP_STACK_MIN 2048
#define COOP_DEFAULT_STACK (128 * 1024)
#define COOP_DEFAULT_GUARD 4096

/* Makes a thread that calls entry(arg); it is ready to run and has not started.
 * Returns 0, ENOMEM (memory), EAGAIN (65535 threads exist) or EINVAL (a stack
 * below COOP_STACK_MIN). */
int coop_create(coop_thread **thread, const coop_options *options,
                void *(*entry)(void *), void *arg);

/* Ends the calling thread: unwinds its frames, running what cleanups they have,
 * to where it started. The process ends when the last thread does. */
_Noreturn void coop_exit(void *result);

/* Adds what runs when a thread's frames are gone (also when its entry function
 * returned), still as that thread. Adding the same again does nothing; at most
 * COOP_MOST_HOOKS. */
void coop_add_exit_hook(void (*hook)(void));
#define COOP_MOST_HOOKS 4

/* Waits for a thread's end and frees it. Returns 0, ETIMEDOUT, or EINTR when
 * coop_interrupt ended the wait. The caller must be its only joiner. */
int coop_join(coop_thread *thread, void **result, coop_time deadline);

/* Lets the thread free itself at its end (or now, if it ended). */
void coop_detach(coop_thread *thread);

coop_thread *coop_self(void);

/* The calling thread's id once coop_self was called, 0 before. */
extern coop_id coop_own_id;

coop_id coop_id_of(const coop_thread *thread);

/* The thread with this id, or NULL when there is none (any more). */
coop_thread *coop_find(coop_id id);

int coop_has_ended(const coop_thread *thread);
int coop_is_detached(const coop_thread *thread);
unsigned coop_alive(void); /* how many threads have not ended */

/* COOP_LOCAL_SIZE bytes that belong to a thread, zeroed at first: for the C
 * library. */
void *coop_local(coop_thread *thread);
#define COOP_LOCAL_SIZE 1280

/* A pointer that belongs to a thread, NULL at first: for another language. */
void **coop_value(coop_thread *thread);

const char *coop_name(const coop_thread *thread);
void coop_set_name(coop_thread *thread, const char *name);

/* The lowest address and the size of a thread's stack. */
void coop_stack(const coop_thread *thread, void **low, size_t *size,
                size_t *guard);

/* Lets every thread that is ready now run first. */
void coop_yield(void);

/* Yields now and then, so that a thread that asks again and again for what
 * another thread is to do does not ask forever; under a seed, at random too.
 * `weight` is 1 for a call that succeeded, more for one that did not. */
void coop_preempt(unsigned weight);
#define COOP_DONE 1
#define COOP_REFUSED 32

coop_time coop_now(void);

/* Returns when the deadline has passed (COOP_TIMED_OUT) or on coop_interrupt. */
coop_reason coop_sleep_until(coop_time deadline);

/* Waits until somebody wakes `address`. `what` and `owner` are for the deadlock
 * report: what is waited for ("mutex"), and where the id of the thread that has
 * it is found (NULL: nobody in particular has it). */
coop_reason coop_wait(const void *address, const char *what, const coop_id *owner,
                      coop_time deadline);

/* Makes the thread that waits longest on address ready; returns it, or NULL. */
coop_thread *coop_wake_one(const void *address);
unsigned coop_wake_all(const void *address);
int coop_has_waiters(const void *address);

/* Ends a thread's wait with COOP_INTERRUPTED; 0 if it does not wait. */
int coop_interrupt(coop_thread *thread);

/* Sets what runs when a thread comes back from a switch with `coop_ring` called
 * for it meanwhile (asynchronous cancellation, signals). */
void coop_set_bell_hook(void (*hook)(void));
void coop_ring(coop_thread *thread);

/* Has `hook` called once when the deadline has passed, on whatever thread is
 * running then; it makes threads ready and does not wait. COOP_FOREVER: not any
 * more. Returns the deadline before. */
coop_time coop_set_alarm(coop_time deadline, void (*hook)(void));

/* Calls `visit` for every thread, oldest first, until it returns nonzero. */
void coop_each(int (*visit)(coop_thread *thread, void *context), void *context);

/* A second source of wake-ups beside timers, such as file descriptors. `count`
 * tells how many threads wait on it; `poll` waits in the host until the deadline
 * at most (COOP_FOREVER: no limit; a time in the past: only look) and wakes
 * those whose event came. */
typedef struct {
  unsigned (*count)(void);
  void (*poll)(coop_time deadline);
} coop_source;
void coop_set_source(const coop_source *source);

/* 0: threads run in the order in which they got ready (the default). Anything
 * else: a pseudo-random order that depends on the seed alone. The environment
 * variable COOP_SEED sets it before the first thread is made. */
void coop_set_seed(uint64_t seed);

/* Calls a function that may have been declared without its parameter or its
 * result; then the result is NULL. */
void *coop_call(void *(*function)(void *), void *arg);

size_t coop_default_stack_size(void);

/* Writes `coop: ` and the message to standard error, and traps. */
_Noreturn void coop_fatal(const char *message);

#ifdef __cplusplus
}
#endif

#endif
