#include "callee.h"

typedef exports_test_bit_flags_bit_flags_one_t one;
typedef exports_test_bit_flags_bit_flags_eight_t eight;
typedef exports_test_bit_flags_bit_flags_nine_t nine;
typedef exports_test_bit_flags_bit_flags_full_t full;

one exports_test_bit_flags_bit_flags_complement_one(one f) { return f ^ EXPORTS_TEST_BIT_FLAGS_BIT_FLAGS_ONE_B0; }

eight exports_test_bit_flags_bit_flags_complement_eight(eight f) { return ~f; }

nine exports_test_bit_flags_bit_flags_complement_nine(nine f) { return ~f & 0x1ff; }

full exports_test_bit_flags_bit_flags_complement_full(full f) { return ~f; }

eight exports_test_bit_flags_bit_flags_union_eight(eight a, eight b) { return a | b; }

nine exports_test_bit_flags_bit_flags_intersect_nine(nine a, nine b) { return a & b; }

uint32_t exports_test_bit_flags_bit_flags_count_full(full f) {
  uint32_t count = 0;
  for (; f != 0; f >>= 1) count += f & 1;
  return count;
}

full exports_test_bit_flags_bit_flags_collect_full(callee_list_u8_t *numbers) {
  full collected = 0;
  for (size_t i = 0; i < numbers->len; i++) collected |= UINT32_C(1) << numbers->ptr[i];
  callee_list_u8_free(numbers);
  return collected;
}

nine exports_test_bit_flags_bit_flags_parity_nine(exports_test_bit_flags_bit_flags_list_nine_t *all) {
  nine parity = 0;
  for (size_t i = 0; i < all->len; i++) parity ^= all->ptr[i];
  exports_test_bit_flags_bit_flags_list_nine_free(all);
  return parity;
}

void exports_test_bit_flags_bit_flags_mirror(exports_test_bit_flags_bit_flags_tuple4_one_eight_nine_full_t *all,
                                             exports_test_bit_flags_bit_flags_tuple4_full_nine_eight_one_t *ret) {
  ret->f0 = exports_test_bit_flags_bit_flags_complement_full(all->f3);
  ret->f1 = exports_test_bit_flags_bit_flags_complement_nine(all->f2);
  ret->f2 = exports_test_bit_flags_bit_flags_complement_eight(all->f1);
  ret->f3 = exports_test_bit_flags_bit_flags_complement_one(all->f0);
}
