#include "callee.h"
#include "check.h"

// The pointer of an empty list is never freed.
static void *allocate(size_t count, size_t size) { return count > 0 ? calloc(count, size) : NULL; }

uint32_t exports_test_lazy_store_held(void) { return held_blocks(); }

void exports_test_lazy_store_load(uint32_t n, exports_test_lazy_store_list_entry_t *ret) {
  ret->len = n;
  ret->ptr = (exports_test_lazy_store_entry_t *)allocate(n, sizeof *ret->ptr);
  for (uint32_t i = 0; i < n; i++) {
    exports_test_lazy_store_entry_t *entry = &ret->ptr[i];
    entry->id = i;
    callee_string_dup(&entry->name, i % 2 ? "odd" : "");
    entry->tags.len = i % 3;
    entry->tags.ptr = (callee_string_t *)allocate(i % 3, sizeof *entry->tags.ptr);
    for (uint32_t tag = 0; tag < i % 3; tag++) callee_string_dup(&entry->tags.ptr[tag], "tag");
  }
}

void exports_test_lazy_store_text(uint32_t n, callee_string_t *ret) {
  ret->len = n;
  ret->ptr = (uint8_t *)allocate(n, 1);
  for (uint32_t i = 0; i < n; i++) ret->ptr[i] = 'a' + i % 26;
}

void exports_test_lazy_store_both(callee_string_t *a, callee_list_u8_t *b,
                                  callee_tuple2_string_option_list_u8_t *ret) {
  ret->f0 = *a;
  ret->f1.is_some = b->len > 0;
  ret->f1.val = *b;
}

bool exports_test_lazy_store_total(exports_test_lazy_store_list_entry_t *entries, callee_list_string_t *words,
                                   uint64_t *ret, callee_string_t *err) {
  bool some = entries->len > 0;
  *ret = 0;
  for (size_t i = 0; i < entries->len; i++) *ret += entries->ptr[i].id;
  for (size_t i = 0; i < words->len; i++) *ret += words->ptr[i].len;
  exports_test_lazy_store_list_entry_free(entries);
  callee_list_string_free(words);
  if (!some) callee_string_dup(err, "no entry");
  return some;
}
