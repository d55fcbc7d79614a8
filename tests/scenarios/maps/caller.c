#include "caller.h"
#include "check.h"

/// How many entries a long map has.
enum { MANY = 2000 };

typedef caller_map_string_u32_entry_t string_u32;
typedef caller_map_u32_string_entry_t u32_string;
typedef caller_map_u32_u64_entry_t u32_u64;
typedef caller_map_char32_u32_entry_t char_u32;
typedef caller_map_string_list_string_entry_t string_list;
typedef caller_map_string_map_string_u32_entry_t string_map;
typedef caller_map_u8_bool_entry_t u8_bool;

/// Defines a function that checks a map whose entries come in any order.
#define DEFINE_CHECK_MAP(check, map, same_key, show_key, check_value)                                    \
  static bool check(checks *checks, map expected, map actual, const char *call) {                        \
    if (!check_unsigned(checks, expected.len, actual.len, "size of %s", call))                           \
      return false;                                                                                      \
    for (size_t i = 0; i < expected.len; i++) {                                                          \
      shown key = show_key(expected.ptr[i].key);                                                         \
      size_t at = 0;                                                                                     \
      while (at < actual.len && !same_key(expected.ptr[i].key, actual.ptr[at].key))                      \
        at++;                                                                                            \
      if (!check_bool(checks, true, at < actual.len, "contains-key(%s, %s)", call, key.text)             \
          || !check_value(checks, expected.ptr[i].value, actual.ptr[at].value, "%s[%s]", call, key.text)) \
        return false;                                                                                    \
    }                                                                                                    \
    return true;                                                                                         \
  }

DEFINE_CHECK_MAP(check_u32_string, caller_map_u32_string_t, SAME_VALUE, show_unsigned, check_string)
DEFINE_CHECK_MAP(check_u32_u64, caller_map_u32_u64_t, SAME_VALUE, show_unsigned, check_unsigned)
DEFINE_CHECK_MAP(check_char_u32, caller_map_char32_u32_t, SAME_VALUE, show_char, check_unsigned)
DEFINE_CHECK_MAP(check_string_u32, caller_map_string_u32_t, SAME_ELEMENTS, show_string, check_unsigned)
DEFINE_CHECK_LIST(check_u32s, show_u32s, caller_list_u32_t, SAME_ELEMENTS, show_unsigned)

static bool invert(checks *checks, caller_map_string_u32_t m, caller_map_u32_string_t expected, const char *call) {
  caller_map_u32_string_t result;
  test_maps_maps_invert(&m, &result);
  bool passed = check_u32_string(checks, expected, result, call);
  caller_map_u32_string_free(&result);
  return passed;
}

static bool inverts(checks *checks) {
  static char digits[MANY][8];
  static string_u32 many[MANY];
  static u32_string many_inverted[MANY];
  for (uint32_t i = 0; i < MANY; i++) {
    caller_string_t key = {(uint8_t *)digits[i], sprintf(digits[i], "%" PRIu32, i)};
    many[i] = (string_u32){key, i * 1000003};
    many_inverted[i] = (u32_string){i * 1000003, key};
  }
  return invert(checks, (caller_map_string_u32_t){0}, (caller_map_u32_string_t){0}, "invert({})")
      && invert(checks, LIST(caller_map_string_u32_t, string_u32, {STRING(""), 0}),
                LIST(caller_map_u32_string_t, u32_string, {0, STRING("")}), "invert({\"\": 0})")
      && invert(checks,
                LIST(caller_map_string_u32_t, string_u32, {STRING("b"), 1}, {STRING("é𝄞"), 4294967295},
                     {STRING("b\0"), 2}, {STRING("a"), 3}),
                LIST(caller_map_u32_string_t, u32_string, {1, STRING("b")}, {2, STRING("b\0")}, {3, STRING("a")},
                     {4294967295, STRING("é𝄞")}),
                "invert(four)")
      && invert(checks, (caller_map_string_u32_t){many, MANY}, (caller_map_u32_string_t){many_inverted, MANY},
                "invert(2000)");
}

static bool merge(checks *checks, caller_map_u32_u64_t a, caller_map_u32_u64_t b, caller_map_u32_u64_t expected,
                  const char *call) {
  caller_map_u32_u64_t result;
  test_maps_maps_merge(&a, &b, &result);
  bool passed = check_u32_u64(checks, expected, result, call);
  caller_map_u32_u64_free(&result);
  return passed;
}

static bool merges(checks *checks) {
  caller_map_u32_u64_t none = {0}, one = LIST(caller_map_u32_u64_t, u32_u64, {4294967295, UINT64_MAX});
  return merge(checks, none, none, none, "merge({}, {})")
      && merge(checks, one, none, one, "merge({4294967295: 18446744073709551615}, {})")
      && merge(checks, none, one, one, "merge({}, {4294967295: 18446744073709551615})")
      && merge(checks, LIST(caller_map_u32_u64_t, u32_u64, {0, 1}, {1, 10}, {2, 20}),
               LIST(caller_map_u32_u64_t, u32_u64, {2, 0}, {3, 30}, {0, UINT64_MAX}),
               LIST(caller_map_u32_u64_t, u32_u64, {0, UINT64_MAX}, {1, 10}, {2, 0}, {3, 30}),
               "merge({0: 1, 1: 10, 2: 20}, {2: 0, 3: 30, 0: 18446744073709551615})");
}

