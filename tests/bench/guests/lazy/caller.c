#include <stdlib.h>
#include <string.h>

#include "caller.h"

#define TEXT (64 << 10)

/// What is written here counts as used.
static volatile uint32_t used;

void exports_onramp_bench_lazy_rows_run_strings_out(uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    onramp_bench_calls_lazy_list_string_t texts;
    onramp_bench_calls_give_strings(&texts);
    caller_string_t last;
    onramp_bench_calls_lazy_list_string_read(&texts, onramp_bench_calls_lazy_list_string_len(&texts) - 1, 1, &last);
    used = last.len;
    caller_string_free(&last);
    onramp_bench_calls_lazy_list_string_drop(&texts);
  }
}

void exports_onramp_bench_lazy_rows_run_forward(uint32_t n) {
  static uint8_t *all;
  if (!all) {
    all = malloc(TEXT);
    if (!all) abort();
    memset(all, 'a', TEXT);
  }
  caller_string_t text = {all, TEXT};
  for (uint32_t i = 0; i < n; i++) onramp_bench_relay_forward(&text);
}

void exports_onramp_bench_lazy_rows_keep(uint32_t bytes) { used = (uint32_t)(uintptr_t)calloc(1, bytes); }

void exports_onramp_bench_lazy_rows_keep_in_callee(uint32_t bytes) { onramp_bench_calls_keep(bytes); }
