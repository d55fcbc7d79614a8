#include "caller.h"
#include "check.h"

#define ALL_ONE TEST_BIT_FLAGS_BIT_FLAGS_ONE_B0
#define ALL_EIGHT 0xff
#define ALL_NINE 0x1ff
#define ALL_FULL 0xffffffff

typedef test_bit_flags_bit_flags_list_nine_t list_nine;
typedef test_bit_flags_bit_flags_nine_t nine;

static bool complement(checks *checks, uint32_t flags) {
  return check_unsigned(checks, ~flags & ALL_ONE, test_bit_flags_bit_flags_complement_one(flags & ALL_ONE),
                        "complement-one(%" PRIu32 ")", flags & ALL_ONE)
      && check_unsigned(checks, ~flags & ALL_EIGHT, test_bit_flags_bit_flags_complement_eight(flags & ALL_EIGHT),
                        "complement-eight(%" PRIu32 ")", flags & ALL_EIGHT)
      && check_unsigned(checks, ~flags & ALL_NINE, test_bit_flags_bit_flags_complement_nine(flags & ALL_NINE),
                        "complement-nine(%" PRIu32 ")", flags & ALL_NINE)
      && check_unsigned(checks, ~flags & ALL_FULL, test_bit_flags_bit_flags_complement_full(flags),
                        "complement-full(%" PRIu32 ")", flags);
}

static bool complements(checks *checks) {
  for (int bit = 0; bit < 32; bit++)
    if (!complement(checks, UINT32_C(1) << bit))
      return false;
  return complement(checks, 0) && complement(checks, ALL_FULL) && complement(checks, 0xa5a5a5a5);
}

static bool pairs(checks *checks) {
  for (int i = 0; i < 9; i++)
    for (int j = 0; j < 9; j++) {
      if (!check_unsigned(checks, i == j ? 1 << i : 0, test_bit_flags_bit_flags_intersect_nine(1 << i, 1 << j),
                          "intersect-nine(b%d, b%d)", i, j))
        return false;
      if (i < 8 && j < 8
          && !check_unsigned(checks, i == j ? 1 << i : (1 << i) + (1 << j),
                             test_bit_flags_bit_flags_union_eight(1 << i, 1 << j), "union-eight(b%d, b%d)", i, j))
        return false;
    }
  return check_unsigned(checks, 0, test_bit_flags_bit_flags_union_eight(0, 0), "union-eight(none, none)")
      && check_unsigned(checks, ALL_EIGHT, test_bit_flags_bit_flags_union_eight(0xaa, 0x55), "union-eight(odd, even)")
      && check_unsigned(checks, 0, test_bit_flags_bit_flags_intersect_nine(0xaa, 0x155), "intersect-nine(odd, even)")
      && check_unsigned(checks, ALL_NINE, test_bit_flags_bit_flags_intersect_nine(ALL_NINE, ALL_NINE),
                        "intersect-nine(all, all)");
}

static bool count(checks *checks, uint32_t flags, uint32_t expected) {
  return check_unsigned(checks, expected, test_bit_flags_bit_flags_count_full(flags), "count-full(%" PRIu32 ")", flags);
}

static bool collect(checks *checks, caller_list_u8_t numbers, uint32_t expected, const char *call) {
  return check_unsigned(checks, expected, test_bit_flags_bit_flags_collect_full(&numbers), "%s", call);
}

static bool full(checks *checks) {
  uint8_t descending[32];
  for (uint8_t bit = 0; bit < 32; bit++) {
    descending[31 - bit] = bit;
    uint32_t flag = UINT32_C(1) << bit;
    if (!count(checks, flag, 1)
        || !collect(checks, (caller_list_u8_t){&bit, 1}, flag, show("collect-full([%d])", bit).text))
      return false;
  }
  return count(checks, 0, 0) && count(checks, ALL_FULL, 32) && count(checks, 0x80000001, 2)
      && collect(checks, (caller_list_u8_t){0}, 0, "collect-full([])")
      && collect(checks, (caller_list_u8_t){descending, 32}, ALL_FULL, "collect-full([31, 30, ..., 0])")
      && collect(checks, LIST(caller_list_u8_t, uint8_t, 31, 8, 31, 0, 8), 0x80000101,
                 "collect-full([31, 8, 31, 0, 8])");
}

static bool parity(checks *checks, list_nine all, nine expected, const char *call) {
  return check_unsigned(checks, expected, test_bit_flags_bit_flags_parity_nine(&all), "%s", call);
}

static bool parities(checks *checks) {
  static nine many[100001];
  for (size_t i = 0; i < 100001; i++)
    many[i] = 0x101;
  return parity(checks, (list_nine){0}, 0, "parity-nine([])")
      && parity(checks, LIST(list_nine, nine, ALL_NINE), ALL_NINE, "parity-nine([all])")
      && parity(checks, LIST(list_nine, nine, ALL_NINE, 0, ALL_NINE), 0, "parity-nine([all, none, all])")
      && parity(checks, LIST(list_nine, nine, 0x100, 0x101, 0x183), 0x182, "parity-nine([b8, b8 b0, b8 b7 b1 b0])")
      && parity(checks, (list_nine){many, 100001}, 0x101, "parity-nine(100001 times b8 b0)");
}

static bool mirror(checks *checks, uint32_t flags) {
  test_bit_flags_bit_flags_tuple4_one_eight_nine_full_t all = {flags & ALL_ONE, flags & ALL_EIGHT, flags & ALL_NINE,
                                                               flags};
  test_bit_flags_bit_flags_tuple4_full_nine_eight_one_t result;
  test_bit_flags_bit_flags_mirror(&all, &result);
  return check_unsigned(checks, ~flags & ALL_FULL, result.f0, "mirror(bits of %" PRIu32 ").0", flags)
      && check_unsigned(checks, ~flags & ALL_NINE, result.f1, "mirror(bits of %" PRIu32 ").1", flags)
      && check_unsigned(checks, ~flags & ALL_EIGHT, result.f2, "mirror(bits of %" PRIu32 ").2", flags)
      && check_unsigned(checks, ~flags & ALL_ONE, result.f3, "mirror(bits of %" PRIu32 ").3", flags);
}

bool exports_test_bit_flags_check_bit_flags_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = complements(&checks) && pairs(&checks) && full(&checks) && parities(&checks) && mirror(&checks, 0)
             && mirror(&checks, ALL_FULL) && mirror(&checks, 0x80000100) && mirror(&checks, 0x5a5a5a5a);
  return checks_result(&checks, passed, ret, err);
}
