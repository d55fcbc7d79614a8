/* Who runs next. */
#include <errno.h>

#include "internal.h"

/* How many threads are picked between two looks at timers and sources while
 * others are ready: a look costs a call of the host. */
enum { PICKS_PER_LOOK = 16 };

coop_thread *coop_current;
coop_id coop_own_id;

void coop_set_current(coop_thread *thread) {
  coop_current = thread;
  coop_own_id = thread->id;
}

static coop_list ready;
static unsigned ready_count;
static unsigned picks;
static const coop_source *source;
static void (*bell_hook)(void);
static coop_thread first_thread;
static char first_local[COOP_LOCAL_SIZE] __attribute__((aligned(16)));

void coop_set_source(const coop_source *other) { source = other; }

void coop_set_bell_hook(void (*hook)(void)) { bell_hook = hook; }

void coop_ring(coop_thread *thread) { thread->bell = true; }

extern char __stack_low, __stack_high; /* wasm-ld's */

/* Makes a thread of whoever called first. */
static void adopt_first(void) {
  first_thread.state = STATE_RUNNING;
  first_thread.local = first_local;
  first_thread.stack_low = &__stack_low;
  first_thread.stack_size = (size_t)(&__stack_high - &__stack_low);
  coop_set_stack_limit(first_thread.stack_low);
  first_thread.tls = coop_get_tls();
  coop_register(&first_thread);
  coop_set_current(&first_thread);
  coop_seed_from_environment();
}

coop_thread *coop_self(void) {
  if (!coop_current)
    adopt_first();
  return coop_current;
}

void coop_make_ready(coop_thread *thread) {
  thread->state = STATE_READY;
  thread->what = NULL;
  coop_push(&ready, thread);
  ready_count++;
}

static coop_time alarm_time = COOP_FOREVER;
static void (*alarm_hook)(void);

coop_time coop_set_alarm(coop_time deadline, void (*hook)(void)) {
  coop_time before = alarm_time;
  alarm_time = deadline;
  alarm_hook = hook;
  return before;
}

static coop_time next_event(void) {
  coop_time timer = coop_timer_next();
  return timer < alarm_time ? timer : alarm_time;
}

static void sound_alarm(coop_time now) {
  if (alarm_time > now)
    return;
  alarm_time = COOP_FOREVER;
  alarm_hook();
}

static void wake_due(void) {
  if (next_event() == COOP_FOREVER)
    return;
  coop_time now = coop_host_now();
  sound_alarm(now);
  coop_thread *due;
  while ((due = coop_timer_take(now)))
    coop_end_wait(due, COOP_TIMED_OUT);
}

static unsigned sourced(void) { return source ? source->count() : 0; }

/* Wakes whom it can without waiting. */
static void look(void) {
  if (sourced())
    source->poll(0);
  wake_due();
}

/* Nothing is ready: waits in the host for the next event. */
static void idle(void) {
  coop_time next = next_event();
  if (sourced())
    source->poll(next);
  else if (next != COOP_FOREVER)
    coop_host_sleep_until(next);
  else
    coop_report_deadlock();
  wake_due();
}

/* Takes the next thread to run off the run queue. */
coop_thread *coop_pick(void) {
  if (ready_count && ++picks % PICKS_PER_LOOK == 0)
    look();
  while (!ready_count)
    idle();
  coop_thread *chosen = ready.head;
  for (uint32_t steps = coop_choose(ready_count); steps; steps--)
    chosen = chosen->next;
  coop_remove(&ready, chosen);
  ready_count--;
  return chosen;
}

/* Runs next until somebody switches back to self. */
void coop_park(coop_thread *self, coop_thread *next) {
  self->saved_errno = errno;
  if (!self->block)
    self->index = coop_host_index(); /* each call of an export has a thread of its own */
  coop_set_current(next);
  coop_switch(next->index);
  coop_thread_resumed();
  errno = self->saved_errno;
}

/* Runs others until somebody made the calling thread ready. */
void coop_reschedule(void) {
  coop_thread *self = coop_current;
  coop_guard_check(self, coop_stack_pointer());
  coop_thread *next = coop_pick();
  if (next != self)
    coop_park(self, next);
  self->state = STATE_RUNNING;
  if (self->bell && bell_hook) {
    coop_reason reason = self->reason; /* the hook may wait itself */
    self->bell = false;
    bell_hook();
    self->reason = reason;
  }
}

void coop_yield(void) {
  coop_make_ready(coop_self());
  coop_reschedule();
}

coop_time coop_now(void) { return coop_host_now(); }
