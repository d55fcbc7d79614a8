/* All threads: by age for reports, by id for look-ups. */
#include <stdlib.h>

#include "internal.h"

/* An id is a slot (low half) and how often the slot was used (high half). */
typedef struct {
  coop_thread *thread;
  uint16_t uses;
  uint16_t next_free;
} slot;

enum { MAX_SLOTS = 65535 };

static slot first_slots[16];
static slot *slots = first_slots;
static uint32_t capacity = 16;
static uint32_t touched; /* slots that were ever used */
static uint32_t taken;
static uint16_t free_slot; /* 1-based; 0: none */
static coop_thread *oldest, *newest;

static bool grow(void) {
  if (capacity >= MAX_SLOTS)
    return false;
  uint32_t wanted = capacity * 2 < MAX_SLOTS ? capacity * 2 : MAX_SLOTS;
  slot *grown = malloc(wanted * sizeof *grown);
  if (!grown)
    return false;
  for (uint32_t place = 0; place < touched; place++)
    grown[place] = slots[place];
  if (slots != first_slots)
    free(slots);
  slots = grown;
  capacity = wanted;
  return true;
}

static int32_t take_slot(void) {
  if (free_slot) {
    uint16_t place = free_slot - 1;
    free_slot = slots[place].next_free;
    return place;
  }
  if (touched == capacity && !grow())
    return -1;
  slots[touched] = (slot){0};
  return (int32_t)touched++;
}

/* Gives the thread an id; false when there is no memory or no id left. */
bool coop_register(coop_thread *thread) {
  int32_t place = take_slot();
  if (place < 0)
    return false;
  slot *mine = &slots[place];
  mine->thread = thread;
  if (++mine->uses == 0)
    mine->uses = 1;
  thread->id = (uint32_t)mine->uses << 16 | (uint32_t)place;
  thread->older = newest;
  thread->newer = NULL;
  if (newest)
    newest->newer = thread;
  else
    oldest = thread;
  newest = thread;
  taken++;
  return true;
}

void coop_unregister(coop_thread *thread) {
  uint16_t place = (uint16_t)thread->id;
  slots[place].thread = NULL;
  slots[place].next_free = free_slot;
  free_slot = place + 1;
  if (thread->older)
    thread->older->newer = thread->newer;
  else
    oldest = thread->newer;
  if (thread->newer)
    thread->newer->older = thread->older;
  else
    newest = thread->older;
  thread->id = 0;
  taken--;
}

coop_thread *coop_find(coop_id id) {
  coop_self(); /* registers the first thread */
  uint32_t place = id & 0xffff;
  if (place >= touched || slots[place].uses != id >> 16)
    return NULL;
  return slots[place].thread;
}

coop_thread *coop_first_thread(void) { return oldest; }

void coop_each(int (*visit)(coop_thread *thread, void *context), void *context) {
  coop_self();
  for (coop_thread *thread = oldest; thread; thread = thread->newer)
    if (visit(thread, context))
      return;
}

unsigned coop_registered(void) { return taken; }

coop_id coop_id_of(const coop_thread *thread) { return thread->id; }
