#include "callee.h"

typedef exports_test_enums_enums_color_t color;
typedef exports_test_enums_enums_big_t big;

color exports_test_enums_enums_next_color(color c) {
  switch (c) {
  case EXPORTS_TEST_ENUMS_ENUMS_COLOR_RED:
    return EXPORTS_TEST_ENUMS_ENUMS_COLOR_GREEN;
  case EXPORTS_TEST_ENUMS_ENUMS_COLOR_GREEN:
    return EXPORTS_TEST_ENUMS_ENUMS_COLOR_BLUE;
  default:
    return EXPORTS_TEST_ENUMS_ENUMS_COLOR_RED;
  }
}

big exports_test_enums_enums_next_big(big c) {
  return c == EXPORTS_TEST_ENUMS_ENUMS_BIG_C299 ? EXPORTS_TEST_ENUMS_ENUMS_BIG_C0 : c + 1;
}

uint32_t exports_test_enums_enums_index(big c) { return c; }

big exports_test_enums_enums_from_index(uint32_t n) { return n % 300; }

void exports_test_enums_enums_tally(exports_test_enums_enums_list_color_t *colors, callee_tuple3_u32_u32_u32_t *ret) {
  *ret = (callee_tuple3_u32_u32_u32_t){0};
  for (size_t i = 0; i < colors->len; i++) {
    ret->f0 += colors->ptr[i] == EXPORTS_TEST_ENUMS_ENUMS_COLOR_RED;
    ret->f1 += colors->ptr[i] == EXPORTS_TEST_ENUMS_ENUMS_COLOR_GREEN;
    ret->f2 += colors->ptr[i] == EXPORTS_TEST_ENUMS_ENUMS_COLOR_BLUE;
  }
  exports_test_enums_enums_list_color_free(colors);
}

void exports_test_enums_enums_reverse(exports_test_enums_enums_list_big_t *cases,
                                      exports_test_enums_enums_list_big_t *ret) {
  for (size_t i = 0, j = cases->len; i + 1 < j; i++) {
    big last = cases->ptr[--j];
    cases->ptr[j] = cases->ptr[i];
    cases->ptr[i] = last;
  }
  *ret = *cases;
}
