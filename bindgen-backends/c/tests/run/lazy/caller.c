#include "caller.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

static caller_string_t string(const char *text) { return (caller_string_t){(uint8_t *)text, strlen(text)}; }

static void texts(void) {
  for (uint32_t n = 0; n < 100000; n = n * 10 + 1) {
    caller_string_t text;
    test_lazy_front_text(n, &text);
    CHECK(text.len == n);
    CHECK(n == 0 || (text.ptr[0] == 'a' && text.ptr[n - 1] == 'a' + (n - 1) % 26));
    caller_string_free(&text);
  }
}

static void both(const char *a, const char *b) {
  caller_string_t text = string(a), other = string(b);
  caller_list_u8_t bytes = {other.ptr, other.len};
  caller_tuple2_string_option_list_u8_t result;
  test_lazy_front_both(&text, &bytes, &result);
  CHECK(result.f0.len == text.len && memcmp(result.f0.ptr, a, text.len) == 0);
  CHECK(result.f1.is_some == (bytes.len > 0));
  CHECK(!result.f1.is_some || (result.f1.val.len == bytes.len && memcmp(result.f1.val.ptr, b, bytes.len) == 0));
  caller_tuple2_string_option_list_u8_free(&result);
}

static void entries(uint32_t n) {
  test_lazy_front_list_entry_t all;
  test_lazy_front_load(n, &all);
  CHECK(all.len == n);
  uint64_t ids = 0, letters = 0;
  for (uint32_t i = 0; i < n; i++) {
    CHECK(all.ptr[i].id == i && all.ptr[i].name.len == (i % 2 ? 3 : 0) && all.ptr[i].tags.len == i % 3);
    ids += i;
    letters += all.ptr[i].name.len + 3 * (i % 3);
  }
  caller_string_t words[] = {string("one"), string(""), string("three")}, error;
  caller_list_string_t list = {words, 3};
  uint64_t total = 0;
  bool some = test_lazy_front_total(&all, &list, &total, &error);
  CHECK(some == (n > 0));
  if (some) {
    CHECK(total == ids + 8);
  } else {
    CHECK(error.len == 8 && memcmp(error.ptr, "no entry", 8) == 0);
    caller_string_free(&error);
  }
  for (uint32_t piece = 1; piece < 5000; piece = piece * 7 + 2) {
    CHECK(test_lazy_front_pieces(&all, piece, &total, &error));
    CHECK(total == ids + letters);
  }
  test_lazy_front_list_entry_free(&all);
}

static void too_much(void) {
  caller_list_u8_t data = {(uint8_t *)calloc(3, 1 << 20), 3 << 20};
  CHECK(test_lazy_front_too_much(&data) == data.len);
  data.len = 0;
  CHECK(test_lazy_front_too_much(&data) == 0);
  free(data.ptr);
}

static void all(void) {
  texts();
  both("", "");
  both("text", "");
  both("", "bytes");
  both("\u00fcn\u00efcode", "more");
  entries(0);
  entries(1);
  entries(1000);
  too_much();
}

void exports_caller_run(void) {
  all();
  uint32_t held = held_blocks() + test_lazy_front_held();
  all();
  CHECK(held_blocks() + test_lazy_front_held() == held);
}
