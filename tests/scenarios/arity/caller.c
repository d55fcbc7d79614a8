#include <stdlib.h>

#include "caller.h"
#include "check.h"

typedef test_arity_arity_wide_t wide;

#define EIGHT(a, i) a[i], a[i + 1], a[i + 2], a[i + 3], a[i + 4], a[i + 5], a[i + 6], a[i + 7]
#define FORTY(a) EIGHT(a, 0), EIGHT(a, 8), EIGHT(a, 16), EIGHT(a, 24), EIGHT(a, 32)

static bool sums_of_u32s(checks *checks) {
  uint32_t a[17];
  for (int i = 0; i < 17; i++)
    a[i] = i + 1;
  if (!check_unsigned(checks, 1496, test_arity_arity_sum16(EIGHT(a, 0), EIGHT(a, 8)), "sum16(1, 2, ..., 16)")
      || !check_unsigned(checks, 1785, test_arity_arity_sum17(EIGHT(a, 0), EIGHT(a, 8), a[16]), "sum17(1, 2, ..., 17)"))
    return false;

  for (int i = 0; i < 17; i++) {
    memset(a, 0, sizeof a);
    a[i] = 4294967295;
    uint64_t expected = (i + 1) * UINT64_C(4294967295);
    if (!check_unsigned(checks, expected, test_arity_arity_sum17(EIGHT(a, 0), EIGHT(a, 8), a[16]),
                        "sum17(0, ..., a%d: 4294967295, ..., 0)", i)
        || (i < 16
            && !check_unsigned(checks, expected, test_arity_arity_sum16(EIGHT(a, 0), EIGHT(a, 8)),
                               "sum16(0, ..., a%d: 4294967295, ..., 0)", i)))
      return false;
  }

  memset(a, 255, sizeof a);
  return check_unsigned(checks, 136 * UINT64_C(4294967295), test_arity_arity_sum16(EIGHT(a, 0), EIGHT(a, 8)),
                        "sum16(16 times 4294967295)")
      && check_unsigned(checks, 153 * UINT64_C(4294967295), test_arity_arity_sum17(EIGHT(a, 0), EIGHT(a, 8), a[16]),
                        "sum17(17 times 4294967295)");
}

static bool sums_of_mixed(checks *checks) {
  // Alone, each of them is exact in the sum.
  static const double limits[5] = {255, -32768, 4294967295, -0x1p63, 0x1p-1074};
  double a[40];
  for (int i = 0; i < 40; i++)
    a[i] = i % 5 == 4 ? -0.5 * i : i;
  if (!check_float(checks, 13940, test_arity_arity_sum40(FORTY(a)), "sum40(0, 1, 2, 3, -2, 5, ...)"))
    return false;

  for (int i = 0; i < 40; i++) {
    memset(a, 0, sizeof a);
    a[i] = limits[i % 5];
    if (!check_float(checks, (i + 1) * a[i], test_arity_arity_sum40(FORTY(a)), "sum40(0, ..., a%d: %g, ..., 0)", i,
                     a[i]))
      return false;
  }
  return true;
}

static bool joins(checks *checks) {
  caller_string_t a = STRING("a"), b = STRING("é"), c = STRING(""), d = STRING("€\0"), e = STRING("𝄞"),
                  f = STRING(","), g = STRING("gg"), h = STRING("h"), i = STRING("end"), result;
  test_arity_arity_join8(&a, &b, &c, &d, &e, &f, &g, &h, &result);
  bool passed = check_string(checks, STRING("a,é,,€\0,𝄞,,,gg,h"), result, "join8(a, \\xe9, , ..., h)");
  caller_string_free(&result);

  test_arity_arity_join9(&a, &b, &c, &d, &e, &f, &g, &h, &i, &result);
  passed = passed && check_string(checks, STRING("a,é,,€\0,𝄞,,,gg,h,end"), result, "join9(a, \\xe9, , ..., h, end)");
  caller_string_free(&result);

  test_arity_arity_join8(&c, &c, &c, &c, &c, &c, &c, &c, &result);
  passed = passed && check_string(checks, STRING(",,,,,,,"), result, "join8(8 times \"\")");
  caller_string_free(&result);

  test_arity_arity_join9(&c, &c, &c, &c, &c, &c, &c, &c, &c, &result);
  passed = passed && check_string(checks, STRING(",,,,,,,,"), result, "join9(9 times \"\")");
  caller_string_free(&result);
  return passed;
}

DEFINE_CHECK_LIST(check_bytes, show_bytes, caller_list_u8_t, SAME_ELEMENTS, show_unsigned)

/// What `make-wide` has to make. Its two strings are one and the same memory; `release` frees them and the list.
static wide expected_wide(uint32_t seed) {
  char *decimal = malloc(11);
  size_t length = sprintf(decimal, "%" PRIu32, seed);
  caller_string_t text = {(uint8_t *)decimal, length};
  caller_list_u8_t bytes = {malloc(seed), seed};
  for (uint32_t i = 0; i < seed; i++)
    bytes.ptr[i] = i;
  uint64_t n = seed;
  return (wide){
      .f0 = n, .f1 = n + 1, .f2 = text, .f3 = n + 3, .f4 = n + 4, .f5 = bytes, .f6 = n + 6, .f7 = n % 2 == 1,
      .f8 = '@' + n % 26, .f9 = {.is_some = n % 2 == 0, .val = n + 9}, .f10 = n + 10, .f11 = n + 11, .f12 = n + 12,
      .f13 = n + 13, .f14 = n + 14, .f15 = {15, n + 15}, .f16 = text, .f17 = n + 17, .f18 = n + 18, .f19 = n + 19,
  };
}

