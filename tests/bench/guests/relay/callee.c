#include "callee.h"

void exports_onramp_bench_relay_forward(callee_string_t *text) {
  onramp_bench_calls_take_string(text);
  callee_string_free(text);
}
