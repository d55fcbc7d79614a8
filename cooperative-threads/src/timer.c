/* Waits with a deadline: a binary heap, soonest first. */
#include <stdlib.h>

#include "internal.h"

static coop_thread *first_slots[8];
static coop_thread **heap = first_slots; /* heap[0] is not used */
static uint32_t used;
static uint32_t capacity = 7;

/* Makes room before it is needed, so that a wait cannot fail. */
bool coop_timers_reserve(unsigned threads) {
  if (threads <= capacity)
    return true;
  uint32_t wanted = capacity * 2 > threads ? capacity * 2 : threads;
  coop_thread **grown = malloc((wanted + 1) * sizeof *grown);
  if (!grown)
    return false;
  for (uint32_t place = 1; place <= used; place++)
    grown[place] = heap[place];
  if (heap != first_slots)
    free(heap);
  heap = grown;
  capacity = wanted;
  return true;
}

static void put(uint32_t place, coop_thread *thread) {
  heap[place] = thread;
  thread->timer = place;
}

static void rise(uint32_t place, coop_thread *thread) {
  while (place > 1 && heap[place / 2]->deadline > thread->deadline) {
    put(place, heap[place / 2]);
    place /= 2;
  }
  put(place, thread);
}

static void sink(uint32_t place, coop_thread *thread) {
  for (;;) {
    uint32_t child = place * 2;
    if (child > used)
      break;
    if (child < used && heap[child + 1]->deadline < heap[child]->deadline)
      child++;
    if (heap[child]->deadline >= thread->deadline)
      break;
    put(place, heap[child]);
    place = child;
  }
  put(place, thread);
}

void coop_timer_add(coop_thread *thread) { rise(++used, thread); }

void coop_timer_remove(coop_thread *thread) {
  uint32_t place = thread->timer;
  if (!place)
    return;
  thread->timer = 0;
  coop_thread *last = heap[used--];
  if (last == thread)
    return;
  if (place > 1 && heap[place / 2]->deadline > last->deadline)
    rise(place, last);
  else
    sink(place, last);
}

coop_time coop_timer_next(void) { return used ? heap[1]->deadline : COOP_FOREVER; }

/* Removes and returns a thread whose deadline is not after now, or NULL. */
coop_thread *coop_timer_take(coop_time now) {
  if (!used || heap[1]->deadline > now)
    return NULL;
  coop_thread *due = heap[1];
  coop_timer_remove(due);
  return due;
}
