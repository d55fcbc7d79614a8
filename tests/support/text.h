/// Memory and text for the C guests: what wit-bindgen's helpers leave to the user.
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Zeroed memory for the elements of a list, NULL for none: nobody frees the pointer of an empty list.
static inline void *allocate(size_t count, size_t size) {
  if (count == 0) return NULL;
  void *memory = calloc(count, size);
  if (memory == NULL) abort();
  return memory;
}

/// Frees the memory of a list (or map) but nothing that its elements own. An empty one's pointer may be anything.
static inline void release(void *ptr, size_t len) {
  if (len > 0) free(ptr);
}

/// A string that grows, initially `{0}`. Its `ptr` and `len` are those of a component model string.
typedef struct {
  uint8_t *ptr;
  size_t len;
  size_t capacity;
} text_t;

static inline void text_append(text_t *text, const void *bytes, size_t len) {
  if (len == 0) return;
  if (len > text->capacity - text->len) {
    text->capacity = 2 * text->len + len;
    text->ptr = realloc(text->ptr, text->capacity);
    if (text->ptr == NULL) abort();
  }
  memcpy(text->ptr + text->len, bytes, len);
  text->len += len;
}

/// Appends a scalar value in UTF-8.
static inline void text_append_char(text_t *text, uint32_t c) {
  uint8_t bytes[4];
  size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = len; --i > 0; c >>= 6) bytes[i] = 0x80 | (c & 0x3f);
  bytes[0] = len == 1 ? c : (0xf00 >> len & 0xff) | c;
  text_append(text, bytes, len);
}

/// The number of bytes of the scalar value that starts with `first`.
static inline size_t utf8_width(uint8_t first) {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/// Decodes the scalar value at `*at` and moves behind it. The canonical ABI lets only valid UTF-8 in.
static inline uint32_t utf8_next(const uint8_t **at) {
  const uint8_t *bytes = *at;
  size_t width = utf8_width(bytes[0]);
  uint32_t c = width == 1 ? bytes[0] : bytes[0] & (0x7f >> width);
  for (size_t i = 1; i < width; i++) c = c << 6 | (bytes[i] & 0x3f);
  *at += width;
  return c;
}

/// The number of scalar values.
static inline size_t utf8_count(const uint8_t *bytes, size_t len) {
  size_t count = 0;
  for (size_t i = 0; i < len; i++) count += (bytes[i] & 0xc0) != 0x80;
  return count;
}

#endif
