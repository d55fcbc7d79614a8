#include <float.h>
#include <stdlib.h>

#include "caller.h"
#include "check.h"

enum { MANY = 100000 };

typedef test_variants_variants_value_t value;
typedef test_variants_variants_word_t word;
typedef test_variants_variants_double_word_t double_word;
typedef test_variants_variants_list_value_t list_value;

DEFINE_CHECK_LIST(check_u32s, show_u32s, caller_list_u32_t, SAME_ELEMENTS, show_unsigned)

#define NOTHING ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_NOTHING})
#define SMALL(x) ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_SMALL, .val.small = (x)})
#define LARGE(n) ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_LARGE, .val.large = (n)})
#define TEXT(literal) ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_TEXT, .val.text = STRING(literal)})
#define BOTH(n, x) ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_BOTH, .val.both = {n, x}})
#define NUMBERS(...) \
  ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_NUMBERS, .val.numbers = LIST(caller_list_u32_t, uint32_t, __VA_ARGS__)})
#define NO_NUMBERS ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_NUMBERS, .val.numbers = {0}})
#define SIZED(width, height) ((value){.tag = TEST_VARIANTS_VARIANTS_VALUE_SIZED, .val.sized = {width, height}})

#define INT_WORD(n) ((word){.tag = TEST_VARIANTS_VARIANTS_WORD_INT, .val.int_ = (n)})
#define FLOAT_WORD(x) ((word){.tag = TEST_VARIANTS_VARIANTS_WORD_FLOAT, .val.float_ = (x)})
#define INT_DOUBLE_WORD(n) ((double_word){.tag = TEST_VARIANTS_VARIANTS_DOUBLE_WORD_INT, .val.int_ = (n)})
#define FLOAT_DOUBLE_WORD(x) ((double_word){.tag = TEST_VARIANTS_VARIANTS_DOUBLE_WORD_FLOAT, .val.float_ = (x)})
#define WORD_DOUBLE_WORD(w) ((double_word){.tag = TEST_VARIANTS_VARIANTS_DOUBLE_WORD_WORD, .val.word = w})

static bool check_value(checks *checks, value expected, value actual, const char *call) {
  if (!check_unsigned(checks, expected.tag, actual.tag, "case of %s", call))
    return false;
  switch (expected.tag) {
    case TEST_VARIANTS_VARIANTS_VALUE_SMALL:
      return check_float(checks, expected.val.small, actual.val.small, "%s", call);
    case TEST_VARIANTS_VARIANTS_VALUE_LARGE:
      return check_unsigned(checks, expected.val.large, actual.val.large, "%s", call);
    case TEST_VARIANTS_VARIANTS_VALUE_TEXT:
      return check_string(checks, expected.val.text, actual.val.text, "%s", call);
    case TEST_VARIANTS_VARIANTS_VALUE_BOTH:
      return check_unsigned(checks, expected.val.both.f0, actual.val.both.f0, "%s.0", call)
          && check_float(checks, expected.val.both.f1, actual.val.both.f1, "%s.1", call);
    case TEST_VARIANTS_VARIANTS_VALUE_NUMBERS:
      return check_u32s(checks, expected.val.numbers, actual.val.numbers, "%s", call);
    case TEST_VARIANTS_VARIANTS_VALUE_SIZED:
      return check_unsigned(checks, expected.val.sized.width, actual.val.sized.width, "%s.width", call)
          && check_float(checks, expected.val.sized.height, actual.val.sized.height, "%s.height", call);
    default:
      return true;
  }
}

/// The generated `value_free` forgets the numbers when an interface before this one has a `list<u32>`.
static void free_value(value *v) {
  if (v->tag == TEST_VARIANTS_VARIANTS_VALUE_TEXT)
    caller_string_free(&v->val.text);
  if (v->tag == TEST_VARIANTS_VARIANTS_VALUE_NUMBERS)
    caller_list_u32_free(&v->val.numbers);
}

static bool name(checks *checks, value v, caller_string_t expected) {
  caller_string_t result;
  test_variants_variants_name(&v, &result);
  bool passed = check_string(checks, expected, result, "name(case %d)", v.tag);
  caller_string_free(&result);
  return passed;
}

static bool names(checks *checks) {
  return name(checks, NOTHING, STRING("nothing")) && name(checks, SMALL(NAN), STRING("small"))
      && name(checks, LARGE(UINT64_MAX), STRING("large")) && name(checks, TEXT(""), STRING("text"))
      && name(checks, BOTH(255, -INFINITY), STRING("both")) && name(checks, NO_NUMBERS, STRING("numbers"))
      && name(checks, SIZED(65535, -0.0), STRING("sized"));
}

static bool make(checks *checks, uint32_t kind, uint64_t n, caller_string_t text, value expected) {
  value result;
  test_variants_variants_make(kind, n, &text, &result);
  shown call = show("make(%" PRIu32 ", %" PRIu64 ", %s)", kind, n, show_string(text).text);
  bool passed = check_value(checks, expected, result, call.text);
  free_value(&result);
  return passed;
}

