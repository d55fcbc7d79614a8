/* Which of several ready threads runs next. */
#include <stdlib.h>

#include "internal.h"

static uint64_t state;

void coop_set_seed(uint64_t seed) { state = seed; }

void coop_seed_from_environment(void) {
  const char *text = getenv("COOP_SEED");
  if (text)
    coop_set_seed(strtoull(text, NULL, 0));
}

/* SplitMix64 (Steele, Lea, Flood 2014): any seed but 0 gives a good sequence. */
static uint64_t next_random(void) {
  state += 0x9e3779b97f4a7c15u;
  uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  return mixed ^ (mixed >> 31);
}

/* 0 without a seed, else a number below count. */
uint32_t coop_choose(uint32_t count) {
  if (state == 0 || count < 2)
    return 0;
  return (uint32_t)(next_random() % count);
}

/* How much may happen between two yields of a thread that never waits. */
enum { PATIENCE = 128 };

void coop_preempt(unsigned weight) {
  static unsigned spent;
  spent += weight;
  if (spent < PATIENCE && (state == 0 || coop_choose(4) != 1))
    return;
  spent = 0;
  coop_yield();
}
