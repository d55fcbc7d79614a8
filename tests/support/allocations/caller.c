#include "caller.h"

#include "counter.h"

bool exports_onramp_allocations_of_both_caller(uint32_t *ret) {
  *ret = live_blocks;
  return true;
}

bool exports_onramp_allocations_of_both_callee(uint32_t *ret) { return onramp_allocations_of_callee_live(ret); }
