/* Waiting on an address, and waking. */
#include "internal.h"

enum { BUCKETS = 256 };

static coop_list buckets[BUCKETS];

static coop_list *bucket_of(const void *address) {
  uint32_t key = (uint32_t)(uintptr_t)address * 0x9e3779b1u;
  return &buckets[key >> 24];
}

coop_reason coop_wait(const void *address, const char *what, const coop_id *owner,
                      coop_time deadline) {
  coop_thread *self = coop_self();
  self->address = address;
  self->what = what;
  self->owner = owner;
  self->deadline = deadline;
  self->state = STATE_WAITING;
  coop_push(bucket_of(address), self);
  if (deadline != COOP_FOREVER)
    coop_timer_add(self);
  coop_reschedule();
  return self->reason;
}

void coop_end_wait(coop_thread *thread, coop_reason reason) {
  coop_remove(bucket_of(thread->address), thread);
  coop_timer_remove(thread);
  thread->reason = reason;
  coop_make_ready(thread);
}

static coop_thread *first_waiter(const void *address) {
  coop_thread *thread = bucket_of(address)->head;
  while (thread && thread->address != address)
    thread = thread->next;
  return thread;
}

coop_thread *coop_wake_one(const void *address) {
  coop_thread *thread = first_waiter(address);
  if (thread)
    coop_end_wait(thread, COOP_WOKEN);
  return thread;
}

unsigned coop_wake_all(const void *address) {
  unsigned woken = 0;
  coop_thread *next;
  for (coop_thread *thread = bucket_of(address)->head; thread; thread = next) {
    next = thread->next;
    if (thread->address != address)
      continue;
    coop_end_wait(thread, COOP_WOKEN);
    woken++;
  }
  return woken;
}

int coop_has_waiters(const void *address) { return first_waiter(address) != NULL; }

int coop_interrupt(coop_thread *thread) {
  if (thread->state != STATE_WAITING)
    return 0;
  coop_end_wait(thread, COOP_INTERRUPTED);
  return 1;
}

coop_reason coop_sleep_until(coop_time deadline) {
  return coop_wait(coop_self(), "the time", NULL, deadline);
}
