#include "caller.h"
#include "check.h"

typedef test_records_records_mixed_t mixed;
typedef test_records_records_point_t point;
typedef test_records_records_segment_t segment;
typedef test_records_records_list_mixed_t list_mixed;
typedef test_records_records_list_point_t list_point;
typedef test_records_records_list_segment_t list_segment;

static bool check_mixed(checks *checks, mixed expected, mixed actual, const char *call) {
  return check_unsigned(checks, expected.a, actual.a, "%s.a", call)
      && check_unsigned(checks, expected.b, actual.b, "%s.b", call)
      && check_signed(checks, expected.c, actual.c, "%s.c", call)
      && check_unsigned(checks, expected.d, actual.d, "%s.d", call)
      && check_unsigned(checks, expected.e, actual.e, "%s.e", call)
      && check_float(checks, expected.f, actual.f, "%s.f", call)
      && check_bool(checks, expected.g, actual.g, "%s.g", call)
      && check_char(checks, expected.h, actual.h, "%s.h", call);
}

static bool check_point(checks *checks, point expected, point actual, const char *call) {
  return check_float(checks, expected.x, actual.x, "%s.x", call)
      && check_float(checks, expected.y, actual.y, "%s.y", call);
}

static bool bump(checks *checks, mixed m, mixed expected, const char *call) {
  mixed result;
  test_records_records_bump(&m, &result);
  return check_mixed(checks, expected, result, call);
}

static bool bumps(checks *checks) {
  return bump(checks, (mixed){0, 0, 0, 0, 0, 0, false, 0}, (mixed){1, 1, 1, 1, 1, 0, true, 1}, "bump(zeros)")
      && bump(checks, (mixed){255, UINT64_MAX, 127, 4294967295, 65535, -0.75, true, '}'},
              (mixed){0, 0, -128, 0, 0, -1.5, false, '~'}, "bump(largest)")
      && bump(checks, (mixed){127, 4294967295, -128, 2147483647, 255, 0x1p-1074, true, 'A'},
              (mixed){128, 4294967296, -127, 2147483648, 256, 0x1p-1073, false, 'B'}, "bump(carries)")
      && bump(checks, (mixed){1, 2, -1, 3, 4, -INFINITY, false, 'a'}, (mixed){2, 3, 0, 4, 5, -INFINITY, true, 'b'},
              "bump(-infinity)")
      && bump(checks, (mixed){1, 2, -2, 3, 4, NAN, false, 'a'}, (mixed){2, 3, -1, 4, 5, NAN, true, 'b'}, "bump(NaN)");
}

static bool folds(checks *checks) {
  list_mixed all = LIST(list_mixed, mixed, {200, UINT64_MAX, 100, 4294967295, 65535, 0.5, false, 0xe000},
                        {100, 2, 100, 2, 3, -2, true, 0x10ffff}, {1, 10, -1, 20, 30, 0.25, false, 'a'});
  mixed result;
  test_records_records_fold(&all, &result);
  if (!check_mixed(checks, (mixed){45, 11, -57, 21, 32, -1.25, true, 0x10ffff}, result, "fold(three)"))
    return false;

  all.len = 1;
  test_records_records_fold(&all, &result);
  if (!check_mixed(checks, all.ptr[0], result, "fold(one)"))
    return false;

  all.len = 0;
  test_records_records_fold(&all, &result);
  result.f += 0; // An empty sum may be -0.
  return check_mixed(checks, (mixed){0}, result, "fold([])");
}

