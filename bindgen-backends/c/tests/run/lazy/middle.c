// --lazy all
#include "middle.h"
#include "check.h"

// Passes everything on, and never has it in its memory.

uint32_t exports_test_lazy_front_held(void) { return held_blocks() + test_lazy_store_held(); }

void exports_test_lazy_front_load(uint32_t n, exports_test_lazy_front_given_list_entry_t *ret) {
  test_lazy_store_lazy_list_entry_t entries;
  test_lazy_store_load(n, &entries);
  exports_test_lazy_front_given_list_entry_forward(ret, entries.handle, entries.length);
}

void exports_test_lazy_front_text(uint32_t n, exports_test_lazy_front_given_string_t *ret) {
  test_lazy_store_lazy_string_t text;
  test_lazy_store_text(n, &text);
  exports_test_lazy_front_given_string_forward(ret, text.handle, text.length);
}

void exports_test_lazy_front_both(exports_test_lazy_front_lazy_string_t *a, exports_test_lazy_front_lazy_list_u8_t *b,
                                  exports_test_lazy_front_tuple2_given_string_option_given_list_u8_t *ret) {
  test_lazy_store_lent_string_t text;
  test_lazy_store_lent_list_u8_t bytes;
  test_lazy_store_lent_string_forward(&text, a->handle, a->length);
  test_lazy_store_lent_list_u8_forward(&bytes, b->handle, b->length);
  test_lazy_store_tuple2_lazy_string_option_lazy_list_u8_t both;
  test_lazy_store_both(&text, &bytes, &both);
  exports_test_lazy_front_given_string_forward(&ret->f0, both.f0.handle, both.f0.length);
  ret->f1.is_some = both.f1.is_some;
  // The other way: an own copy, which is freed when it has been read.
  if (both.f1.is_some) {
    middle_list_u8_t copy;
    test_lazy_store_lazy_list_u8_to_owned(&both.f1.val, &copy);
    test_lazy_store_lazy_list_u8_drop(&both.f1.val);
    exports_test_lazy_front_given_list_u8_set(&ret->f1.val, &copy);
  }
}

bool exports_test_lazy_front_total(exports_test_lazy_front_lazy_list_entry_t *entries,
                                   exports_test_lazy_front_lazy_list_string_t *words, uint64_t *ret,
                                   exports_test_lazy_front_given_string_t *err) {
  test_lazy_store_lent_list_entry_t all;
  test_lazy_store_lent_list_entry_forward(&all, entries->handle, entries->length);
  middle_list_string_t own;
  exports_test_lazy_front_lazy_list_string_to_owned(words, &own);
  test_lazy_store_lent_list_string_t copies;
  test_lazy_store_lent_list_string_set(&copies, &own);
  test_lazy_store_lazy_string_t error;
  bool ok = test_lazy_store_total(&all, &copies, ret, &error);
  middle_list_string_free(&own);
  if (!ok) exports_test_lazy_front_given_string_forward(err, error.handle, error.length);
  return ok;
}

static uint64_t sum(const exports_test_lazy_front_entry_t *entry) {
  uint64_t sum = entry->id + entry->name.len;
  for (size_t i = 0; i < entry->tags.len; i++) sum += entry->tags.ptr[i].len;
  return sum;
}

bool exports_test_lazy_front_pieces(exports_test_lazy_front_lazy_list_entry_t *entries, uint32_t piece, uint64_t *ret,
                                    exports_test_lazy_front_given_string_t *err) {
  size_t len = exports_test_lazy_front_lazy_list_entry_len(entries);
  exports_test_lazy_front_entry_t *buffer = (exports_test_lazy_front_entry_t *)malloc(piece * sizeof *buffer);
  uint64_t in_pieces = 0, whole = 0;
  for (size_t start = 0; start < len; start += piece) {
    size_t count = len - start < piece ? len - start : piece;
    exports_test_lazy_front_lazy_list_entry_read(entries, start, count, buffer);
    for (size_t i = 0; i < count; i++) {
      in_pieces += sum(&buffer[i]);
      exports_test_lazy_front_entry_free(&buffer[i]);
    }
  }
  free(buffer);
  exports_test_lazy_front_list_entry_t all;
  if (exports_test_lazy_front_lazy_list_entry_try_to_owned(entries, &all)) {
    for (size_t i = 0; i < all.len; i++) whole += sum(&all.ptr[i]);
    exports_test_lazy_front_list_entry_free(&all);
  }
  exports_test_lazy_front_lazy_list_entry_drop(entries);
  *ret = whole;
  if (in_pieces != whole) {
    middle_string_t message;
    middle_string_dup(&message, "pieces and whole differ");
    exports_test_lazy_front_given_string_set(err, &message);
  }
  return in_pieces == whole;
}

uint32_t exports_test_lazy_front_too_much(exports_test_lazy_front_lazy_list_u8_t *data) {
  enum { PIECE = 1 << 20 };
  void *all[1 << 12];
  size_t pieces = 0;
  while (pieces < sizeof all / sizeof *all && (all[pieces] = malloc(PIECE)) != NULL) pieces++;
  middle_list_u8_t copy;
  bool copied = exports_test_lazy_front_lazy_list_u8_try_to_owned(data, &copy);
  if (copied) middle_list_u8_free(&copy);
  while (pieces > 0) free(all[--pieces]);
  return copied ? 0 : data->length;
}
