#include "caller.h"
#include "check.h"

typedef test_versions_versions_old_size_t old_size;
typedef test_versions_versions_new_size_t new_size;
typedef test_versions_versions_unit_t unit;

enum { PIXELS = DEP_GEOMETRY_2_0_0_SHAPES_UNIT_PIXELS, POINTS = DEP_GEOMETRY_2_0_0_SHAPES_UNIT_POINTS, MANY = 100000 };

static bool double_old(checks *checks, uint16_t width, uint16_t height, uint16_t wider, uint16_t higher) {
  old_size result;
  test_versions_versions_double_old(&(old_size){width, height}, &result);
  return check_unsigned(checks, wider, result.width, "double-old(%d x %d).width", width, height)
      && check_unsigned(checks, higher, result.height, "double-old(%d x %d).height", width, height);
}

static bool upgrade(checks *checks, uint16_t width, uint16_t height, unit u) {
  new_size result;
  test_versions_versions_upgrade(&(old_size){width, height}, u, &result);
  return check_unsigned(checks, width, result.width, "upgrade(%d x %d, unit %d).width", width, height, u)
      && check_unsigned(checks, height, result.height, "upgrade(%d x %d, unit %d).height", width, height, u)
      && check_unsigned(checks, u, result.unit, "upgrade(%d x %d, unit %d).unit", width, height, u);
}

static shown show_downgrade(new_size s) {
  return show("downgrade(%" PRIu64 " x %" PRIu64 ", unit %d)", s.width, s.height, s.unit);
}

static bool downgrade(checks *checks, new_size s) {
  old_size result;
  caller_string_t error;
  if (test_versions_versions_downgrade(&s, &result, &error))
    return check_unsigned(checks, s.width, result.width, "%s.width", show_downgrade(s).text)
        && check_unsigned(checks, s.height, result.height, "%s.height", show_downgrade(s).text);
  caller_string_free(&error);
  return check_bool(checks, true, false, "is-ok(%s)", show_downgrade(s).text);
}

static bool no_downgrade(checks *checks, new_size s, caller_string_t expected) {
  old_size result;
  caller_string_t error;
  if (test_versions_versions_downgrade(&s, &result, &error))
    return check_bool(checks, false, true, "is-ok(%s)", show_downgrade(s).text);
  bool passed = check_string(checks, expected, error, "error of %s", show_downgrade(s).text);
  caller_string_free(&error);
  return passed;
}

static bool downgrades(checks *checks) {
  return downgrade(checks, (new_size){0, 0, PIXELS}) && downgrade(checks, (new_size){1, 2, POINTS})
      && downgrade(checks, (new_size){65535, 65535, POINTS})
      && no_downgrade(checks, (new_size){65536, 1, PIXELS}, STRING("65536"))
      && no_downgrade(checks, (new_size){65535, 65537, POINTS}, STRING("65537"))
      && no_downgrade(checks, (new_size){4294967296, 70000, PIXELS}, STRING("4294967296"))
      && no_downgrade(checks, (new_size){9223372036854775808u, UINT64_MAX, POINTS}, STRING("18446744073709551615"));
}

static bool census(checks *checks, test_versions_versions_list_new_size_t sizes, uint32_t pixels, uint32_t points) {
  caller_tuple2_u32_u32_t result;
  test_versions_versions_census(&sizes, &result);
  return check_unsigned(checks, pixels, result.f0, "census(%zu sizes).0", sizes.len)
      && check_unsigned(checks, points, result.f1, "census(%zu sizes).1", sizes.len);
}

static bool censuses(checks *checks) {
  static new_size many[MANY];
  for (size_t i = 0; i < MANY; i++)
    many[i] = (new_size){i, UINT64_MAX - i, i % 4 == 0 ? PIXELS : POINTS};
  return census(checks, (test_versions_versions_list_new_size_t){0}, 0, 0)
      && census(checks, (test_versions_versions_list_new_size_t){many, 1}, 1, 0)
      && census(checks, (test_versions_versions_list_new_size_t){many + 1, 1}, 0, 1)
      && census(checks, (test_versions_versions_list_new_size_t){many, MANY}, 25000, 75000);
}

bool exports_test_versions_check_versions_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = double_old(&checks, 0, 0, 0, 0) && double_old(&checks, 1, 32767, 2, 65534)
             && double_old(&checks, 32768, 65535, 0, 65534) && upgrade(&checks, 0, 0, PIXELS)
             && upgrade(&checks, 65535, 1, POINTS) && upgrade(&checks, 1, 65535, PIXELS) && downgrades(&checks)
             && censuses(&checks);
  return checks_result(&checks, passed, ret, err);
}