static bool segments(checks *checks) {
  segment s = {{1, 2}, {4, -2}, STRING("é\0𝄞")}, result;
  test_records_records_reverse(&s, &result);
  bool passed = check_point(checks, s.to, result.from, "reverse((1, 2) to (4, -2)).from")
             && check_point(checks, s.from, result.to, "reverse((1, 2) to (4, -2)).to")
             && check_string(checks, STRING("é\0𝄞"), result.name, "reverse((1, 2) to (4, -2)).name")
             && check_float(checks, 25, test_records_records_length_squared(&s), "length-squared((1, 2) to (4, -2))");
  test_records_records_segment_free(&result);

  segment extreme = {{-0.0, NAN}, {INFINITY, 0x1p-1074}, STRING("")};
  test_records_records_reverse(&extreme, &result);
  passed = passed && check_point(checks, extreme.to, result.from, "reverse((-0, NaN) to (inf, 2^-1074)).from")
        && check_point(checks, extreme.from, result.to, "reverse((-0, NaN) to (inf, 2^-1074)).to")
        && check_string(checks, STRING(""), result.name, "reverse((-0, NaN) to (inf, 2^-1074)).name")
        && check_float(checks, 0, test_records_records_length_squared(&(segment){{7, 7}, {7, 7}, STRING("dot")}),
                       "length-squared((7, 7) to (7, 7))");
  test_records_records_segment_free(&result);
  return passed;
}

static bool connect(checks *checks, list_point points, size_t segments, const char *call) {
  test_records_records_path_t path;
  test_records_records_connect(&points, &path);
  bool passed = check_unsigned(checks, segments, path.segments.len, "number of segments of %s", call);
  for (size_t i = 0; passed && i < segments; i++) {
    char name[16];
    sprintf(name, "s%zu", i);
    segment s = path.segments.ptr[i];
    passed = check_point(checks, points.ptr[i], s.from, show("%s.segments[%zu].from", call, i).text)
          && check_point(checks, points.ptr[i + 1], s.to, show("%s.segments[%zu].to", call, i).text)
          && check_string(checks, (caller_string_t){(uint8_t *)name, strlen(name)}, s.name, "%s.segments[%zu].name",
                          call, i);
  }
  if (passed && points.len > 0) {
    point first = points.ptr[0], last = points.ptr[points.len - 1];
    passed = check_bool(checks, first.x == last.x && first.y == last.y, path.closed, "%s.closed", call);
  }
  test_records_records_path_free(&path);
  return passed;
}

static bool describe(checks *checks, test_records_records_path_t path, caller_string_t expected) {
  caller_string_t result;
  test_records_records_describe(&path, &result);
  bool passed = check_string(checks, expected, result, "describe(%zu segments, %s)", path.segments.len,
                             path.closed ? "closed" : "open");
  caller_string_free(&result);
  return passed;
}

static bool paths(checks *checks) {
  static point many[100];
  for (size_t i = 0; i < 100; i++)
    many[i] = (point){i, -0.5 * i};
  list_segment three = LIST(list_segment, segment, {{0, 0}, {1, 1}, STRING("a")}, {{1, 1}, {2, 2}, STRING("")},
                            {{2, 2}, {0, 0}, STRING("é€\0")});
  return connect(checks, (list_point){0}, 0, "connect([])")
      && connect(checks, LIST(list_point, point, {1, 2}), 0, "connect(one point)")
      && connect(checks, LIST(list_point, point, {1, 2}, {1, 2}), 1, "connect(the same point twice)")
      && connect(checks, LIST(list_point, point, {0, 0}, {3, 0}, {0, 4}), 2, "connect(open)")
      && connect(checks, LIST(list_point, point, {0, 0}, {3, 0}, {0, 4}, {0, 0}), 3, "connect(triangle)")
      && connect(checks, (list_point){many, 100}, 99, "connect(100 points)")
      && describe(checks, (test_records_records_path_t){three, true}, STRING("a--é€\0!"))
      && describe(checks, (test_records_records_path_t){three, false}, STRING("a--é€\0"))
      && describe(checks, (test_records_records_path_t){{three.ptr, 1}, true}, STRING("a!"))
      && describe(checks, (test_records_records_path_t){{0}, true}, STRING("!"))
      && describe(checks, (test_records_records_path_t){{0}, false}, STRING(""));
}

