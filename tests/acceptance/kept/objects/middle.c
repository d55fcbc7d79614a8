//@ args = '--lazy all'

// Passes objects on, and reads them before.

#include <stdlib.h>
#include <string.h>

#include "middle.h"

static void holds(bool condition) {
  if (!condition) abort();
}

exports_test_kept_store_own_gc_list_entry_t exports_test_kept_store_make(uint32_t n) {
  test_kept_store_own_gc_list_entry_t made = test_kept_store_make(n);
  holds(gc_method_gc_list_entry_length(objects_borrow_gc_list_entry(made)) == n);
  return made;
}

uint64_t exports_test_kept_store_total(exports_test_kept_store_own_gc_list_entry_t entries) {
  objects_borrow_gc_list_entry_t lent = objects_borrow_gc_list_entry(entries);
  uint64_t ids = 0;
  for (uint32_t index = 0; index < gc_method_gc_list_entry_length(lent); index++) {
    gc_own_gc_entry_t entry = gc_method_gc_list_entry_keep_at(lent, index);
    ids += gc_method_gc_entry_id(objects_borrow_gc_entry(entry));
    objects_gc_entry_drop_own(entry);
  }
  uint64_t total = test_kept_store_total(lent);
  holds(total == ids);
  objects_gc_list_entry_drop_own(entries);
  return total;
}

exports_test_kept_store_own_gc_entry_t exports_test_kept_store_first(
    exports_test_kept_store_own_gc_list_entry_t entries) {
  objects_borrow_gc_list_entry_t lent = objects_borrow_gc_list_entry(entries);
  gc_own_gc_entry_t first = gc_method_gc_list_entry_keep_at(lent, 0);
  objects_borrow_gc_entry_t read = objects_borrow_gc_entry(first);
  middle_string_t name;
  gc_method_gc_entry_name(read, &name);
  holds(name.len == 2 && memcmp(name.ptr, "n0", 2) == 0);
  middle_string_free(&name);
  holds(gc_method_gc_entry_id(read) == 0 && gc_method_gc_entry_small(read) == -1);
  objects_gc_entry_drop_own(first);
  test_kept_store_own_gc_entry_t result = test_kept_store_first(lent);
  objects_gc_list_entry_drop_own(entries);
  return result;
}

exports_test_kept_store_own_gc_string_t exports_test_kept_store_twice(exports_test_kept_store_own_gc_string_t name) {
  objects_borrow_gc_string_t lent = objects_borrow_gc_string(name);
  test_kept_store_own_gc_string_t twice = test_kept_store_twice(lent);
  holds(gc_method_gc_string_length(objects_borrow_gc_string(twice)) == 2 * gc_method_gc_string_length(lent));
  objects_gc_string_drop_own(name);
  return twice;
}
