#include <float.h>
#include <stdlib.h>

#include "caller.h"
#include "check.h"

enum { MANY = 100000 };

typedef test_fixed_lists_fixed_lists_list3_f32_t vector;
typedef test_fixed_lists_fixed_lists_list2_list3_u32_t matrix;
typedef test_fixed_lists_fixed_lists_list3_list2_u32_t transposed;
typedef test_fixed_lists_fixed_lists_list20_u16_t numbers;

static bool product(checks *checks, vector a, vector b, float expected) {
  return check_float(checks, expected, test_fixed_lists_fixed_lists_dot(&a, &b), "dot([%.9g, %.9g, %.9g], ...)",
                     a.elements[0], a.elements[1], a.elements[2]);
}

static bool products(checks *checks) {
  return product(checks, (vector){{0, 0, 0}}, (vector){{1, 2, 3}}, 0) &&
         product(checks, (vector){{1, 20, 300}}, (vector){{1, 2, 3}}, 941) &&
         product(checks, (vector){{0.5f, -0.5f, 4}}, (vector){{-8, 2, 0.25f}}, -4) &&
         product(checks, (vector){{FLT_MAX, 0, 0}}, (vector){{2, 1, 1}}, INFINITY) &&
         product(checks, (vector){{1e-45f, 0, 0}}, (vector){{1, 0, 0}}, 1e-45f) &&
         product(checks, (vector){{0, INFINITY, 0}}, (vector){{1, 0, 1}}, NAN) &&
         product(checks, (vector){{0, 0, 1}}, (vector){{0, 0, -INFINITY}}, -INFINITY) &&
         product(checks, (vector){{0, 0, NAN}}, (vector){{1, 1, 1}}, NAN);
}

static bool turned(checks *checks, matrix m, transposed expected) {
  transposed result;
  test_fixed_lists_fixed_lists_transpose(&m, &result);
  bool passed = true;
  for (size_t row = 0; passed && row < 3; row++)
    for (size_t column = 0; passed && column < 2; column++)
      passed = check_unsigned(checks, expected.elements[row].elements[column], result.elements[row].elements[column],
                              "transpose([[%" PRIu32 ", ...]])[%zu][%zu]", m.elements[0].elements[0], row, column);
  return passed;
}

static bool matrices(checks *checks) {
  return turned(checks, (matrix){0}, (transposed){0}) &&
         turned(checks, (matrix){{{{1, 2, 3}}, {{4, 5, 6}}}}, (transposed){{{{1, 4}}, {{2, 5}}, {{3, 6}}}}) &&
         turned(checks, (matrix){{{{UINT32_MAX, 0, 0x80000000}}, {{0, 7, UINT32_MAX - 1}}}},
                (transposed){{{{UINT32_MAX, 0}}, {{0, 7}}, {{0x80000000, UINT32_MAX - 1}}}});
}

static bool rises(checks *checks, uint16_t first, int16_t slope, uint16_t expected, int16_t result_slope) {
  numbers n, result;
  for (size_t i = 0; i < 20; i++) n.elements[i] = first + slope * i;
  test_fixed_lists_fixed_lists_ramp(&n, &result);
  bool passed = true;
  for (size_t i = 0; passed && i < 20; i++)
    passed = check_unsigned(checks, (uint16_t)(expected + result_slope * i), result.elements[i],
                            "ramp([%d, %d, ...])[%zu]", n.elements[0], n.elements[1], i);
  return passed;
}

static bool ramps(checks *checks) {
  return rises(checks, 0, 0, 0, 1) && rises(checks, 0, 1, 0, 2) && rises(checks, 65535, -1, 65535, 0) &&
         rises(checks, 65535, 0, 65535, 1);
}

static bool bytes(checks *checks, caller_list_u32_t list) {
  test_fixed_lists_fixed_lists_list_list4_u8_t result;
  test_fixed_lists_fixed_lists_split(&list, &result);
  bool passed = check_unsigned(checks, list.len, result.len, "length of split(%zu numbers)", list.len);
  for (size_t i = 0; passed && i < list.len; i++) {
    const uint8_t *four = result.ptr[i].elements;
    uint32_t number = four[0] | four[1] << 8 | four[2] << 16 | (uint32_t)four[3] << 24;
    passed = check_unsigned(checks, list.ptr[i], number, "split(%zu numbers)[%zu]", list.len, i);
  }
  test_fixed_lists_fixed_lists_list_list4_u8_free(&result);
  return passed;
}

static bool all_bytes(checks *checks) {
  static uint32_t many[MANY];
  for (size_t i = 0; i < MANY; i++) many[i] = 0xdeadbeef + i;
  return bytes(checks, (caller_list_u32_t){0}) && bytes(checks, LIST(caller_list_u32_t, uint32_t, 0)) &&
         bytes(checks, LIST(caller_list_u32_t, uint32_t, 0x01020304, UINT32_MAX, 0x8000007f)) &&
         bytes(checks, (caller_list_u32_t){many, MANY});
}

bool exports_test_fixed_lists_check_fixed_lists_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = products(&checks) && matrices(&checks) && ramps(&checks) && all_bytes(&checks);
  return checks_result(&checks, passed, ret, err);
}
