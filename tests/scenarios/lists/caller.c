#include <float.h>
#include <stdlib.h>

#include "caller.h"
#include "check.h"

enum { MANY = 100000 };

static bool same_strings(caller_list_string_t a, caller_list_string_t b) {
  bool same = a.len == b.len;
  for (size_t i = 0; same && i < a.len; i++)
    same = SAME_ELEMENTS(a.ptr[i], b.ptr[i]);
  return same;
}

DEFINE_CHECK_LIST(check_bools, show_bools, caller_list_bool_t, SAME_ELEMENTS, show_bool)
DEFINE_CHECK_LIST(check_bytes, show_bytes, caller_list_u8_t, SAME_ELEMENTS, show_unsigned)
DEFINE_CHECK_LIST(check_chars, show_chars, caller_list_char32_t, SAME_ELEMENTS, show_char)
DEFINE_CHECK_LIST(check_u32s, show_u32s, caller_list_u32_t, SAME_ELEMENTS, show_unsigned)
DEFINE_CHECK_LIST(check_u64s, show_u64s, caller_list_u64_t, SAME_ELEMENTS, show_unsigned)
DEFINE_CHECK_LIST(check_strings, show_strings, caller_list_string_t, same_strings, show_string)

#define STRINGS(...) LIST(caller_list_string_t, caller_string_t, __VA_ARGS__)
static const caller_list_string_t no_strings = {0};

static bool xor_bytes(checks *checks, caller_list_u8_t data, uint8_t mask, caller_list_u8_t expected) {
  caller_list_u8_t result;
  test_lists_lists_xor_bytes(&data, mask, &result);
  bool passed = check_bytes(checks, expected, result, "xor-bytes(%s, %d)", show_bytes(data).text, mask);
  caller_list_u8_free(&result);
  return passed;
}

static bool bytes(checks *checks) {
  static uint8_t data[MANY], masked[MANY];
  for (size_t i = 0; i < MANY; i++) {
    data[i] = i;
    masked[i] = i ^ 0x5a;
  }
  caller_list_u8_t none = {0};
  return xor_bytes(checks, none, 255, none)
      && xor_bytes(checks, LIST(caller_list_u8_t, uint8_t, 255), 255, LIST(caller_list_u8_t, uint8_t, 0))
      && xor_bytes(checks, LIST(caller_list_u8_t, uint8_t, 0, 1, 128, 255), 0x0f,
                   LIST(caller_list_u8_t, uint8_t, 15, 14, 143, 240))
      && xor_bytes(checks, (caller_list_u8_t){data, MANY}, 0x5a, (caller_list_u8_t){masked, MANY});
}

static bool iota(checks *checks, uint64_t start, caller_list_u64_t expected) {
  caller_list_u64_t result;
  test_lists_lists_iota(start, expected.len, &result);
  bool passed = check_u64s(checks, expected, result, "iota(%" PRIu64 ", %zu)", start, expected.len);
  caller_list_u64_free(&result);
  return passed;
}

static bool sum(checks *checks, caller_list_u64_t numbers, uint64_t expected) {
  return check_unsigned(checks, expected, test_lists_lists_sum(&numbers), "sum(%s)", show_u64s(numbers).text);
}

static bool numbers(checks *checks) {
  static uint64_t many[MANY];
  for (size_t i = 0; i < MANY; i++)
    many[i] = 4294967296 + i;
  caller_list_u64_t none = {0};
  return iota(checks, 7, none)
      && iota(checks, UINT64_MAX, LIST(caller_list_u64_t, uint64_t, UINT64_MAX))
      && iota(checks, UINT64_MAX - 1, LIST(caller_list_u64_t, uint64_t, UINT64_MAX - 1, UINT64_MAX, 0, 1))
      && iota(checks, 4294967296, (caller_list_u64_t){many, MANY})
      && sum(checks, none, 0)
      && sum(checks, LIST(caller_list_u64_t, uint64_t, UINT64_MAX), UINT64_MAX)
      && sum(checks, LIST(caller_list_u64_t, uint64_t, UINT64_MAX, 1, UINT64_MAX, 5), 4)
      && sum(checks, (caller_list_u64_t){many, MANY}, 429501729550000);
}

