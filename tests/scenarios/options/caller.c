#include "caller.h"
#include "check.h"

static bool increments(checks *checks) {
  static const uint32_t numbers[] = {0, 1, 65535, 2147483647, 4294967294};
  uint32_t x, result = 0;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    x = numbers[i];
    if (!check_bool(checks, true, test_options_options_increment(&x, &result), "is-some(increment(%" PRIu32 "))", x)
        || !check_unsigned(checks, x + 1, result, "increment(%" PRIu32 ")", x))
      return false;
  }
  x = 4294967295;
  return check_bool(checks, false, test_options_options_increment(&x, &result), "is-some(increment(4294967295))")
      && check_bool(checks, false, test_options_options_increment(NULL, &result), "is-some(increment(none))");
}

static bool first(checks *checks, caller_string_t s, uint32_t expected) {
  uint32_t c = 0;
  return check_bool(checks, true, test_options_options_first(&s, &c), "is-some(first(%s))", show_string(s).text)
      && check_char(checks, expected, c, "first(%s)", show_string(s).text);
}

static bool firsts(checks *checks) {
  uint32_t c;
  return check_bool(checks, false, test_options_options_first(NULL, &c), "is-some(first(none))")
      && check_bool(checks, false, test_options_options_first(&STRING(""), &c), "is-some(first(\"\"))")
      && first(checks, STRING("a"), 'a') && first(checks, STRING("\0b"), 0) && first(checks, STRING("\x7f"), 0x7f)
      && first(checks, STRING("éa"), 0xe9) && first(checks, STRING("\ud7ff"), 0xd7ff)
      && first(checks, STRING("\ue000"), 0xe000) && first(checks, STRING("\uffff!"), 0xffff)
      && first(checks, STRING("\U0010ffff\U00010000"), 0x10ffff);
}

static bool nests(checks *checks) {
  caller_option_u32_t inner = {0}, none = {0}, two = {true, 2};
  return check_bool(checks, false, test_options_options_nest(0, &inner), "is-some(nest(0))")
      && check_bool(checks, true, test_options_options_nest(1, &inner), "is-some(nest(1))")
      && check_bool(checks, false, inner.is_some, "is-some(value of nest(1))")
      && check_bool(checks, true, test_options_options_nest(2, &inner), "is-some(nest(2))")
      && check_bool(checks, true, inner.is_some, "is-some(value of nest(2))")
      && check_unsigned(checks, 2, inner.val, "nest(2)")
      && check_unsigned(checks, 0, test_options_options_depth(NULL), "depth(none)")
      && check_unsigned(checks, 1, test_options_options_depth(&none), "depth(some(none))")
      && check_unsigned(checks, 2, test_options_options_depth(&two), "depth(some(some(2)))");
}

static bool square_root(checks *checks, int64_t x, uint32_t expected) {
  uint32_t root = 0;
  test_options_options_failure_t failure;
  if (test_options_options_square_root(x, &root, &failure))
    return check_unsigned(checks, expected, root, "square-root(%" PRId64 ")", x);
  test_options_options_failure_free(&failure);
  return check_bool(checks, true, false, "is-ok(square-root(%" PRId64 "))", x);
}

static bool no_square_root(checks *checks, int64_t x, test_options_options_reason_t reason, caller_string_t text) {
  uint32_t root;
  test_options_options_failure_t failure;
  if (test_options_options_square_root(x, &root, &failure))
    return check_bool(checks, false, true, "is-ok(square-root(%" PRId64 "))", x);
  bool passed = check_unsigned(checks, reason, failure.reason, "square-root(%" PRId64 ").reason", x)
             && check_string(checks, text, failure.text, "square-root(%" PRId64 ").text", x);
  test_options_options_failure_free(&failure);
  return passed;
}

static bool square_roots(checks *checks) {
  for (uint32_t root = 1; root < 1000; root += 37)
    if (!square_root(checks, root * root - 1, root - 1) || !square_root(checks, root * root, root))
      return false;
  return square_root(checks, 999999, 999) && square_root(checks, 1000000, 1000)
      && no_square_root(checks, -1, TEST_OPTIONS_OPTIONS_REASON_NEGATIVE, STRING("-1"))
      && no_square_root(checks, INT64_MIN, TEST_OPTIONS_OPTIONS_REASON_NEGATIVE, STRING("-9223372036854775808"))
      && no_square_root(checks, 1000001, TEST_OPTIONS_OPTIONS_REASON_TOO_BIG, STRING("1000001"))
      && no_square_root(checks, 4294967300, TEST_OPTIONS_OPTIONS_REASON_TOO_BIG, STRING("4294967300"))
      && no_square_root(checks, INT64_MAX, TEST_OPTIONS_OPTIONS_REASON_TOO_BIG, STRING("9223372036854775807"));
}

static bool reject(checks *checks, caller_string_t text) {
  caller_string_t error;
  if (test_options_options_reject(&text, &error))
    return check_bool(checks, false, true, "is-ok(reject(%s))", show_string(text).text);
  bool passed = check_string(checks, text, error, "error of reject(%s)", show_string(text).text);
  caller_string_free(&error);
  return passed;
}

static bool accept(checks *checks, uint64_t n) {
  uint64_t result = 0;
  return check_bool(checks, true, test_options_options_accept(n, &result), "is-ok(accept(%" PRIu64 "))", n)
      && check_unsigned(checks, n, result, "accept(%" PRIu64 ")", n);
}

