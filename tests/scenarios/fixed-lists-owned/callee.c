#include "callee.h"
#include "text.h"

// An exported function owns its arguments, so it may give them back.

void exports_test_fixed_lists_owned_fixed_lists_owned_reverse(
    exports_test_fixed_lists_owned_fixed_lists_owned_list4_string_t *s,
    exports_test_fixed_lists_owned_fixed_lists_owned_list4_string_t *ret) {
  for (size_t i = 0; i < 4; i++) ret->elements[3 - i] = s->elements[i];
}

void exports_test_fixed_lists_owned_fixed_lists_owned_staircase(
    exports_test_fixed_lists_owned_fixed_lists_owned_list3_list_u32_t *ret) {
  for (uint32_t step = 0; step < 3; step++) {
    callee_list_u32_t *list = &ret->elements[step];
    *list = (callee_list_u32_t){allocate(step, sizeof *list->ptr), step};
    for (uint32_t i = 0; i < step; i++) list->ptr[i] = step;
  }
}

void exports_test_fixed_lists_owned_fixed_lists_owned_join(
    exports_test_fixed_lists_owned_fixed_lists_owned_list9_string_t *s, callee_string_t *ret) {
  text_t text = {0};
  for (size_t i = 0; i < 9; i++) {
    if (i > 0) text_append(&text, ",", 1);
    text_append(&text, s->elements[i].ptr, s->elements[i].len);
  }
  exports_test_fixed_lists_owned_fixed_lists_owned_list9_string_free(s);
  *ret = (callee_string_t){text.ptr, text.len};
}
