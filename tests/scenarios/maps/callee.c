#include "callee.h"
#include "text.h"

void exports_test_maps_maps_invert(callee_map_string_u32_t *m, callee_map_u32_string_t *ret) {
  *ret = (callee_map_u32_string_t){allocate(m->len, sizeof *ret->ptr), m->len};
  for (size_t i = 0; i < m->len; i++) {
    ret->ptr[i].key = m->ptr[i].value;
    ret->ptr[i].value = m->ptr[i].key;
  }
  release(m->ptr, m->len);
}

static int compare_keys(const void *left, const void *right) {
  const callee_map_u32_u64_entry_t *a = left, *b = right;
  return (a->key > b->key) - (a->key < b->key);
}

void exports_test_maps_maps_merge(callee_map_u32_u64_t *a, callee_map_u32_u64_t *b, callee_map_u32_u64_t *ret) {
  qsort(b->ptr, b->len, sizeof *b->ptr, compare_keys);
  *ret = (callee_map_u32_u64_t){allocate(a->len + b->len, sizeof *ret->ptr), 0};
  for (size_t i = 0; i < a->len; i++)
    if (bsearch(&a->ptr[i], b->ptr, b->len, sizeof *b->ptr, compare_keys) == NULL) ret->ptr[ret->len++] = a->ptr[i];
  for (size_t i = 0; i < b->len; i++) ret->ptr[ret->len++] = b->ptr[i];
  callee_map_u32_u64_free(a);
  callee_map_u32_u64_free(b);
}

// The generated function that frees such a map forgets its values when another interface before this one has a
// `list<string>`.
bool exports_test_maps_maps_find(callee_map_string_list_string_t *m, callee_string_t *key, callee_list_string_t *ret) {
  bool found = false;
  for (size_t i = 0; i < m->len; i++) {
    callee_map_string_list_string_entry_t *entry = &m->ptr[i];
    if (entry->key.len == key->len && memcmp(entry->key.ptr, key->ptr, key->len) == 0) {
      found = true;
      *ret = entry->value;
    } else {
      callee_list_string_free(&entry->value);
    }
    callee_string_free(&entry->key);
  }
  release(m->ptr, m->len);
  callee_string_free(key);
  return found;
}

static int compare_chars(const void *left, const void *right) {
  const uint32_t *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

void exports_test_maps_maps_count(callee_string_t *s, callee_map_char32_u32_t *ret) {
  size_t len = utf8_count(s->ptr, s->len);
  uint32_t *chars = allocate(len, sizeof *chars);
  const uint8_t *at = s->ptr;
  for (size_t i = 0; i < len; i++) chars[i] = utf8_next(&at);
  callee_string_free(s);

  qsort(chars, len, sizeof *chars, compare_chars);
  *ret = (callee_map_char32_u32_t){allocate(len, sizeof *ret->ptr), 0};
  for (size_t i = 0; i < len; i++) {
    if (i == 0 || chars[i] != chars[i - 1]) ret->ptr[ret->len++].key = chars[i];
    ret->ptr[ret->len - 1].value++;
  }
  free(chars);
}

void exports_test_maps_maps_totals(callee_map_string_map_string_u32_t *m, callee_map_string_u32_t *ret) {
  *ret = (callee_map_string_u32_t){allocate(m->len, sizeof *ret->ptr), m->len};
  for (size_t i = 0; i < m->len; i++) {
    callee_map_string_u32_t *numbers = &m->ptr[i].value;
    ret->ptr[i].key = m->ptr[i].key;
    for (size_t j = 0; j < numbers->len; j++) ret->ptr[i].value += numbers->ptr[j].value;
    callee_map_string_u32_free(numbers);
  }
  release(m->ptr, m->len);
}

void exports_test_maps_maps_sizes(callee_list_map_u8_bool_t *ms, callee_list_u32_t *ret) {
  *ret = (callee_list_u32_t){allocate(ms->len, sizeof *ret->ptr), ms->len};
  for (size_t i = 0; i < ms->len; i++) ret->ptr[i] = ms->ptr[i].len;
  callee_list_map_u8_bool_free(ms);
}
