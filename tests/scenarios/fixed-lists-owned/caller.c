#include <stdlib.h>

#include "caller.h"
#include "check.h"

typedef test_fixed_lists_owned_fixed_lists_owned_list4_string_t four;
typedef test_fixed_lists_owned_fixed_lists_owned_list3_list_u32_t stairs;
typedef test_fixed_lists_owned_fixed_lists_owned_list9_string_t nine;

static bool reversed(checks *checks, four strings) {
  four result;
  test_fixed_lists_owned_fixed_lists_owned_reverse(&strings, &result);
  bool passed = true;
  for (size_t i = 0; passed && i < 4; i++)
    passed = check_string(checks, strings.elements[3 - i], result.elements[i], "reverse([%s, ...])[%zu]",
                          show_string(strings.elements[0]).text, i);
  test_fixed_lists_owned_fixed_lists_owned_list4_string_free(&result);
  return passed;
}

static bool strings(checks *checks) {
  static uint8_t letters[1 << 20];
  for (size_t i = 0; i < sizeof letters; i++) letters[i] = "0123456789abcdef"[i % 16];
  caller_string_t longest = {letters, sizeof letters};
  return reversed(checks, (four){{STRING(""), STRING(""), STRING(""), STRING("")}}) &&
         reversed(checks, (four){{STRING("a"), STRING("b"), STRING("c"), STRING("d")}}) &&
         reversed(checks, (four){{STRING("é"), STRING(""), STRING("€\0"), STRING("𝄞")}}) &&
         reversed(checks, (four){{STRING("short"), longest, STRING(""), STRING("end")}});
}

static bool staircase(checks *checks) {
  stairs stairs;
  test_fixed_lists_owned_fixed_lists_owned_staircase(&stairs);
  bool passed = true;
  for (uint32_t step = 0; passed && step < 3; step++) {
    caller_list_u32_t list = stairs.elements[step];
    passed = check_unsigned(checks, step, list.len, "length of staircase()[%" PRIu32 "]", step);
    for (size_t i = 0; passed && i < list.len; i++)
      passed = check_unsigned(checks, step, list.ptr[i], "staircase()[%" PRIu32 "][%zu]", step, i);
  }
  // Generated code frees them only where no earlier interface of the world has the type `list<u32>`.
  for (size_t step = 0; step < 3; step++)
    if (stairs.elements[step].len > 0) free(stairs.elements[step].ptr);
  return passed;
}

static bool joined(checks *checks) {
  nine words = {{STRING(""), STRING("é"), STRING("€\0"), STRING("𝄞"), STRING("a"), STRING("b"), STRING(""),
                 STRING("c"), STRING("end")}};
  caller_string_t result;
  test_fixed_lists_owned_fixed_lists_owned_join(&words, &result);
  bool passed = check_string(checks, STRING(",é,€\0,𝄞,a,b,,c,end"), result, "join(nine words)");
  caller_string_free(&result);
  return passed;
}

bool exports_test_fixed_lists_owned_check_fixed_lists_owned_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = strings(&checks) && staircase(&checks) && joined(&checks);
  return checks_result(&checks, passed, ret, err);
}