static bool makes(checks *checks) {
  static uint32_t many[MANY];
  for (uint32_t i = 0; i < MANY; i++)
    many[i] = i;
  value many_numbers = {.tag = TEST_VARIANTS_VARIANTS_VALUE_NUMBERS, .val.numbers = {many, MANY}};
  return make(checks, 0, 1, STRING("x"), NOTHING)
      && make(checks, 1, 16777216, STRING("x"), SMALL(0x1p24f))
      && make(checks, 2, UINT64_MAX, STRING("x"), LARGE(UINT64_MAX))
      && make(checks, 3, 1, STRING("é\0𝄞"), TEXT("é\0𝄞"))
      && make(checks, 4, 9007199254740991, STRING("x"), BOTH(255, 9007199254740991))
      && make(checks, 5, 4, STRING("x"), NUMBERS(0, 1, 2, 3))
      && make(checks, 6, 65537, STRING("x"), SIZED(1, 65537))
      && make(checks, 7, 0, STRING(""), NOTHING)
      && make(checks, 8, 0, STRING(""), SMALL(0))
      && make(checks, 9, 0, STRING(""), LARGE(0))
      && make(checks, 4294967295, 0, STRING(""), TEXT(""))
      && make(checks, 11, 0, STRING(""), BOTH(0, 0))
      && make(checks, 12, 0, STRING(""), NO_NUMBERS)
      && make(checks, 12, MANY, STRING(""), many_numbers)
      && make(checks, 13, 0, STRING(""), SIZED(0, 0));
}

static bool grow(checks *checks, value v, value expected, const char *call) {
  value result;
  test_variants_variants_grow(&v, &result);
  bool passed = check_value(checks, expected, result, call);
  free_value(&result);
  return passed;
}

static bool grows(checks *checks) {
  return grow(checks, NOTHING, NOTHING, "grow(nothing)")
      && grow(checks, SMALL(-0.0f), SMALL(-0.0f), "grow(small(-0))")
      && grow(checks, SMALL(FLT_TRUE_MIN), SMALL(0x1p-148f), "grow(small(2^-149))")
      && grow(checks, SMALL(FLT_MAX / 2), SMALL(FLT_MAX), "grow(small(largest / 2))")
      && grow(checks, SMALL(-INFINITY), SMALL(-INFINITY), "grow(small(-inf))")
      && grow(checks, SMALL(NAN), SMALL(NAN), "grow(small(NaN))")
      && grow(checks, LARGE(4294967295), LARGE(8589934590), "grow(large(4294967295))")
      && grow(checks, LARGE(UINT64_MAX), LARGE(UINT64_MAX - 1), "grow(large(18446744073709551615))")
      && grow(checks, TEXT(""), TEXT(""), "grow(text(\"\"))")
      && grow(checks, TEXT("é\0"), TEXT("é\0é\0"), "grow(text(\"\\xc3\\xa9\\x00\"))")
      && grow(checks, BOTH(200, -1.25), BOTH(144, -2.5), "grow(both(200, -1.25))")
      && grow(checks, BOTH(255, DBL_TRUE_MIN), BOTH(254, 0x1p-1073), "grow(both(255, 2^-1074))")
      && grow(checks, NO_NUMBERS, NO_NUMBERS, "grow(numbers([]))")
      && grow(checks, NUMBERS(7, 4294967295), NUMBERS(7, 4294967295, 7, 4294967295), "grow(numbers([7, 4294967295]))")
      && grow(checks, SIZED(65535, DBL_MAX / 2), SIZED(65534, DBL_MAX), "grow(sized(65535, largest / 2))");
}

