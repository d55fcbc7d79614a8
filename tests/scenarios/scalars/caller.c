#include <float.h>

#include "caller.h"
#include "check.h"

#define NEXT(kind, type, argument, expected) \
  check_##kind(checks, expected, test_scalars_scalars_next_##type(argument), "next-" #type "(" #argument ")")

static bool integers(checks *checks) {
  return NEXT(unsigned, u8, 0, 1) && NEXT(unsigned, u8, 127, 128) && NEXT(unsigned, u8, 254, 255)
      && NEXT(unsigned, u8, 255, 0)
      && NEXT(signed, s8, 0, 1) && NEXT(signed, s8, -1, 0) && NEXT(signed, s8, -128, -127)
      && NEXT(signed, s8, 126, 127) && NEXT(signed, s8, 127, -128)
      && NEXT(unsigned, u16, 0, 1) && NEXT(unsigned, u16, 255, 256) && NEXT(unsigned, u16, 32767, 32768)
      && NEXT(unsigned, u16, 65535, 0)
      && NEXT(signed, s16, 0, 1) && NEXT(signed, s16, -1, 0) && NEXT(signed, s16, -32768, -32767)
      && NEXT(signed, s16, -129, -128) && NEXT(signed, s16, 32767, -32768)
      && NEXT(unsigned, u32, 0, 1) && NEXT(unsigned, u32, 2147483647, 2147483648) && NEXT(unsigned, u32, 4294967295, 0)
      && NEXT(signed, s32, 0, 1) && NEXT(signed, s32, -1, 0) && NEXT(signed, s32, INT32_MIN, -2147483647)
      && NEXT(signed, s32, 2147483647, INT32_MIN)
      && NEXT(unsigned, u64, 0, 1) && NEXT(unsigned, u64, 4294967295, 4294967296)
      && NEXT(unsigned, u64, 9007199254740992, 9007199254740993)
      && NEXT(unsigned, u64, 9223372036854775807, 9223372036854775808u) && NEXT(unsigned, u64, UINT64_MAX, 0)
      && NEXT(signed, s64, 0, 1) && NEXT(signed, s64, -1, 0) && NEXT(signed, s64, INT64_MIN, -9223372036854775807)
      && NEXT(signed, s64, -4294967297, -4294967296) && NEXT(signed, s64, INT64_MAX, INT64_MIN);
}

