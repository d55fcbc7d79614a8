#include "caller.h"
#include "check.h"

enum { CASES = 300, MANY = 100000 };

typedef test_enums_enums_list_big_t list_big;
typedef test_enums_enums_list_color_t list_color;

DEFINE_CHECK_LIST(check_cases, show_cases, list_big, SAME_ELEMENTS, show_unsigned)

static bool colors(checks *checks) {
  return check_unsigned(checks, TEST_ENUMS_ENUMS_COLOR_GREEN,
                        test_enums_enums_next_color(TEST_ENUMS_ENUMS_COLOR_RED), "next-color(red)")
      && check_unsigned(checks, TEST_ENUMS_ENUMS_COLOR_BLUE,
                        test_enums_enums_next_color(TEST_ENUMS_ENUMS_COLOR_GREEN), "next-color(green)")
      && check_unsigned(checks, TEST_ENUMS_ENUMS_COLOR_RED,
                        test_enums_enums_next_color(TEST_ENUMS_ENUMS_COLOR_BLUE), "next-color(blue)");
}

static bool from_index(checks *checks, uint32_t n, test_enums_enums_big_t expected) {
  return check_unsigned(checks, expected, test_enums_enums_from_index(n), "from-index(%" PRIu32 ")", n);
}

static bool cases(checks *checks) {
  for (test_enums_enums_big_t c = TEST_ENUMS_ENUMS_BIG_C0; c <= TEST_ENUMS_ENUMS_BIG_C299; c++)
    if (!check_unsigned(checks, c == TEST_ENUMS_ENUMS_BIG_C299 ? TEST_ENUMS_ENUMS_BIG_C0 : c + 1,
                        test_enums_enums_next_big(c), "next-big(c%d)", c)
        || !check_unsigned(checks, c, test_enums_enums_index(c), "index(c%d)", c)
        || !from_index(checks, c, c))
      return false;
  return from_index(checks, 300, TEST_ENUMS_ENUMS_BIG_C0)
      && from_index(checks, 599, TEST_ENUMS_ENUMS_BIG_C299)
      && from_index(checks, 65536, TEST_ENUMS_ENUMS_BIG_C136)
      && from_index(checks, 4294967295, TEST_ENUMS_ENUMS_BIG_C195);
}

static bool tally(checks *checks, list_color colors, uint32_t red, uint32_t green, uint32_t blue) {
  caller_tuple3_u32_u32_u32_t result;
  test_enums_enums_tally(&colors, &result);
  return check_unsigned(checks, red, result.f0, "tally(%zu colors).0", colors.len)
      && check_unsigned(checks, green, result.f1, "tally(%zu colors).1", colors.len)
      && check_unsigned(checks, blue, result.f2, "tally(%zu colors).2", colors.len);
}

static bool tallies(checks *checks) {
  static test_enums_enums_color_t many[MANY];
  for (size_t i = 0; i < MANY; i++)
    many[i] = i % 10 == 0 ? TEST_ENUMS_ENUMS_COLOR_BLUE
            : i % 2 == 0  ? TEST_ENUMS_ENUMS_COLOR_GREEN
                          : TEST_ENUMS_ENUMS_COLOR_RED;
  return tally(checks, (list_color){0}, 0, 0, 0)
      && tally(checks, LIST(list_color, test_enums_enums_color_t, TEST_ENUMS_ENUMS_COLOR_BLUE), 0, 0, 1)
      && tally(checks,
               LIST(list_color, test_enums_enums_color_t, TEST_ENUMS_ENUMS_COLOR_RED, TEST_ENUMS_ENUMS_COLOR_GREEN,
                    TEST_ENUMS_ENUMS_COLOR_RED),
               2, 1, 0)
      && tally(checks, (list_color){many, MANY}, 50000, 40000, 10000);
}

static bool reverse(checks *checks, list_big cases, list_big expected) {
  list_big result;
  test_enums_enums_reverse(&cases, &result);
  bool passed = check_cases(checks, expected, result, "reverse(%s)", show_cases(cases).text);
  test_enums_enums_list_big_free(&result);
  return passed;
}

static bool reverses(checks *checks) {
  test_enums_enums_big_t ascending[CASES], descending[CASES];
  for (size_t i = 0; i < CASES; i++)
    ascending[i] = descending[CASES - 1 - i] = i;
  return reverse(checks, (list_big){0}, (list_big){0})
      && reverse(checks, (list_big){descending, 1}, (list_big){&ascending[CASES - 1], 1})
      && reverse(checks, (list_big){ascending, CASES}, (list_big){descending, CASES});
}

bool exports_test_enums_check_enums_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = colors(&checks) && cases(&checks) && tallies(&checks) && reverses(&checks);
  return checks_result(&checks, passed, ret, err);
}