static void release(wide *w) {
  free(w->f2.ptr);
  free(w->f5.ptr);
}

/// The generated `wide_free` forgets `f5` when an interface before this one has a `list<u8>`.
static void free_wide(wide *w) {
  caller_string_free(&w->f2);
  caller_list_u8_free(&w->f5);
  caller_string_free(&w->f16);
}

static bool check_wide(checks *checks, wide expected, wide actual, uint32_t seed) {
#define FIELD(kind, field) \
  check_##kind(checks, expected.field, actual.field, "make-wide(%" PRIu32 ")." #field, seed)
  return FIELD(unsigned, f0) && FIELD(unsigned, f1) && FIELD(string, f2) && FIELD(float, f3) && FIELD(signed, f4)
      && FIELD(bytes, f5) && FIELD(float, f6) && FIELD(bool, f7) && FIELD(char, f8) && FIELD(bool, f9.is_some)
      && (!expected.f9.is_some || FIELD(unsigned, f9.val)) && FIELD(signed, f10) && FIELD(unsigned, f11)
      && FIELD(signed, f12) && FIELD(signed, f13) && FIELD(unsigned, f14) && FIELD(unsigned, f15.f0)
      && FIELD(unsigned, f15.f1) && FIELD(string, f16) && FIELD(float, f17) && FIELD(unsigned, f18)
      && FIELD(unsigned, f19);
#undef FIELD
}

static bool wides(checks *checks) {
  static const uint32_t seeds[] = {0, 1, 25, 26, 115, 116, 127, 255, 256, 32763, 65525, 100000};
  for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
    uint32_t seed = seeds[i];
    wide expected = expected_wide(seed), result;
    test_arity_arity_make_wide(seed, &result);
    bool passed = check_wide(checks, expected, result, seed)
               && check_unsigned(checks, seed, test_arity_arity_seed_of(&expected), "seed-of(wide of %" PRIu32 ")",
                                 seed)
               && check_unsigned(checks, seed, test_arity_arity_seed_of(&result),
                                 "seed-of(make-wide(%" PRIu32 "))", seed)
               && check_unsigned(checks, seed + 5, test_arity_arity_around(2, &expected, 3),
                                 "around(2, wide of %" PRIu32 ", 3)", seed)
               && check_unsigned(checks, seed - 2, test_arity_arity_around(4294967295, &expected, 4294967295),
                                 "around(4294967295, wide of %" PRIu32 ", 4294967295)", seed);
    free_wide(&result);
    release(&expected);
    if (!passed)
      return false;
  }
  return true;
}

static bool spoilt(checks *checks) {
#define SPOILT(field, value)                                             \
  (spoilt = good, spoilt.field = value,                                  \
   check_unsigned(checks, 4294967295, test_arity_arity_seed_of(&spoilt), \
                  "seed-of(wide of 42 with " #field " = " #value ")"))
  wide good = expected_wide(42), spoilt;
  bool passed = SPOILT(f0, 43) && SPOILT(f1, 42) && SPOILT(f2, STRING("43")) && SPOILT(f3, 45.5f) && SPOILT(f4, -46)
             && SPOILT(f5.len, 41) && SPOILT(f6, NAN) && SPOILT(f7, true) && SPOILT(f8, 'A')
             && SPOILT(f9.is_some, false) && SPOILT(f9.val, 42) && SPOILT(f10, 4294967348) && SPOILT(f11, 0)
             && SPOILT(f12, -54) && SPOILT(f13, INT32_MIN) && SPOILT(f14, 4294967295) && SPOILT(f15.f0, 42)
             && SPOILT(f15.f1, 42) && SPOILT(f16, STRING("")) && SPOILT(f17, -INFINITY) && SPOILT(f18, 4294967356)
             && SPOILT(f19, 255);
#undef SPOILT
  good.f5.ptr[41] = 42;
  passed = passed && check_unsigned(checks, 4294967295, test_arity_arity_seed_of(&good),
                                    "seed-of(wide of 42 with f5[41] = 42)");
  release(&good);
  return passed;
}

static bool divisions(checks *checks, uint32_t n) {
  caller_tuple20_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_t result;
  test_arity_arity_divisions(n, &result);
  uint32_t values[20];
  memcpy(values, &result, sizeof values);
  for (uint32_t divisor = 1; divisor <= 10; divisor++)
    if (!check_unsigned(checks, n / divisor, values[2 * divisor - 2], "divisions(%" PRIu32 ").%" PRIu32, n,
                        2 * divisor - 2)
        || !check_unsigned(checks, n % divisor, values[2 * divisor - 1], "divisions(%" PRIu32 ").%" PRIu32, n,
                           2 * divisor - 1))
      return false;
  return true;
}

bool exports_test_arity_check_arity_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = sums_of_u32s(&checks) && sums_of_mixed(&checks) && joins(&checks) && wides(&checks)
             && spoilt(&checks) && divisions(&checks, 0) && divisions(&checks, 7) && divisions(&checks, 2519)
             && divisions(&checks, 4294967295);
  return checks_result(&checks, passed, ret, err);
}
