#include "caller.h"
#include "check.h"

#include <string.h>

static bool same(caller_string_t text, const char *expected) {
  return text.len == strlen(expected) && memcmp(text.ptr, expected, text.len) == 0;
}

static void join(const char *a, const char *b, size_t a_units, size_t b_units, const char *expected) {
  caller_string_t parts[2];
  caller_string_set(&parts[0], a);
  caller_string_set(&parts[1], b);
  caller_list_string_t list = {parts, 2};
  test_encodings_texts_tuple2_string_list_both_t result;
  test_encodings_texts_join(&list, &result);
  CHECK(same(result.f0, expected));
  CHECK(result.f1.len == 2);
  CHECK(same(result.f1.ptr[0].name, a) && result.f1.ptr[0].length == a_units);
  CHECK(same(result.f1.ptr[1].name, b) && result.f1.ptr[1].length == b_units);
  test_encodings_texts_tuple2_string_list_both_free(&result);
}

static void repeat(const char *letter, uint32_t count, const char *expected) {
  caller_string_t text, result;
  caller_string_set(&text, letter);
  test_encodings_texts_repeat(&text, count, &result);
  CHECK(same(result, expected));
  caller_string_free(&result);
}

static void all(void) {
  join("", "", 0, 0, "");
  join("plain", "", 5, 0, "plain");
  join("caf\u00e9", "\u00ff", 4, 1, "caf\u00e9\u00ff");
  join("\u20ac", "a", 1, 1, "\u20aca");
  join("\U0001d11e", "\u00e9", 2, 1, "\U0001d11e\u00e9");
  repeat("x", 0, "");
  repeat("x", 5, "xxxxx");
  repeat("\u00e9", 3, "\u00e9\u00e9\u00e9");
}

void exports_caller_run(void) {
  all();
  uint32_t held = held_blocks() + test_encodings_texts_held();
  all();
  CHECK(held_blocks() + test_encodings_texts_held() == held);
}