static bool widen(checks *checks) {
  caller_list_s8_t a = LIST(caller_list_s8_t, int8_t, -128, 127);
  caller_list_u16_t b = LIST(caller_list_u16_t, uint16_t, 65535);
  caller_list_s16_t c = LIST(caller_list_s16_t, int16_t, -32768, -1, 32767);
  caller_list_u32_t d = LIST(caller_list_u32_t, uint32_t, 0, 4294967295);
  caller_list_s32_t e = LIST(caller_list_s32_t, int32_t, INT32_MIN, INT32_MAX);
  caller_list_s64_t f = LIST(caller_list_s64_t, int64_t, INT64_MIN, -1, 9007199254740993, INT64_MAX);
  caller_list_f32_t g = LIST(caller_list_f32_t, float, -0.0f, FLT_TRUE_MIN, 0.1f, -FLT_MAX, INFINITY, -INFINITY, NAN);
  static const double expected[] = {
      -128, 127, 65535, -32768, -1, 32767, 0, 4294967295, -2147483648, 2147483647,
      -0x1p63, -1, 9007199254740992, 0x1p63, -0.0, 0x1p-149, 0x1.99999ap-4, -0x1.fffffep127, INFINITY, -INFINITY, NAN,
  };
  caller_list_f64_t result;
  test_lists_lists_widen(&a, &b, &c, &d, &e, &f, &g, &result);
  bool passed = check_unsigned(checks, sizeof expected / sizeof *expected, result.len, "length of widen(limits)");
  for (size_t i = 0; passed && i < result.len; i++)
    passed = check_float(checks, expected[i], result.ptr[i], "widen(limits)[%zu]", i);
  caller_list_f64_free(&result);
  return passed;
}

static bool widen_none(checks *checks) {
  caller_list_f64_t result;
  test_lists_lists_widen(&(caller_list_s8_t){0}, &(caller_list_u16_t){0}, &(caller_list_s16_t){0},
                         &(caller_list_u32_t){0}, &(caller_list_s32_t){0}, &(caller_list_s64_t){0},
                         &(caller_list_f32_t){0}, &result);
  bool passed = check_unsigned(checks, 0, result.len, "length of widen([], [], [], [], [], [], [])");
  caller_list_f64_free(&result);
  return passed;
}

static bool invert(checks *checks, caller_list_bool_t bits, caller_list_bool_t expected) {
  caller_list_bool_t result;
  test_lists_lists_invert(&bits, &result);
  bool passed = check_bools(checks, expected, result, "invert(%s)", show_bools(bits).text);
  caller_list_bool_free(&result);
  return passed;
}

static bool bools(checks *checks) {
  caller_list_bool_t none = {0};
  return invert(checks, none, none)
      && invert(checks, LIST(caller_list_bool_t, bool, true), LIST(caller_list_bool_t, bool, false))
      && invert(checks, LIST(caller_list_bool_t, bool, false, true, true, false, true),
                LIST(caller_list_bool_t, bool, true, false, false, true, false));
}

static bool explode_and_implode(checks *checks, caller_string_t s, caller_list_char32_t chars) {
  caller_list_char32_t exploded;
  test_lists_lists_explode(&s, &exploded);
  bool passed = check_chars(checks, chars, exploded, "explode(%s)", show_string(s).text);
  caller_list_char32_free(&exploded);

  caller_string_t imploded;
  test_lists_lists_implode(&chars, &imploded);
  passed = passed && check_string(checks, s, imploded, "implode(%s)", show_chars(chars).text);
  caller_string_free(&imploded);
  return passed;
}

