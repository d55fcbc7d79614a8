#include "callee.h"
#include "text.h"

float exports_test_fixed_lists_fixed_lists_dot(exports_test_fixed_lists_fixed_lists_list3_f32_t *a,
                                               exports_test_fixed_lists_fixed_lists_list3_f32_t *b) {
  float sum = 0;
  for (size_t i = 0; i < 3; i++) sum += a->elements[i] * b->elements[i];
  return sum;
}

void exports_test_fixed_lists_fixed_lists_transpose(exports_test_fixed_lists_fixed_lists_list2_list3_u32_t *m,
                                                    exports_test_fixed_lists_fixed_lists_list3_list2_u32_t *ret) {
  for (size_t row = 0; row < 2; row++)
    for (size_t column = 0; column < 3; column++)
      ret->elements[column].elements[row] = m->elements[row].elements[column];
}

void exports_test_fixed_lists_fixed_lists_ramp(exports_test_fixed_lists_fixed_lists_list20_u16_t *numbers,
                                               exports_test_fixed_lists_fixed_lists_list20_u16_t *ret) {
  for (size_t i = 0; i < 20; i++) ret->elements[i] = numbers->elements[i] + i;
}

void exports_test_fixed_lists_fixed_lists_split(callee_list_u32_t *numbers,
                                                exports_test_fixed_lists_fixed_lists_list_list4_u8_t *ret) {
  ret->len = numbers->len;
  ret->ptr = allocate(numbers->len, sizeof *ret->ptr);
  for (size_t i = 0; i < numbers->len; i++)
    for (size_t byte = 0; byte < 4; byte++) ret->ptr[i].elements[byte] = numbers->ptr[i] >> (8 * byte);
  callee_list_u32_free(numbers);
}
