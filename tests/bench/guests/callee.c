#include <stdlib.h>
#include <string.h>

#include "callee.h"

#define TEXT "sixteen bytes, y"
#define COUNT 1000
#define BYTES (4 << 10)

typedef exports_onramp_bench_calls_floats_t floats_t;
typedef exports_onramp_bench_calls_point_t point_t;

static const floats_t FLOATS = {1, 2, 3, 4};
static point_t points[COUNT];

/// What is written here counts as used.
static volatile uint32_t used;

static void *allocate(size_t size) {
  void *memory = malloc(size);
  if (!memory) abort();
  return memory;
}

uint32_t exports_onramp_bench_calls_add(uint32_t a, uint32_t b) { return a + b; }

uint32_t exports_onramp_bench_calls_add_and_tick(uint32_t a, uint32_t b) {
  onramp_bench_host_tick();
  return a + b;
}

void exports_onramp_bench_calls_take_string(callee_string_t *text) {
  used = text->len ? text->ptr[text->len - 1] : 0;
  callee_string_free(text);
}

void exports_onramp_bench_calls_give_string(callee_string_t *ret) { callee_string_dup_n(ret, TEXT, strlen(TEXT)); }

void exports_onramp_bench_calls_take_bytes(callee_list_u8_t *bytes) {
  used = bytes->len ? bytes->ptr[bytes->len - 1] : 0;
  callee_list_u8_free(bytes);
}

void exports_onramp_bench_calls_give_bytes(callee_list_u8_t *ret) {
  *ret = (callee_list_u8_t){allocate(BYTES), BYTES};
  memset(ret->ptr, 'a', BYTES);
}

void exports_onramp_bench_calls_take_strings(callee_list_string_t *texts) {
  used = texts->len ? texts->ptr[texts->len - 1].len : 0;
  callee_list_string_free(texts);
}

void exports_onramp_bench_calls_give_strings(callee_list_string_t *ret) {
  *ret = (callee_list_string_t){allocate(COUNT * sizeof(callee_string_t)), COUNT};
  for (size_t n = 0; n < COUNT; n++) callee_string_dup_n(&ret->ptr[n], TEXT, strlen(TEXT));
}

void exports_onramp_bench_calls_take_floats(floats_t *floats) { used = (uint32_t)floats->d; }

void exports_onramp_bench_calls_give_floats(floats_t *ret) { *ret = FLOATS; }

bool exports_onramp_bench_calls_give_option(uint64_t *ret) {
  *ret = 1;
  return true;
}

bool exports_onramp_bench_calls_give_result(bool ok, floats_t *ret, callee_string_t *err) {
  if (ok)
    *ret = FLOATS;
  else
    callee_string_dup_n(err, TEXT, strlen(TEXT));
  return ok;
}

void exports_onramp_bench_calls_take_points(exports_onramp_bench_calls_list_point_t *list) {
  used = list->len ? (uint32_t)list->ptr[list->len - 1].z : 0;
  exports_onramp_bench_calls_list_point_free(list);
}

void exports_onramp_bench_calls_give_points(exports_onramp_bench_calls_list_point_t *ret) {
  *ret = (exports_onramp_bench_calls_list_point_t){allocate(sizeof points), COUNT};
  memcpy(ret->ptr, points, sizeof points);
}

void exports_onramp_bench_calls_keep(uint32_t bytes) { used = (uint32_t)(uintptr_t)calloc(1, bytes); }
