#include "callee.h"
#include "text.h"

void exports_test_strings_strings_concat(callee_string_t *a, callee_string_t *b, callee_string_t *ret) {
  text_t text = {0};
  text_append(&text, a->ptr, a->len);
  text_append(&text, b->ptr, b->len);
  callee_string_free(a);
  callee_string_free(b);
  *ret = (callee_string_t){text.ptr, text.len};
}

uint32_t exports_test_strings_strings_utf8_length(callee_string_t *s) {
  uint32_t length = s->len;
  callee_string_free(s);
  return length;
}

uint32_t exports_test_strings_strings_utf16_length(callee_string_t *s) {
  uint32_t length = 0;
  const uint8_t *end = s->ptr + s->len;
  for (const uint8_t *at = s->ptr; at < end;) length += utf8_next(&at) < 0x10000 ? 1 : 2;
  callee_string_free(s);
  return length;
}

uint32_t exports_test_strings_strings_scalar_count(callee_string_t *s) {
  uint32_t count = utf8_count(s->ptr, s->len);
  callee_string_free(s);
  return count;
}

void exports_test_strings_strings_reverse(callee_string_t *s, callee_string_t *ret) {
  *ret = (callee_string_t){allocate(s->len, 1), s->len};
  const uint8_t *end = s->ptr + s->len;
  uint8_t *to = ret->ptr + ret->len;
  for (const uint8_t *at = s->ptr; at < end;) {
    size_t width = utf8_width(*at);
    to -= width;
    memcpy(to, at, width);
    at += width;
  }
  callee_string_free(s);
}

void exports_test_strings_strings_repeat(callee_string_t *s, uint32_t n, callee_string_t *ret) {
  text_t text = {0};
  for (uint32_t i = 0; i < n; i++) text_append(&text, s->ptr, s->len);
  callee_string_free(s);
  *ret = (callee_string_t){text.ptr, text.len};
}

uint32_t exports_test_strings_strings_checksum(callee_string_t *s) {
  uint32_t hash = 2166136261;
  for (size_t i = 0; i < s->len; i++) hash = (hash ^ s->ptr[i]) * 16777619;
  callee_string_free(s);
  return hash;
}

uint32_t exports_test_strings_strings_at(callee_string_t *s, uint32_t index) {
  const uint8_t *at = s->ptr;
  while (index-- > 0) at += utf8_width(*at);
  uint32_t c = utf8_next(&at);
  callee_string_free(s);
  return c;
}

void exports_test_strings_strings_from_char(uint32_t c, callee_string_t *ret) {
  text_t text = {0};
  text_append_char(&text, c);
  *ret = (callee_string_t){text.ptr, text.len};
}
