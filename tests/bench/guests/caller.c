#include <stdlib.h>
#include <string.h>

#include "caller.h"

#define COUNT 1000
#define ROW(name) void exports_onramp_bench_rows_run_##name(uint32_t n)
#define REPEAT for (uint32_t i = 0; i < n; i++)

static onramp_bench_calls_floats_t floats = {1, 2, 3, 4};

/// What is written here counts as used.
static volatile uint32_t used;

static void *allocate(size_t size) {
  void *memory = malloc(size);
  if (!memory) abort();
  return memory;
}

/// What the calls pass: made once, in the first call of its row, which is not measured.
static uint8_t *filled(size_t size) { return memset(allocate(size), 'a', size); }

static uint8_t *bytes(void) {
  static uint8_t *all;
  if (!all) all = filled(1 << 20);
  return all;
}

static uint8_t *not_ascii(void) {
  static uint8_t *all;
  if (!all) {
    all = allocate(4 << 10);
    for (size_t n = 0; n < 4 << 10; n += 2) memcpy(all + n, "é", 2);
  }
  return all;
}

static caller_list_string_t texts(void) {
  static caller_list_string_t all;
  if (!all.ptr) {
    all = (caller_list_string_t){allocate(COUNT * sizeof(caller_string_t)), COUNT};
    for (size_t n = 0; n < COUNT; n++) caller_string_dup(&all.ptr[n], "sixteen bytes, x");
  }
  return all;
}

static onramp_bench_calls_list_point_t points(void) {
  static onramp_bench_calls_list_point_t all;
  if (!all.ptr) {
    all = (onramp_bench_calls_list_point_t){allocate(COUNT * sizeof(onramp_bench_calls_point_t)), COUNT};
    for (size_t n = 0; n < COUNT; n++) all.ptr[n] = (onramp_bench_calls_point_t){1, 2, 3};
  }
  return all;
}

static void take_string(uint8_t *text, size_t length, uint32_t n) {
  caller_string_t string = {text, length};
  REPEAT onramp_bench_calls_take_string(&string);
}

static void take_bytes(size_t length, uint32_t n) {
  caller_list_u8_t list = {bytes(), length};
  REPEAT onramp_bench_calls_take_bytes(&list);
}

static void give_result(bool ok, uint32_t n) {
  REPEAT {
    onramp_bench_calls_floats_t value;
    caller_string_t error;
    used = onramp_bench_calls_give_result(ok, &value, &error);
    if (!used) caller_string_free(&error);
  }
}

ROW(add) {
  uint32_t sum = 0;
  REPEAT sum = onramp_bench_calls_add(sum, i);
  used = sum;
}

ROW(add_after_tick) {
  used = onramp_bench_calls_add_and_tick(1, 2);
  exports_onramp_bench_rows_run_add(n);
}

ROW(add_and_tick) {
  uint32_t sum = 0;
  REPEAT sum = onramp_bench_calls_add_and_tick(sum, i);
  used = sum;
}

ROW(string_in_16) { take_string(bytes(), 16, n); }
ROW(string_in_4k) { take_string(bytes(), 4 << 10, n); }
ROW(string_in_4k_not_ascii) { take_string(not_ascii(), 4 << 10, n); }
ROW(string_in_64k) { take_string(bytes(), 64 << 10, n); }

ROW(string_out_16) {
  REPEAT {
    caller_string_t text;
    onramp_bench_calls_give_string(&text);
    caller_string_free(&text);
  }
}

ROW(bytes_in_4k) { take_bytes(4 << 10, n); }
ROW(bytes_in_1m) { take_bytes(1 << 20, n); }

ROW(bytes_out_4k) {
  REPEAT {
    caller_list_u8_t list;
    onramp_bench_calls_give_bytes(&list);
    caller_list_u8_free(&list);
  }
}

ROW(strings_in) {
  caller_list_string_t list = texts();
  REPEAT onramp_bench_calls_take_strings(&list);
}

ROW(strings_out) {
  REPEAT {
    caller_list_string_t list;
    onramp_bench_calls_give_strings(&list);
    caller_list_string_free(&list);
  }
}

ROW(record_in) { REPEAT onramp_bench_calls_take_floats(&floats); }

ROW(record_out) {
  REPEAT {
    onramp_bench_calls_floats_t value;
    onramp_bench_calls_give_floats(&value);
    used = (uint32_t)value.d;
  }
}

ROW(option_out) {
  REPEAT {
    uint64_t value;
    used = onramp_bench_calls_give_option(&value) ? (uint32_t)value : 0;
  }
}

ROW(result_ok) { give_result(true, n); }
ROW(result_error) { give_result(false, n); }

ROW(records_in) {
  onramp_bench_calls_list_point_t list = points();
  REPEAT onramp_bench_calls_take_points(&list);
}

ROW(records_out) {
  REPEAT {
    onramp_bench_calls_list_point_t list;
    onramp_bench_calls_give_points(&list);
    onramp_bench_calls_list_point_free(&list);
  }
}

ROW(forward) {
  caller_string_t text = {bytes(), 64 << 10};
  REPEAT onramp_bench_relay_forward(&text);
}

void exports_onramp_bench_rows_keep(uint32_t bytes) { used = (uint32_t)(uintptr_t)calloc(1, bytes); }

void exports_onramp_bench_rows_keep_in_callee(uint32_t bytes) { onramp_bench_calls_keep(bytes); }