static bool swap(checks *checks, caller_tuple3_u8_u64_string_t t) {
  caller_tuple3_string_u64_u8_t result;
  test_records_records_swap(&t, &result);
  shown call = show("swap((%d, %" PRIu64 ", %s))", t.f0, t.f1, show_string(t.f2).text);
  bool passed = check_string(checks, t.f2, result.f0, "%s.0", call.text)
             && check_unsigned(checks, t.f1, result.f1, "%s.1", call.text)
             && check_unsigned(checks, t.f0, result.f2, "%s.2", call.text);
  caller_tuple3_string_u64_u8_free(&result);
  return passed;
}

static bool rotate(checks *checks, caller_tuple2_tuple2_u16_f32_string_t t) {
  caller_tuple2_u16_tuple2_f32_string_t result;
  test_records_records_rotate(&t, &result);
  shown call = show("rotate(((%d, %g), %s))", t.f0.f0, t.f0.f1, show_string(t.f1).text);
  bool passed = check_unsigned(checks, t.f0.f0, result.f0, "%s.0", call.text)
             && check_float(checks, t.f0.f1, result.f1.f0, "%s.1.0", call.text)
             && check_string(checks, t.f1, result.f1.f1, "%s.1.1", call.text);
  caller_tuple2_u16_tuple2_f32_string_free(&result);
  return passed;
}

static bool single(checks *checks, uint32_t n, uint32_t expected) {
  caller_tuple1_u32_t argument = {n}, result;
  test_records_records_single(&argument, &result);
  return check_unsigned(checks, expected, result.f0, "single((%" PRIu32 "))", n);
}

static bool tuples(checks *checks) {
  return swap(checks, (caller_tuple3_u8_u64_string_t){0, 0, STRING("")})
      && swap(checks, (caller_tuple3_u8_u64_string_t){255, UINT64_MAX, STRING("é\0𝄞")})
      && rotate(checks, (caller_tuple2_tuple2_u16_f32_string_t){{0, -0.0f}, STRING("")})
      && rotate(checks, (caller_tuple2_tuple2_u16_f32_string_t){{65535, 0.1f}, STRING("é\0𝄞")})
      && rotate(checks, (caller_tuple2_tuple2_u16_f32_string_t){{1, NAN}, STRING("x")})
      && single(checks, 0, 0) && single(checks, 21, 42) && single(checks, 2147483648, 0)
      && single(checks, 4294967295, 4294967294);
}

static bool squares(checks *checks) {
  caller_list_u32_t numbers = LIST(caller_list_u32_t, uint32_t, 0, 1, 12, 65536, 4294967295);
  static const uint64_t expected[] = {0, 1, 144, 4294967296, 18446744065119617025u};
  caller_list_tuple2_u32_u64_t result;
  test_records_records_squares(&numbers, &result);
  bool passed = check_unsigned(checks, numbers.len, result.len, "length of squares([0, 1, 12, 65536, 4294967295])");
  for (size_t i = 0; passed && i < result.len; i++)
    passed = check_unsigned(checks, numbers.ptr[i], result.ptr[i].f0, "squares([..., %" PRIu32 ", ...])[%zu].0",
                            numbers.ptr[i], i)
          && check_unsigned(checks, expected[i], result.ptr[i].f1, "squares([..., %" PRIu32 ", ...])[%zu].1",
                            numbers.ptr[i], i);
  caller_list_tuple2_u32_u64_free(&result);

  test_records_records_squares(&(caller_list_u32_t){0}, &result);
  passed = passed && check_unsigned(checks, 0, result.len, "length of squares([])");
  caller_list_tuple2_u32_u64_free(&result);
  return passed;
}

bool exports_test_records_check_records_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = bumps(&checks) && folds(&checks) && segments(&checks) && paths(&checks) && tuples(&checks)
             && squares(&checks);
  return checks_result(&checks, passed, ret, err);
}