static bool one_sided(checks *checks) {
  uint64_t n;
  caller_string_t error;
  return check_bool(checks, true, test_options_options_unit(true), "is-ok(unit(true))")
      && check_bool(checks, false, test_options_options_unit(false), "is-ok(unit(false))")
      && check_bool(checks, true, test_options_options_reject(&STRING(""), &error), "is-ok(reject(\"\"))")
      && reject(checks, STRING("no")) && reject(checks, STRING("\0")) && reject(checks, STRING("é€𝄞"))
      && check_bool(checks, false, test_options_options_accept(0, &n), "is-ok(accept(0))")
      && accept(checks, 1) && accept(checks, 4294967296) && accept(checks, UINT64_MAX);
}

static bool swap_ok(checks *checks, float x) {
  test_options_options_result_f32_string_t ok = {.is_err = false, .val.ok = x};
  caller_string_t text;
  float error = 0;
  if (!test_options_options_swap(&ok, &text, &error))
    return check_float(checks, x, error, "error of swap(ok(%.9g))", x);
  caller_string_free(&text);
  return check_bool(checks, false, true, "is-ok(swap(ok(%.9g)))", x);
}

static bool swap_error(checks *checks, caller_string_t s) {
  test_options_options_result_f32_string_t error = {.is_err = true, .val.err = s};
  caller_string_t text;
  float x;
  if (!test_options_options_swap(&error, &text, &x))
    return check_bool(checks, true, false, "is-ok(swap(error(%s)))", show_string(s).text);
  bool passed = check_string(checks, s, text, "swap(error(%s))", show_string(s).text);
  caller_string_free(&text);
  return passed;
}

static bool swaps(checks *checks) {
  return swap_ok(checks, 0) && swap_ok(checks, -0.0f) && swap_ok(checks, 0.1f) && swap_ok(checks, 0x1p-149f)
      && swap_ok(checks, -INFINITY) && swap_ok(checks, NAN)
      && swap_error(checks, STRING("")) && swap_error(checks, STRING("a")) && swap_error(checks, STRING("é\0𝄞"));
}

static bool classify(checks *checks, caller_list_option_u8_t numbers) {
  test_options_options_list_result_u8_u32_t results;
  test_options_options_classify(&numbers, &results);
  bool passed = check_unsigned(checks, numbers.len, results.len, "length of classify(%zu numbers)", numbers.len);
  for (size_t i = 0; passed && i < numbers.len; i++) {
    caller_option_u8_t number = numbers.ptr[i];
    test_options_options_result_u8_u32_t result = results.ptr[i];
    passed = check_bool(checks, number.is_some, !result.is_err, "is-ok(classify(%zu numbers)[%zu])", numbers.len, i)
          && (result.is_err ? check_unsigned(checks, i, result.val.err, "error of classify(%zu numbers)[%zu]",
                                             numbers.len, i)
                            : check_unsigned(checks, number.val, result.val.ok, "classify(%zu numbers)[%zu]",
                                             numbers.len, i));
  }
  test_options_options_list_result_u8_u32_free(&results);
  return passed;
}

static bool classifications(checks *checks) {
  caller_option_u8_t many[100];
  for (size_t i = 0; i < 100; i++)
    many[i] = (caller_option_u8_t){.is_some = i % 3 != 0, .val = i};
  return classify(checks, (caller_list_option_u8_t){0})
      && classify(checks, LIST(caller_list_option_u8_t, caller_option_u8_t, {false, 0}))
      && classify(checks, LIST(caller_list_option_u8_t, caller_option_u8_t, {true, 0}, {false, 0}, {true, 255}))
      && classify(checks, (caller_list_option_u8_t){many, 100});
}

static bool weights(checks *checks) {
  test_options_options_result_option_list_u32_string_t
      empty_error = {.is_err = true, .val.err = STRING("")},
      error = {.is_err = true, .val.err = STRING("é€𝄞\0")},
      none = {.is_err = false, .val.ok = {.is_some = false}},
      empty = {.is_err = false, .val.ok = {.is_some = true, .val = {0}}},
      numbers = {.is_err = false, .val.ok = {true, LIST(caller_list_u32_t, uint32_t, 4294960000, 6000, 295)}};
  return check_unsigned(checks, 0, test_options_options_weigh(NULL), "weigh(none)")
      && check_unsigned(checks, 0, test_options_options_weigh(&empty_error), "weigh(some(error(\"\")))")
      && check_unsigned(checks, 10, test_options_options_weigh(&error), "weigh(some(error(10 bytes)))")
      && check_unsigned(checks, 1000, test_options_options_weigh(&none), "weigh(some(ok(none)))")
      && check_unsigned(checks, 1000, test_options_options_weigh(&empty), "weigh(some(ok(some([]))))")
      && check_unsigned(checks, 4294967295, test_options_options_weigh(&numbers),
                        "weigh(some(ok(some([4294960000, 6000, 295]))))");
}

bool exports_test_options_check_options_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = increments(&checks) && firsts(&checks) && nests(&checks) && square_roots(&checks) && one_sided(&checks)
             && swaps(&checks) && classifications(&checks) && weights(&checks);
  return checks_result(&checks, passed, ret, err);
}