static caller_map_string_list_string_t shelves(void) {
  static caller_string_t words[3];
  static string_list all[4];
  words[0] = STRING("x");
  words[1] = STRING("");
  words[2] = STRING("é\0𝄞");
  all[0] = (string_list){STRING("a"), {words, 1}};
  all[1] = (string_list){STRING(""), {words, 3}};
  all[2] = (string_list){STRING("empty"), {0}};
  all[3] = (string_list){STRING("a\0"), {words + 1, 2}};
  return (caller_map_string_list_string_t){all, 4};
}

static bool found(checks *checks, caller_string_t key, caller_list_string_t expected) {
  caller_map_string_list_string_t m = shelves();
  caller_list_string_t result;
  shown shown = show_string(key);
  if (!test_maps_maps_find(&m, &key, &result))
    return check_bool(checks, true, false, "is-some(find(four, %s))", shown.text);
  bool passed = check_unsigned(checks, expected.len, result.len, "length of find(four, %s)", shown.text);
  for (size_t i = 0; passed && i < expected.len; i++)
    passed = check_string(checks, expected.ptr[i], result.ptr[i], "find(four, %s)[%zu]", shown.text, i);
  caller_list_string_free(&result);
  return passed;
}

static bool finds(checks *checks) {
  caller_map_string_list_string_t m = shelves(), none = {0};
  caller_list_string_t result;
#define STRINGS(...) LIST(caller_list_string_t, caller_string_t, __VA_ARGS__)
  return found(checks, STRING("a"), STRINGS(STRING("x")))
      && found(checks, STRING(""), STRINGS(STRING("x"), STRING(""), STRING("é\0𝄞")))
      && found(checks, STRING("empty"), (caller_list_string_t){0})
      && found(checks, STRING("a\0"), STRINGS(STRING(""), STRING("é\0𝄞")))
      && check_bool(checks, false, test_maps_maps_find(&m, &STRING("b"), &result), "is-some(find(four, \"b\"))")
      && check_bool(checks, false, test_maps_maps_find(&none, &STRING(""), &result), "is-some(find({}, \"\"))");
}

static bool count(checks *checks, caller_string_t s, caller_map_char32_u32_t expected) {
  caller_map_char32_u32_t result;
  test_maps_maps_count(&s, &result);
  bool passed = check_char_u32(checks, expected, result, show("count(%s)", show_string(s).text).text);
  caller_map_char32_u32_free(&result);
  return passed;
}

static bool counts(checks *checks) {
  enum { LENGTH = 100000 };
  static char letters[LENGTH];
  memset(letters, 'x', LENGTH);
  return count(checks, STRING(""), (caller_map_char32_u32_t){0})
      && count(checks, STRING("hello"),
               LIST(caller_map_char32_u32_t, char_u32, {'h', 1}, {'e', 1}, {'l', 2}, {'o', 1}))
      && count(checks, STRING("\0é\U0010ffff\0é\ud7ff\0\ue000"),
               LIST(caller_map_char32_u32_t, char_u32, {0, 3}, {0xe9, 2}, {0xd7ff, 1}, {0xe000, 1}, {0x10ffff, 1}))
      && count(checks, (caller_string_t){(uint8_t *)letters, LENGTH},
               LIST(caller_map_char32_u32_t, char_u32, {'x', LENGTH}));
}

static bool totals(checks *checks) {
  caller_map_string_map_string_u32_t
      none = {0},
      m = LIST(caller_map_string_map_string_u32_t, string_map, {STRING("none"), {0}},
               {STRING(""), LIST(caller_map_string_u32_t, string_u32, {STRING(""), 4294967295})},
               {STRING("é"),
                LIST(caller_map_string_u32_t, string_u32, {STRING("a"), 1}, {STRING("b"), 0}, {STRING("c"), 41})});
  caller_map_string_u32_t result;
  test_maps_maps_totals(&m, &result);
  bool passed = check_string_u32(checks,
                                 LIST(caller_map_string_u32_t, string_u32, {STRING("none"), 0},
                                      {STRING(""), 4294967295}, {STRING("é"), 42}),
                                 result, "totals(three)");
  caller_map_string_u32_free(&result);

  test_maps_maps_totals(&none, &result);
  passed = passed && check_string_u32(checks, (caller_map_string_u32_t){0}, result, "totals({})");
  caller_map_string_u32_free(&result);
  return passed;
}

static bool size(checks *checks, caller_list_map_u8_bool_t ms, caller_list_u32_t expected) {
  caller_list_u32_t result;
  test_maps_maps_sizes(&ms, &result);
  bool passed = check_u32s(checks, expected, result, "sizes(%zu maps)", ms.len);
  caller_list_u32_free(&result);
  return passed;
}

static bool sizes(checks *checks) {
  u8_bool all[256];
  for (int i = 0; i < 256; i++)
    all[i] = (u8_bool){i, i % 2 == 0};
  return size(checks, (caller_list_map_u8_bool_t){0}, (caller_list_u32_t){0})
      && size(checks, LIST(caller_list_map_u8_bool_t, caller_map_u8_bool_t, {0}), LIST(caller_list_u32_t, uint32_t, 0))
      && size(checks, LIST(caller_list_map_u8_bool_t, caller_map_u8_bool_t, {all, 1}, {0}, {all, 256}, {all + 7, 2}),
              LIST(caller_list_u32_t, uint32_t, 1, 0, 256, 2));
}

bool exports_test_maps_check_maps_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = inverts(&checks) && merges(&checks) && finds(&checks) && counts(&checks) && totals(&checks)
             && sizes(&checks);
  return checks_result(&checks, passed, ret, err);
}