static bool totals(checks *checks) {
  list_value values = LIST(list_value, value, NOTHING, SMALL(0.5f), LARGE(1099511627776), TEXT("é\0"), BOTH(255, -0.25),
                           NUMBERS(4294967295, 4294967295), NO_NUMBERS, SIZED(65535, 1024));
  return check_float(checks, 1099511627776 + 8589934590 + 66817.25, test_variants_variants_total(&values),
                     "total(every case)")
      // An empty sum may be -0.
      && check_float(checks, 0, test_variants_variants_total(&(list_value){0}) + 0, "total([])")
      && check_float(checks, INFINITY,
                     test_variants_variants_total(&LIST(list_value, value, LARGE(1), SMALL(INFINITY))),
                     "total([large(1), small(inf)])");
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

/// The bits of a NaN are free.
static bool check_word(checks *checks, word expected, word actual, const char *call) {
  if (!check_unsigned(checks, expected.tag, actual.tag, "case of %s", call))
    return false;
  if (expected.tag == TEST_VARIANTS_VARIANTS_WORD_FLOAT)
    return check_float(checks, expected.val.float_, actual.val.float_, "%s", call);
  if (isnan(f32_of_bits(expected.val.int_)))
    return check_float(checks, NAN, f32_of_bits(actual.val.int_), "%s as a float", call);
  return check_unsigned(checks, expected.val.int_, actual.val.int_, "%s", call);
}

static bool check_double_word(checks *checks, double_word expected, double_word actual, const char *call) {
  if (!check_unsigned(checks, expected.tag, actual.tag, "case of %s", call))
    return false;
  if (expected.tag == TEST_VARIANTS_VARIANTS_DOUBLE_WORD_WORD)
    return check_word(checks, expected.val.word, actual.val.word, call);
  if (expected.tag == TEST_VARIANTS_VARIANTS_DOUBLE_WORD_FLOAT)
    return check_float(checks, expected.val.float_, actual.val.float_, "%s", call);
  if (isnan(f64_of_bits(expected.val.int_)))
    return check_float(checks, NAN, f64_of_bits(actual.val.int_), "%s as a float", call);
  return check_signed(checks, expected.val.int_, actual.val.int_, "%s", call);
}

static bool words(checks *checks) {
  static const struct {
    uint32_t bits;
    float x;
  } cases[] = {{0, 0},
               {0x80000000, -0.0f},
               {0x3f800000, 1},
               {1, FLT_TRUE_MIN},
               {0x7f7fffff, FLT_MAX},
               {0xff800000, -INFINITY},
               {0x7fd23456, NAN},
               {0xffffffff, NAN}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint32_t bits = cases[i].bits;
    // A NaN with this payload, where it is one.
    word as_int = INT_WORD(bits), as_float = FLOAT_WORD(f32_of_bits(bits)), result;
    double_word int_within = WORD_DOUBLE_WORD(as_int), float_within = WORD_DOUBLE_WORD(as_float), double_result;

    test_variants_variants_reinterpret(&as_int, &result);
    if (!check_word(checks, FLOAT_WORD(cases[i].x), result, show("reinterpret(int(%" PRIu32 "))", bits).text))
      return false;
    test_variants_variants_reinterpret(&as_float, &result);
    if (!check_word(checks, INT_WORD(bits), result, show("reinterpret(float(%.9g))", cases[i].x).text))
      return false;
    test_variants_variants_reinterpret_double(&int_within, &double_result);
    if (!check_double_word(checks, float_within, double_result,
                           show("reinterpret-double(word(int(%" PRIu32 ")))", bits).text))
      return false;
    test_variants_variants_reinterpret_double(&float_within, &double_result);
    if (!check_double_word(checks, int_within, double_result,
                           show("reinterpret-double(word(float(%.9g)))", cases[i].x).text))
      return false;
  }
  return true;
}

static bool double_words(checks *checks) {
  static const struct {
    int64_t bits;
    double x;
  } cases[] = {{0, 0},
               {INT64_MIN, -0.0},
               {0x3ff0000000000000, 1},
               {1, DBL_TRUE_MIN},
               {0x7fefffffffffffff, DBL_MAX},
               {-4503599627370496, -INFINITY},
               {0x7ff923456789abcd, NAN},
               {-1, NAN}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t bits = cases[i].bits;
    double_word as_int = INT_DOUBLE_WORD(bits), as_float = FLOAT_DOUBLE_WORD(f64_of_bits(bits)), result;
    test_variants_variants_reinterpret_double(&as_int, &result);
    if (!check_double_word(checks, FLOAT_DOUBLE_WORD(cases[i].x), result,
                           show("reinterpret-double(int(%" PRId64 "))", bits).text))
      return false;
    test_variants_variants_reinterpret_double(&as_float, &result);
    if (!check_double_word(checks, as_int, result, show("reinterpret-double(float(%.17g))", cases[i].x).text))
      return false;
  }
  return true;
}

static bool reverse(checks *checks, list_value values) {
  list_value result;
  test_variants_variants_reverse(&values, &result);
  bool passed = check_unsigned(checks, values.len, result.len, "length of reverse(%zu values)", values.len);
  for (size_t i = 0; passed && i < values.len; i++)
    passed = check_value(checks, values.ptr[values.len - 1 - i], result.ptr[i],
                         show("reverse(%zu values)[%zu]", values.len, i).text);
  for (size_t i = 0; i < result.len; i++)
    free_value(&result.ptr[i]);
  if (result.len > 0)
    free(result.ptr);
  return passed;
}

static bool reverses(checks *checks) {
  return reverse(checks, (list_value){0})
      && reverse(checks, LIST(list_value, value, TEXT("one")))
      && reverse(checks, LIST(list_value, value, NOTHING, SMALL(FLT_MAX), SMALL(f32_of_bits(0x7fd23456)),
                              LARGE(UINT64_MAX), TEXT("é\0𝄞"), TEXT(""), BOTH(255, -DBL_MAX), NUMBERS(0, 4294967295),
                              NO_NUMBERS, SIZED(65535, -0.0), SIZED(0, NAN), NOTHING));
}

bool exports_test_variants_check_variants_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = names(&checks) && makes(&checks) && grows(&checks) && totals(&checks) && words(&checks)
             && double_words(&checks) && reverses(&checks);
  return checks_result(&checks, passed, ret, err);
}
