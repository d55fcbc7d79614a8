#include <stdlib.h>

#include "caller.h"
#include "check.h"

enum { MEBIBYTE = 1 << 20 };

static bool concat(checks *checks, caller_string_t a, caller_string_t b, caller_string_t expected) {
  caller_string_t result;
  test_strings_strings_concat(&a, &b, &result);
  bool passed = check_string(checks, expected, result, "concat(%s, %s)", show_string(a).text, show_string(b).text);
  caller_string_free(&result);
  return passed;
}

static bool reverse(checks *checks, caller_string_t s, caller_string_t expected) {
  caller_string_t result;
  test_strings_strings_reverse(&s, &result);
  bool passed = check_string(checks, expected, result, "reverse(%s)", show_string(s).text);
  caller_string_free(&result);
  return passed;
}

static bool repeat(checks *checks, caller_string_t s, uint32_t n, caller_string_t expected) {
  caller_string_t result;
  test_strings_strings_repeat(&s, n, &result);
  bool passed = check_string(checks, expected, result, "repeat(%s, %" PRIu32 ")", show_string(s).text, n);
  caller_string_free(&result);
  return passed;
}

static bool from_char(checks *checks, uint32_t c, caller_string_t expected) {
  caller_string_t result;
  test_strings_strings_from_char(c, &result);
  bool passed = check_string(checks, expected, result, "from-char(U+%04" PRIX32 ")", c);
  caller_string_free(&result);
  return passed;
}

static bool at(checks *checks, caller_string_t s, uint32_t index, uint32_t expected) {
  return check_char(checks, expected, test_strings_strings_at(&s, index), "at(%s, %" PRIu32 ")", show_string(s).text,
                    index);
}

static bool measure(checks *checks, caller_string_t s, uint32_t utf8_length, uint32_t utf16_length,
                    uint32_t scalar_count, uint32_t checksum) {
  shown argument = show_string(s);
  return check_unsigned(checks, utf8_length, test_strings_strings_utf8_length(&s), "utf8-length(%s)", argument.text)
      && check_unsigned(checks, utf16_length, test_strings_strings_utf16_length(&s), "utf16-length(%s)", argument.text)
      && check_unsigned(checks, scalar_count, test_strings_strings_scalar_count(&s), "scalar-count(%s)", argument.text)
      && check_unsigned(checks, checksum, test_strings_strings_checksum(&s), "checksum(%s)", argument.text);
}

static bool measures(checks *checks) {
  return measure(checks, STRING(""), 0, 0, 0, 0x811c9dc5)
      && measure(checks, STRING("a"), 1, 1, 1, 0xe40c292c)
      && measure(checks, STRING("foobar"), 6, 6, 6, 0xbf9cf968)
      && measure(checks, STRING("é"), 2, 1, 1, 0x1e9de8c1)
      && measure(checks, STRING("€"), 3, 1, 1, 0x298f832b)
      && measure(checks, STRING("𝄞"), 4, 2, 1, 0x3b79d038)
      && measure(checks, STRING("\0"), 1, 1, 1, 0x050c5d1f)
      && measure(checks, STRING("a\0b"), 3, 3, 3, 0x10f3abd2)
      && measure(checks, STRING("aé€𝄞\0z"), 12, 7, 6, 0x0d022093)
      && measure(checks, STRING("\uffff\U00010000\U0010ffff"), 11, 5, 3, 0xbeb304cb);
}

static bool concats(checks *checks) {
  return concat(checks, STRING(""), STRING(""), STRING(""))
      && concat(checks, STRING(""), STRING("x"), STRING("x"))
      && concat(checks, STRING("x"), STRING(""), STRING("x"))
      && concat(checks, STRING("foo"), STRING("bar"), STRING("foobar"))
      && concat(checks, STRING("é"), STRING("€𝄞"), STRING("é€𝄞"))
      && concat(checks, STRING("a\0"), STRING("\0b"), STRING("a\0\0b"));
}

static bool reverses(checks *checks) {
  return reverse(checks, STRING(""), STRING(""))
      && reverse(checks, STRING("x"), STRING("x"))
      && reverse(checks, STRING("abc"), STRING("cba"))
      && reverse(checks, STRING("aé€𝄞\0z"), STRING("z\0𝄞€éa"))
      // A combining accent and a flag of two characters come apart.
      && reverse(checks, STRING("e\u0301🇪🇺"), STRING("🇺🇪\u0301e"));
}

static bool repeats(checks *checks) {
  return repeat(checks, STRING(""), 0, STRING(""))
      && repeat(checks, STRING(""), 1000, STRING(""))
      && repeat(checks, STRING("abc"), 0, STRING(""))
      && repeat(checks, STRING("abc"), 1, STRING("abc"))
      && repeat(checks, STRING("é\0€"), 3, STRING("é\0€é\0€é\0€"));
}

static bool chars(checks *checks) {
  caller_string_t all = STRING("\0\x7f\xc2\x80\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff");
  return at(checks, all, 0, 0) && at(checks, all, 1, 0x7f) && at(checks, all, 2, 0x80) && at(checks, all, 3, 0x7ff)
      && at(checks, all, 4, 0x800) && at(checks, all, 5, 0xd7ff) && at(checks, all, 6, 0xe000)
      && at(checks, all, 7, 0xffff) && at(checks, all, 8, 0x10000) && at(checks, all, 9, 0x10ffff)
      && from_char(checks, 0, STRING("\0")) && from_char(checks, 'a', STRING("a"))
      && from_char(checks, 0x7f, STRING("\x7f")) && from_char(checks, 0x80, STRING("\xc2\x80"))
      && from_char(checks, 0x7ff, STRING("\xdf\xbf")) && from_char(checks, 0x800, STRING("\xe0\xa0\x80"))
      && from_char(checks, 0xd7ff, STRING("\xed\x9f\xbf")) && from_char(checks, 0xe000, STRING("\xee\x80\x80"))
      && from_char(checks, 0xffff, STRING("\xef\xbf\xbf")) && from_char(checks, 0x10000, STRING("\xf0\x90\x80\x80"))
      && from_char(checks, 0x10ffff, STRING("\xf4\x8f\xbf\xbf"));
}

static caller_string_t repeated(caller_string_t s, size_t n) {
  caller_string_t result = {malloc(n * s.len), n * s.len};
  for (size_t i = 0; i < n; i++)
    memcpy(result.ptr + i * s.len, s.ptr, s.len);
  return result;
}

static uint32_t fnv1a(caller_string_t s) {
  uint32_t hash = 2166136261;
  for (size_t i = 0; i < s.len; i++)
    hash = (hash ^ s.ptr[i]) * 16777619;
  return hash;
}

static bool long_strings(checks *checks) {
  const uint32_t count = MEBIBYTE / 4;
  caller_string_t euros = repeated(STRING("€1"), count);
  caller_string_t reversed = repeated(STRING("1€"), count);
  caller_string_t half = {euros.ptr, MEBIBYTE / 2};
  bool passed = measure(checks, euros, MEBIBYTE, 2 * count, 2 * count, fnv1a(euros))
             && repeat(checks, STRING("€1"), count, euros)
             && repeat(checks, euros, 1, euros)
             && concat(checks, half, half, euros)
             && reverse(checks, euros, reversed)
             && at(checks, euros, 2 * count - 2, 0x20ac);
  caller_string_free(&euros);
  caller_string_free(&reversed);
  return passed;
}

bool exports_test_strings_check_strings_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = measures(&checks) && concats(&checks) && reverses(&checks) && repeats(&checks) && chars(&checks)
             && long_strings(&checks);
  return checks_result(&checks, passed, ret, err);
}
