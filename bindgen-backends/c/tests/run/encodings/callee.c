// --string-encoding compact-utf16
#include "callee.h"
#include "check.h"

#include <string.h>

static uint32_t unit(const callee_string_t *text, size_t index) {
  return callee_string_is_utf16(text) ? text->ptr[index] : ((const uint8_t *)text->ptr)[index];
}

uint32_t exports_test_encodings_texts_held(void) { return held_blocks(); }

void exports_test_encodings_texts_join(callee_list_string_t *parts, exports_test_encodings_texts_tuple2_string_list_both_t *ret) {
  size_t length = 0;
  for (size_t i = 0; i < parts->len; i++) length += callee_string_units(&parts->ptr[i]);
  char16_t *all = (char16_t *)malloc(2 * length), *end = all;
  ret->f1.len = parts->len;
  ret->f1.ptr = parts->len > 0 ? (exports_test_encodings_texts_both_t *)malloc(parts->len * sizeof *ret->f1.ptr) : NULL;
  for (size_t i = 0; i < parts->len; i++) {
    callee_string_t *part = &parts->ptr[i];
    size_t units = callee_string_units(part);
    for (size_t at = 0; at < units; at++) *end++ = unit(part, at);
    ret->f1.ptr[i].length = units;
    ret->f1.ptr[i].name = *part;
  }
  // The strings are the result's now.
  if (parts->len > 0) free(parts->ptr);
  callee_string_dup_n(&ret->f0, all, length);
  free(all);
}

void exports_test_encodings_texts_repeat(callee_string_t *letter, uint32_t count, callee_string_t *ret) {
  char *text = (char *)malloc(count + 1);
  memset(text, unit(letter, 0), count);
  callee_string_dup_latin1(ret, text, count);
  free(text);
  callee_string_free(letter);
}