#define SUM(a, b, c, d, e, f, g, h, expected)                                      \
  check_signed(checks, expected, test_scalars_scalars_sum(a, b, c, d, e, f, g, h), \
               "sum(" #a ", " #b ", " #c ", " #d ", " #e ", " #f ", " #g ", " #h ")")

static bool sums(checks *checks) {
  return SUM(0, 0, 0, 0, 0, 0, 0, 0, 0)
      && SUM(1, 2, 4, 8, 16, 32, 64, 128, 255)
      && SUM(0, -1, 0, -1, 0, -1, 0, -1, -4)
      && SUM(255, 127, 65535, 32767, 4294967295, 2147483647, 0, 0, 6442549626)
      && SUM(0, -128, 0, -32768, 0, INT32_MIN, 0, 0, -2147516544)
      && SUM(0, 0, 0, 0, 0, 0, 9223372036854775808u, 0, INT64_MIN)
      && SUM(1, 0, 0, 0, 0, 0, 0, INT64_MAX, INT64_MIN)
      && SUM(255, -128, 65535, -32768, 4294967295, INT32_MIN, UINT64_MAX, INT64_MIN, -9223372034707259268);
}

static float f32_of_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static double f64_of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static bool f32s(checks *checks) {
  static const struct {
    float value;
    uint32_t bits;
  } cases[] = {
      {0, 0},
      {-0.0f, 0x80000000},
      {1, 0x3f800000},
      {-2.5f, 0xc0200000},
      {0.1f, 0x3dcccccd},
      {16777216, 0x4b800000},
      {FLT_TRUE_MIN, 1},
      {-0x0.fffffep-126f, 0x807fffff},
      {FLT_MIN, 0x00800000},
      {FLT_MAX, 0x7f7fffff},
      {-FLT_MAX, 0xff7fffff},
      {INFINITY, 0x7f800000},
      {-INFINITY, 0xff800000},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    float value = cases[i].value;
    uint32_t bits = cases[i].bits;
    if (!check_unsigned(checks, bits, test_scalars_scalars_bits_f32(value), "bits-f32(%.9g)", value)
        || !check_float(checks, value, test_scalars_scalars_from_bits_f32(bits), "from-bits-f32(%" PRIu32 ")", bits))
      return false;
  }

  static const uint32_t nans[] = {0x7fc00000, 0xffc00000, 0x7fd23456, 0xffffffff, 0x7f800001};
  for (size_t i = 0; i < sizeof nans / sizeof *nans; i++) {
    uint32_t bits = test_scalars_scalars_bits_f32(f32_of_bits(nans[i]));
    if (!check_float(checks, NAN, f32_of_bits(bits), "bits-f32(NaN 0x%" PRIx32 ") as a float", nans[i])
        || !check_float(checks, NAN, test_scalars_scalars_from_bits_f32(nans[i]), "from-bits-f32(%" PRIu32 ")",
                        nans[i]))
      return false;
  }
  return true;
}

static bool f64s(checks *checks) {
  static const struct {
    double value;
    uint64_t bits;
  } cases[] = {
      {0, 0},
      {-0.0, 0x8000000000000000},
      {1, 0x3ff0000000000000},
      {-2.5, 0xc004000000000000},
      {0.1, 0x3fb999999999999a},
      {9007199254740992, 0x4340000000000000},
      {DBL_TRUE_MIN, 1},
      {-0x0.fffffffffffffp-1022, 0x800fffffffffffff},
      {DBL_MIN, 0x0010000000000000},
      {DBL_MAX, 0x7fefffffffffffff},
      {-DBL_MAX, 0xffefffffffffffff},
      {INFINITY, 0x7ff0000000000000},
      {-INFINITY, 0xfff0000000000000},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double value = cases[i].value;
    uint64_t bits = cases[i].bits;
    if (!check_unsigned(checks, bits, test_scalars_scalars_bits_f64(value), "bits-f64(%.17g)", value)
        || !check_float(checks, value, test_scalars_scalars_from_bits_f64(bits), "from-bits-f64(%" PRIu64 ")", bits))
      return false;
  }

  static const uint64_t nans[] = {0x7ff8000000000000, 0xfff8000000000000, 0x7ff923456789abcd, UINT64_MAX,
                                  0x7ff0000000000001};
  for (size_t i = 0; i < sizeof nans / sizeof *nans; i++) {
    uint64_t bits = test_scalars_scalars_bits_f64(f64_of_bits(nans[i]));
    if (!check_float(checks, NAN, f64_of_bits(bits), "bits-f64(NaN 0x%" PRIx64 ") as a float", nans[i])
        || !check_float(checks, NAN, test_scalars_scalars_from_bits_f64(nans[i]), "from-bits-f64(%" PRIu64 ")",
                        nans[i]))
      return false;
  }
  return true;
}

#define DIVIDE(type, a, b, expected) \
  check_float(checks, expected, test_scalars_scalars_divide_##type(a, b), "divide-" #type "(" #a ", " #b ")")

static bool quotients(checks *checks) {
  return DIVIDE(f32, 1, 3, 0x1.555556p-2) && DIVIDE(f32, 1, 0, INFINITY) && DIVIDE(f32, -1, 0, -INFINITY)
      && DIVIDE(f32, 1, -0.0f, -INFINITY) && DIVIDE(f32, 0, 0, NAN) && DIVIDE(f32, INFINITY, INFINITY, NAN)
      && DIVIDE(f32, NAN, 1, NAN) && DIVIDE(f32, 1, -INFINITY, -0.0) && DIVIDE(f32, FLT_MAX, 0.5f, INFINITY)
      && DIVIDE(f32, FLT_MIN, 2, 0x1p-127) && DIVIDE(f32, FLT_TRUE_MIN, 2, 0)
      && DIVIDE(f64, 1, 3, 0x1.5555555555555p-2) && DIVIDE(f64, 1, 0, INFINITY) && DIVIDE(f64, -1, 0, -INFINITY)
      && DIVIDE(f64, 1, -0.0, -INFINITY) && DIVIDE(f64, 0, 0, NAN) && DIVIDE(f64, INFINITY, INFINITY, NAN)
      && DIVIDE(f64, NAN, 1, NAN) && DIVIDE(f64, 1, -INFINITY, -0.0) && DIVIDE(f64, DBL_MAX, 0.5, INFINITY)
      && DIVIDE(f64, DBL_MIN, 2, 0x1p-1023) && DIVIDE(f64, DBL_TRUE_MIN, 2, 0);
}

static bool bools(checks *checks) {
  return check_bool(checks, false, test_scalars_scalars_exclusive(false, false), "exclusive(false, false)")
      && check_bool(checks, true, test_scalars_scalars_exclusive(false, true), "exclusive(false, true)")
      && check_bool(checks, true, test_scalars_scalars_exclusive(true, false), "exclusive(true, false)")
      && check_bool(checks, false, test_scalars_scalars_exclusive(true, true), "exclusive(true, true)");
}

static bool chars(checks *checks) {
  static const struct {
    uint32_t c, next;
  } cases[] = {
      {0, 1},           {'a', 'b'},        {0x7f, 0x80},       {0x80, 0x81},         {0x7ff, 0x800}, {0xd7ff, 0xe000},
      {0xe000, 0xe001}, {0xffff, 0x10000}, {0x10000, 0x10001}, {0x10fffe, 0x10ffff}, {0x10ffff, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint32_t c = cases[i].c;
    if (!check_unsigned(checks, c, test_scalars_scalars_code(c), "code(U+%04" PRIX32 ")", c)
        || !check_char(checks, cases[i].next, test_scalars_scalars_next_char(c), "next-char(U+%04" PRIX32 ")", c))
      return false;
  }
  return true;
}

bool exports_test_scalars_check_scalars_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = integers(&checks) && sums(&checks) && f32s(&checks) && f64s(&checks) && quotients(&checks)
             && bools(&checks) && chars(&checks);
  return checks_result(&checks, passed, ret, err);
}
