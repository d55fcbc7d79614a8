/* What the scheduler's files share. */
#ifndef COOP_INTERNAL_H
#define COOP_INTERNAL_H

#include <coop.h>
#include <stdbool.h>

typedef enum {
  STATE_READY,
  STATE_RUNNING,
  STATE_WAITING,
  STATE_ENDED,
} coop_state;

typedef struct {
  coop_thread *head, *tail;
} coop_list;

/* entry.s reads the first three fields. */
struct __attribute__((aligned(16))) coop_thread {
  void *stack_top;
  void *tls;
  char *stack_low;

  coop_thread *next, *previous; /* in the run queue or in a wait bucket */
  coop_thread *older, *newer;   /* among all threads */

  uint32_t index; /* the Component Model's name for it */
  coop_id id;
  coop_state state;
  coop_reason reason;
  int saved_errno;
  bool detached;
  bool dying; /* its built-in thread is to return, its memory to be freed */
  bool bell;

  const void *address; /* what it waits on */
  const char *what;
  const coop_id *owner;
  coop_time deadline;
  uint32_t timer; /* its place in the timer heap, 1-based; 0: none */

  void *(*entry)(void *);
  void *arg;
  void *result;

  size_t stack_size, guard_size;
  void *block; /* what free takes; NULL for the first thread */
  bool own_stack;
  void *value;
  char *local;
  char name[COOP_NAME_MAX];
};

/* scheduler.c */
extern coop_thread *coop_current;
void coop_set_current(coop_thread *thread);
void coop_make_ready(coop_thread *thread);
void coop_reschedule(void);
coop_thread *coop_pick(void);
void coop_park(coop_thread *self, coop_thread *next);

/* thread.c */
void coop_thread_resumed(void);
void coop_thread_main(coop_thread *self);
void coop_run_first(void (*function)(void *), void *arg);

/* list.c */
void coop_push(coop_list *list, coop_thread *thread);
void coop_remove(coop_list *list, coop_thread *thread);

/* registry.c */
bool coop_register(coop_thread *thread);
void coop_unregister(coop_thread *thread);
coop_thread *coop_first_thread(void);
unsigned coop_registered(void);

/* timer.c */
bool coop_timers_reserve(unsigned threads);
void coop_timer_add(coop_thread *thread);
void coop_timer_remove(coop_thread *thread);
coop_time coop_timer_next(void);
coop_thread *coop_timer_take(coop_time now);

/* wait.c */
void coop_end_wait(coop_thread *thread, coop_reason reason);

/* stack.c */
coop_thread *coop_block_new(const coop_options *options);
void coop_block_reset(coop_thread *thread);
void coop_guard_check(const coop_thread *thread, const char *pointer);
void coop_guard_check_whole(const coop_thread *thread);

/* pool.c */
coop_thread *coop_pool_take(const coop_options *options);
bool coop_pool_put(coop_thread *thread);

/* tls.c */
size_t coop_tls_size(void);
void *coop_tls_place(char *start);
void coop_tls_fill(void *tls);
#define COOP_TLS_ALIGN 64

/* seed.c */
uint32_t coop_choose(uint32_t count);
void coop_seed_from_environment(void);

/* report.c */
_Noreturn void coop_report_deadlock(void);
_Noreturn void coop_report_overflow(const coop_thread *thread);
_Noreturn void coop_report_own_overflow(void);
_Noreturn void coop_report_exception(const coop_thread *thread);

/* host.*.c: the built-ins and the clock. */
uint32_t coop_host_new(coop_thread *thread);
uint32_t coop_host_index(void);
void coop_host_resume_later(uint32_t index);
coop_time coop_host_now(void);
void coop_host_sleep_until(coop_time deadline);

/* entry.s */
void coop_entry(coop_thread *thread);
void coop_switch(uint32_t index);
_Noreturn void coop_throw(void);
typedef enum { PROTECT_RETURNED, PROTECT_UNWOUND, PROTECT_FOREIGN } coop_protected;
coop_protected coop_protect(void (*function)(void *), void *arg);
_Noreturn void coop_with_stack(void (*function)(const void *), const void *arg,
                               void *stack_top);
_Noreturn void coop_stack_overflowed(void);
void coop_set_stack_limit(char *low);
char *coop_stack_pointer(void);
void *coop_get_tls(void);
void coop_set_tls(void *base);

/* tls.c: a landing pad's context. The compiler writes the first two and reads the third. */
typedef struct {
  uintptr_t index;    /* of the landing pad */
  uintptr_t table;    /* what its frame catches */
  uintptr_t selector; /* which of that it was */
} coop_landing_pad;
extern _Thread_local coop_landing_pad __wasm_lpad_context;

#endif
