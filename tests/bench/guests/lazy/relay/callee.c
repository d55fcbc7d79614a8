#include "callee.h"

void exports_onramp_bench_relay_forward(exports_onramp_bench_relay_lazy_string_t *text) {
  onramp_bench_calls_lent_string_t passed;
  onramp_bench_calls_lent_string_forward(&passed, text->handle, text->length);
  onramp_bench_calls_take_string(&passed);
}
