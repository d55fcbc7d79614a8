/* A thread's life. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static void (*exit_hooks[COOP_MOST_HOOKS])(void);
static unsigned ended_unjoined;
static coop_thread *corpse; /* its built-in thread has returned or is about to */

void coop_add_exit_hook(void (*hook)(void)) {
  for (int place = 0; place < COOP_MOST_HOOKS; place++) {
    if (exit_hooks[place] == hook)
      return;
    if (exit_hooks[place])
      continue;
    exit_hooks[place] = hook;
    return;
  }
  coop_fatal("too many exit hooks");
}

unsigned coop_alive(void) { return coop_registered() - ended_unjoined; }

int coop_has_ended(const coop_thread *thread) { return thread->state == STATE_ENDED; }

int coop_is_detached(const coop_thread *thread) { return thread->detached; }

void *coop_local(coop_thread *thread) { return thread->local; }

void **coop_value(coop_thread *thread) { return &thread->value; }

const char *coop_name(const coop_thread *thread) { return thread->name; }

void coop_set_name(coop_thread *thread, const char *name) {
  strncpy(thread->name, name ? name : "", COOP_NAME_MAX - 1);
  thread->name[COOP_NAME_MAX - 1] = 0;
}

static coop_thread *new_block(const coop_options *options) {
  coop_thread *thread = coop_pool_take(options);
  if (thread)
    return thread;
  thread = coop_block_new(options);
  if (thread)
    thread->index = coop_host_new(thread);
  return thread;
}

/* Takes back what new_block gave, for a thread that never ran. */
static void give_up(coop_thread *thread) {
  if (coop_pool_put(thread))
    return;
  thread->dying = true;
  coop_make_ready(thread);
}

static bool has_stack(const coop_options *options) {
  return !options->stack_size || options->stack_size >= COOP_STACK_MIN;
}

int coop_create(coop_thread **made, const coop_options *options,
                void *(*entry)(void *), void *arg) {
  coop_self(); /* the first thread has the first id */
  if (!has_stack(options))
    return EINVAL;
  if (!coop_timers_reserve(coop_registered() + 1))
    return ENOMEM;
  coop_thread *thread = new_block(options);
  if (!thread)
    return ENOMEM;
  if (!coop_register(thread)) {
    give_up(thread);
    return EAGAIN;
  }
  thread->entry = entry;
  thread->arg = arg;
  thread->detached = false;
  thread->bell = false;
  thread->saved_errno = 0;
  coop_set_name(thread, options->name);
  coop_make_ready(thread);
  *made = thread;
  return 0;
}

static void call_entry(void *self) {
  coop_thread *thread = self;
  thread->result = coop_call(thread->entry, thread->arg);
}

static void call_exit_hook(void *hook) { ((void (*)(void))hook)(); }

static void protect(coop_thread *self, void (*function)(void *), void *arg) {
  if (coop_protect(function, arg) == PROTECT_FOREIGN)
    coop_report_exception(self);
}

/* What comes after a thread's own frames: its hook, then whoever waits for it. */
static void end(coop_thread *self) {
  for (int place = 0; place < COOP_MOST_HOOKS && exit_hooks[place]; place++)
    protect(self, call_exit_hook, (void *)exit_hooks[place]);
  self->state = STATE_ENDED;
  ended_unjoined++;
  if (coop_alive() == 0)
    exit(EXIT_SUCCESS); /* as POSIX's pthread_exit says */
  coop_wake_all(self);
}

/* Forgets an ended thread and frees its memory, at once or when it has returned. */
static void release(coop_thread *thread) {
  ended_unjoined--;
  coop_unregister(thread);
  if (!thread->block || coop_pool_put(thread))
    return;
  thread->dying = true;
  if (thread != coop_current)
    coop_make_ready(thread);
}

void coop_thread_resumed(void) {
  if (!corpse)
    return;
  free(corpse->block);
  corpse = NULL;
}

/* Lets the host's thread return; the next thread's first act is to free ours. */
static void leave(coop_thread *self, coop_thread *next) {
  corpse = self;
  coop_set_current(next);
  coop_host_resume_later(next->index);
}

static void run_once(coop_thread *self) {
  self->state = STATE_RUNNING;
  errno = 0;
  protect(self, call_entry, self);
  coop_guard_check_whole(self);
  end(self);
  if (self->detached)
    release(self);
}

/* The body of every thread but the first; coop_entry has set its stack. */
void coop_thread_main(coop_thread *self) {
  coop_thread_resumed();
  while (!self->dying) {
    run_once(self);
    coop_thread *next = coop_pick();
    if (self->dying) {
      leave(self, next);
      return;
    }
    if (next != self)
      coop_park(self, next);
  }
  leave(self, coop_pick());
}

/* The first thread's main function, with its end if it exits by coop_exit. */
void coop_run_first(void (*function)(void *), void *arg) {
  coop_thread *self = coop_self();
  switch (coop_protect(function, arg)) {
  case PROTECT_RETURNED:
    return;
  case PROTECT_FOREIGN:
    coop_report_exception(self);
  case PROTECT_UNWOUND:
    end(self);
    if (self->detached)
      release(self);
    coop_reschedule();
    coop_fatal("the first thread was resumed after its end");
  }
}

_Noreturn void coop_exit(void *result) {
  coop_self()->result = result;
  coop_throw();
}

int coop_join(coop_thread *thread, void **result, coop_time deadline) {
  while (thread->state != STATE_ENDED) {
    switch (coop_wait(thread, "the end of", &thread->id, deadline)) {
    case COOP_WOKEN:
      continue;
    case COOP_TIMED_OUT:
      return ETIMEDOUT;
    case COOP_INTERRUPTED:
      return EINTR;
    }
  }
  if (result)
    *result = thread->result;
  release(thread);
  return 0;
}

void coop_detach(coop_thread *thread) {
  if (thread->state == STATE_ENDED)
    release(thread);
  else
    thread->detached = true;
}
