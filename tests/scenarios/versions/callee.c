#include <inttypes.h>
#include <stdio.h>

#include "callee.h"

typedef exports_test_versions_versions_old_size_t old_size;
typedef exports_test_versions_versions_new_size_t new_size;

void exports_test_versions_versions_double_old(old_size *s, old_size *ret) {
  *ret = (old_size){.width = s->width * 2, .height = s->height * 2};
}

void exports_test_versions_versions_upgrade(old_size *s, exports_test_versions_versions_unit_t u, new_size *ret) {
  *ret = (new_size){.width = s->width, .height = s->height, .unit = u};
}

bool exports_test_versions_versions_downgrade(new_size *s, old_size *ret, callee_string_t *err) {
  uint64_t larger = s->width > s->height ? s->width : s->height;
  if (larger > UINT16_MAX) {
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, larger);
    callee_string_dup(err, text);
    return false;
  }
  *ret = (old_size){.width = s->width, .height = s->height};
  return true;
}

void exports_test_versions_versions_census(exports_test_versions_versions_list_new_size_t *sizes,
                                           callee_tuple2_u32_u32_t *ret) {
  *ret = (callee_tuple2_u32_u32_t){0};
  for (size_t i = 0; i < sizes->len; i++) {
    if (sizes->ptr[i].unit == DEP_GEOMETRY_2_0_0_SHAPES_UNIT_PIXELS)
      ret->f0++;
    else
      ret->f1++;
  }
  exports_test_versions_versions_list_new_size_free(sizes);
}
