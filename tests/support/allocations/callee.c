#include "callee.h"

#include "counter.h"

bool exports_onramp_allocations_of_callee_live(uint32_t *ret) {
  *ret = live_blocks;
  return true;
}