static bool chars(checks *checks) {
  static uint32_t euros[MANY];
  static char euros_utf8[3 * MANY];
  for (size_t i = 0; i < MANY; i++) {
    euros[i] = 0x20ac;
    memcpy(&euros_utf8[3 * i], "€", 3);
  }
  return explode_and_implode(checks, STRING(""), (caller_list_char32_t){0})
      && explode_and_implode(checks, STRING("\0"), LIST(caller_list_char32_t, uint32_t, 0))
      && explode_and_implode(checks, STRING("a\0\x7f\xc2\x80\ud7ff\ue000\uffff\U00010000\U0010ffff"),
                             LIST(caller_list_char32_t, uint32_t, 'a', 0, 0x7f, 0x80, 0xd7ff, 0xe000, 0xffff, 0x10000,
                                  0x10ffff))
      && explode_and_implode(checks, (caller_string_t){(uint8_t *)euros_utf8, 3 * MANY},
                             (caller_list_char32_t){euros, MANY});
}

static bool sort(checks *checks, caller_list_string_t strings, caller_list_string_t expected) {
  caller_list_string_t result;
  test_lists_lists_sort(&strings, &result);
  bool passed = check_strings(checks, expected, result, "sort(%s)", show_strings(strings).text);
  caller_list_string_free(&result);
  return passed;
}

static bool sort_many(checks *checks) {
  static char digits[MANY][6];
  static caller_string_t ascending[MANY], descending[MANY];
  for (size_t i = 0; i < MANY; i++) {
    sprintf(digits[i], "%05zu", i);
    ascending[i] = descending[MANY - 1 - i] = (caller_string_t){(uint8_t *)digits[i], 5};
  }
  return sort(checks, (caller_list_string_t){descending, MANY}, (caller_list_string_t){ascending, MANY});
}

static bool sorts(checks *checks) {
  return sort(checks, no_strings, no_strings)
      && sort(checks, STRINGS(STRING("")), STRINGS(STRING("")))
      && sort(checks, STRINGS(STRING("b"), STRING("ab"), STRING(""), STRING("a\0"), STRING("b"), STRING("a")),
              STRINGS(STRING(""), STRING("a"), STRING("a\0"), STRING("ab"), STRING("b"), STRING("b")))
      // In UTF-16 U+10000 comes before U+FFFF.
      && sort(checks, STRINGS(STRING("\U00010000"), STRING("\uffff"), STRING("é"), STRING("z"), STRING("Z")),
              STRINGS(STRING("Z"), STRING("z"), STRING("é"), STRING("\uffff"), STRING("\U00010000")))
      && sort_many(checks);
}

static bool flatten(checks *checks, caller_list_list_string_t groups, caller_list_string_t expected) {
  caller_list_string_t result;
  test_lists_lists_flatten(&groups, &result);
  bool passed = check_strings(checks, expected, result, "flatten(%zu groups)", groups.len);
  caller_list_string_free(&result);
  return passed;
}

static bool flattens(checks *checks) {
  return flatten(checks, (caller_list_list_string_t){0}, no_strings)
      && flatten(checks, LIST(caller_list_list_string_t, caller_list_string_t, no_strings), no_strings)
      && flatten(checks,
                 LIST(caller_list_list_string_t, caller_list_string_t, no_strings, STRINGS(STRING("a")), no_strings,
                      STRINGS(STRING("é"), STRING(""), STRING("𝄞\0")), no_strings),
                 STRINGS(STRING("a"), STRING("é"), STRING(""), STRING("𝄞\0")));
}

static bool group(checks *checks, caller_list_string_t strings, caller_list_list_string_t expected) {
  caller_list_list_string_t result;
  test_lists_lists_group_by_length(&strings, &result);
  shown argument = show_strings(strings);
  bool passed = check_unsigned(checks, expected.len, result.len, "length of group-by-length(%s)", argument.text);
  for (size_t i = 0; passed && i < result.len; i++)
    passed = check_strings(checks, expected.ptr[i], result.ptr[i], "group-by-length(%s)[%zu]", argument.text, i);
  // The generated `caller_list_list_string_free` forgets the inner lists where an earlier interface of the world has their type.
  for (size_t i = 0; i < result.len; i++) caller_list_string_free(&result.ptr[i]);
  if (result.len > 0) free(result.ptr);
  return passed;
}

