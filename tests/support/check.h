/// Counts the checks of a caller and words the first that fails.
///
/// Every kind of value has a function `check_<kind>(checks, expected, actual, call, ...)`, where `call` and what
/// follows are as for `printf`. It is true when the check passed, so that a chain of `&&` ends at the first failure.
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "caller.h"

/// The checks of one run.
typedef struct {
  uint32_t count;
  char failure[640];
} checks;

/// The result of `run`.
static inline bool checks_result(const checks *checks, bool passed, uint32_t *ret, caller_string_t *err) {
  if (passed)
    *ret = checks->count;
  else
    caller_string_dup(err, checks->failure);
  return passed;
}

/// A string of a literal, which may hold NULs.
#define STRING(literal) ((caller_string_t){(uint8_t *)(literal), sizeof(literal) - 1})

/// A generated list of at least one element: `LIST(caller_list_u8_t, uint8_t, 1, 2, 3)`.
#define LIST(list, element, ...) \
  ((list){(element[]){__VA_ARGS__}, sizeof((element[]){__VA_ARGS__}) / sizeof(element)})

/// How many characters of a value are shown.
#define SHOWN_LENGTH 80

/// A value as ASCII text of one line, abbreviated when it is long.
typedef struct {
  char text[2 * SHOWN_LENGTH];
} shown;

__attribute__((format(printf, 1, 2))) static inline shown show(const char *format, ...) {
  shown shown;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(shown.text, sizeof shown.text, format, arguments);
  va_end(arguments);
  return shown;
}

static inline shown show_bool(bool value) { return show("%s", value ? "true" : "false"); }
static inline shown show_char(uint32_t value) { return show("U+%04" PRIX32, value); }
static inline shown show_signed(int64_t value) { return show("%" PRId64, value); }
static inline shown show_unsigned(uint64_t value) { return show("%" PRIu64, value); }
static inline shown show_float(double value) { return show("%.17g", value); }

static inline shown show_string(caller_string_t string) {
  shown shown = {"\""};
  size_t used = 1, i = 0;
  for (; i < string.len && used < SHOWN_LENGTH; i++) {
    bool printable = string.ptr[i] >= ' ' && string.ptr[i] <= '~';
    used += sprintf(shown.text + used, printable ? "%c" : "\\x%02x", string.ptr[i]);
  }
  if (i == string.len)
    strcpy(shown.text + used, "\"");
  else
    sprintf(shown.text + used, "...\" (%zu bytes)", string.len);
  return shown;
}

static inline void checks_fail(checks *checks, shown expected, shown actual, const char *call, va_list arguments) {
  char called[240];
  vsnprintf(called, sizeof called, call, arguments);
  snprintf(checks->failure, sizeof checks->failure, "%s: expected %s, got %s", called, expected.text, actual.text);
}

/// Defines the function `name`, which checks values of one type.
#define DEFINE_CHECK(name, type, equal, show)                                                         \
  __attribute__((format(printf, 4, 5)))                                                               \
  static inline bool name(checks *checks, type expected, type actual, const char *call, ...) {        \
    checks->count++;                                                                                  \
    if (equal(expected, actual))                                                                      \
      return true;                                                                                    \
    va_list arguments;                                                                                \
    va_start(arguments, call);                                                                        \
    checks_fail(checks, show(expected), show(actual), call, arguments);                               \
    va_end(arguments);                                                                                \
    return false;                                                                                     \
  }

#define SAME_VALUE(a, b) ((a) == (b))

/// Any NaN is as good as any other; but 0 is not -0.
#define SAME_FLOAT(a, b) (isnan(a) ? isnan(b) : (a) == (b) && signbit(a) == signbit(b))

/// Of strings and of lists of integers.
#define SAME_ELEMENTS(a, b) ((a).len == (b).len && memcmp((a).ptr, (b).ptr, (a).len * sizeof *(a).ptr) == 0)

DEFINE_CHECK(check_bool, bool, SAME_VALUE, show_bool)
DEFINE_CHECK(check_char, uint32_t, SAME_VALUE, show_char)
DEFINE_CHECK(check_signed, int64_t, SAME_VALUE, show_signed)
DEFINE_CHECK(check_unsigned, uint64_t, SAME_VALUE, show_unsigned)
DEFINE_CHECK(check_float, double, SAME_FLOAT, show_float)
DEFINE_CHECK(check_string, caller_string_t, SAME_ELEMENTS, show_string)

/// Defines the functions `check` and `show` for a generated list.
#define DEFINE_CHECK_LIST(check, show, list, equal, show_element)                                            \
  static inline shown show(list elements) {                                                                  \
    shown shown = {"["};                                                                                     \
    size_t used = 1, i = 0;                                                                                  \
    for (; i < elements.len && used < SHOWN_LENGTH; i++)                                                     \
      used += sprintf(shown.text + used, "%s%.24s", i == 0 ? "" : ", ", show_element(elements.ptr[i]).text); \
    if (i == elements.len)                                                                                   \
      strcpy(shown.text + used, "]");                                                                        \
    else                                                                                                     \
      sprintf(shown.text + used, ", ...] (%zu elements)", elements.len);                                     \
    return shown;                                                                                            \
  }                                                                                                          \
  DEFINE_CHECK(check, list, equal, show)

#endif