static bool groups(checks *checks) {
  return group(checks, no_strings, (caller_list_list_string_t){0})
      && group(checks, STRINGS(STRING("")),
               LIST(caller_list_list_string_t, caller_list_string_t, STRINGS(STRING(""))))
      && group(checks, STRINGS(STRING("é"), STRING("x"), STRING("𝄞"), STRING("ab"), STRING("\0")),
               LIST(caller_list_list_string_t, caller_list_string_t, no_strings, STRINGS(STRING("x"), STRING("\0")),
                    STRINGS(STRING("é"), STRING("ab")), no_strings, STRINGS(STRING("𝄞"))));
}

static bool translate(checks *checks) {
  test_lists_lists_list_point_t points = LIST(test_lists_lists_list_point_t, test_lists_lists_point_t,
                                              {0, 0, STRING("")}, {INT32_MAX, INT32_MIN, STRING("é\0")});
  test_lists_lists_list_point_t result;
  test_lists_lists_translate(&points, 1, -1, &result);
  bool passed = check_unsigned(checks, 2, result.len, "length of translate(points, 1, -1)")
             && check_signed(checks, 1, result.ptr[0].x, "translate(points, 1, -1)[0].x")
             && check_signed(checks, -1, result.ptr[0].y, "translate(points, 1, -1)[0].y")
             && check_string(checks, STRING("'"), result.ptr[0].label, "translate(points, 1, -1)[0].label")
             && check_signed(checks, INT32_MIN, result.ptr[1].x, "translate(points, 1, -1)[1].x")
             && check_signed(checks, INT32_MAX, result.ptr[1].y, "translate(points, 1, -1)[1].y")
             && check_string(checks, STRING("é\0'"), result.ptr[1].label, "translate(points, 1, -1)[1].label");
  test_lists_lists_list_point_free(&result);

  points.len = 0;
  test_lists_lists_translate(&points, 1, -1, &result);
  passed = passed && check_unsigned(checks, 0, result.len, "length of translate([], 1, -1)");
  test_lists_lists_list_point_free(&result);
  return passed;
}

static bool weigh(checks *checks, caller_list_list_list_u8_t groups, caller_list_u32_t expected) {
  caller_list_u32_t result;
  test_lists_lists_weigh(&groups, &result);
  bool passed = check_u32s(checks, expected, result, "weigh(%zu groups)", groups.len);
  caller_list_u32_free(&result);
  return passed;
}

static bool weights(checks *checks) {
  static uint8_t many[MANY];
  caller_list_u8_t none = {0}, three = LIST(caller_list_u8_t, uint8_t, 1, 2, 3), all = {many, MANY};
  caller_list_list_u8_t no_lists = {0};
  return weigh(checks, (caller_list_list_list_u8_t){0}, (caller_list_u32_t){0})
      && weigh(checks, LIST(caller_list_list_list_u8_t, caller_list_list_u8_t, no_lists),
               LIST(caller_list_u32_t, uint32_t, 0))
      && weigh(checks,
               LIST(caller_list_list_list_u8_t, caller_list_list_u8_t, no_lists,
                    LIST(caller_list_list_u8_t, caller_list_u8_t, none),
                    LIST(caller_list_list_u8_t, caller_list_u8_t, three, none, three),
                    LIST(caller_list_list_u8_t, caller_list_u8_t, all, three)),
               LIST(caller_list_u32_t, uint32_t, 0, 0, 6, MANY + 3));
}

bool exports_test_lists_check_lists_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = bytes(&checks) && numbers(&checks) && widen(&checks) && widen_none(&checks) && bools(&checks)
             && chars(&checks) && sorts(&checks) && flattens(&checks) && groups(&checks) && translate(&checks)
             && weights(&checks);
  return checks_result(&checks, passed, ret, err);
}
