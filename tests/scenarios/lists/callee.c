#include "callee.h"
#include "text.h"

// An exported function owns its arguments, so it may change them and give them back.

void exports_test_lists_lists_xor_bytes(callee_list_u8_t *data, uint8_t mask, callee_list_u8_t *ret) {
  for (size_t i = 0; i < data->len; i++) data->ptr[i] ^= mask;
  *ret = *data;
}

void exports_test_lists_lists_iota(uint64_t start, uint32_t count, callee_list_u64_t *ret) {
  *ret = (callee_list_u64_t){allocate(count, sizeof *ret->ptr), count};
  for (uint32_t i = 0; i < count; i++) ret->ptr[i] = start + i;
}

uint64_t exports_test_lists_lists_sum(callee_list_u64_t *numbers) {
  uint64_t sum = 0;
  for (size_t i = 0; i < numbers->len; i++) sum += numbers->ptr[i];
  callee_list_u64_free(numbers);
  return sum;
}

#define WIDEN(list) \
  for (size_t i = 0; i < (list)->len; i++) *to++ = (double)(list)->ptr[i]

void exports_test_lists_lists_widen(callee_list_s8_t *a, callee_list_u16_t *b, callee_list_s16_t *c,
                                    callee_list_u32_t *d, callee_list_s32_t *e, callee_list_s64_t *f,
                                    callee_list_f32_t *g, callee_list_f64_t *ret) {
  size_t len = a->len + b->len + c->len + d->len + e->len + f->len + g->len;
  *ret = (callee_list_f64_t){allocate(len, sizeof *ret->ptr), len};
  double *to = ret->ptr;
  WIDEN(a);
  WIDEN(b);
  WIDEN(c);
  WIDEN(d);
  WIDEN(e);
  WIDEN(f);
  WIDEN(g);
  callee_list_s8_free(a);
  callee_list_u16_free(b);
  callee_list_s16_free(c);
  callee_list_u32_free(d);
  callee_list_s32_free(e);
  callee_list_s64_free(f);
  callee_list_f32_free(g);
}

void exports_test_lists_lists_invert(callee_list_bool_t *bits, callee_list_bool_t *ret) {
  for (size_t i = 0; i < bits->len; i++) bits->ptr[i] = !bits->ptr[i];
  *ret = *bits;
}

void exports_test_lists_lists_explode(callee_string_t *s, callee_list_char32_t *ret) {
  size_t count = utf8_count(s->ptr, s->len);
  *ret = (callee_list_char32_t){allocate(count, sizeof *ret->ptr), count};
  const uint8_t *at = s->ptr;
  for (size_t i = 0; i < count; i++) ret->ptr[i] = utf8_next(&at);
  callee_string_free(s);
}

void exports_test_lists_lists_implode(callee_list_char32_t *chars, callee_string_t *ret) {
  text_t text = {0};
  for (size_t i = 0; i < chars->len; i++) text_append_char(&text, chars->ptr[i]);
  callee_list_char32_free(chars);
  *ret = (callee_string_t){text.ptr, text.len};
}

static int compare_strings(const void *left, const void *right) {
  const callee_string_t *a = left, *b = right;
  int order = memcmp(a->ptr, b->ptr, a->len < b->len ? a->len : b->len);
  return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

void exports_test_lists_lists_sort(callee_list_string_t *strings, callee_list_string_t *ret) {
  qsort(strings->ptr, strings->len, sizeof *strings->ptr, compare_strings);
  *ret = *strings;
}

void exports_test_lists_lists_flatten(callee_list_list_string_t *groups, callee_list_string_t *ret) {
  size_t len = 0;
  for (size_t i = 0; i < groups->len; i++) len += groups->ptr[i].len;
  *ret = (callee_list_string_t){allocate(len, sizeof *ret->ptr), len};
  callee_string_t *to = ret->ptr;
  for (size_t i = 0; i < groups->len; i++) {
    callee_list_string_t group = groups->ptr[i];
    for (size_t j = 0; j < group.len; j++) *to++ = group.ptr[j];
    release(group.ptr, group.len);
  }
  release(groups->ptr, groups->len);
}

void exports_test_lists_lists_group_by_length(callee_list_string_t *strings, callee_list_list_string_t *ret) {
  size_t len = 0;
  for (size_t i = 0; i < strings->len; i++)
    if (strings->ptr[i].len >= len) len = strings->ptr[i].len + 1;
  *ret = (callee_list_list_string_t){allocate(len, sizeof *ret->ptr), len};
  for (size_t i = 0; i < strings->len; i++) ret->ptr[strings->ptr[i].len].len++;
  for (size_t n = 0; n < len; n++) {
    ret->ptr[n].ptr = allocate(ret->ptr[n].len, sizeof(callee_string_t));
    ret->ptr[n].len = 0;
  }
  for (size_t i = 0; i < strings->len; i++) {
    callee_list_string_t *group = &ret->ptr[strings->ptr[i].len];
    group->ptr[group->len++] = strings->ptr[i];
  }
  release(strings->ptr, strings->len);
}

void exports_test_lists_lists_translate(exports_test_lists_lists_list_point_t *points, int32_t dx, int32_t dy,
                                        exports_test_lists_lists_list_point_t *ret) {
  for (size_t i = 0; i < points->len; i++) {
    exports_test_lists_lists_point_t *point = &points->ptr[i];
    point->x = (int32_t)((uint32_t)point->x + (uint32_t)dx);
    point->y = (int32_t)((uint32_t)point->y + (uint32_t)dy);
    text_t label = {0};
    text_append(&label, point->label.ptr, point->label.len);
    text_append(&label, "'", 1);
    callee_string_free(&point->label);
    point->label = (callee_string_t){label.ptr, label.len};
  }
  *ret = *points;
}

void exports_test_lists_lists_weigh(callee_list_list_list_u8_t *groups, callee_list_u32_t *ret) {
  *ret = (callee_list_u32_t){allocate(groups->len, sizeof *ret->ptr), groups->len};
  for (size_t i = 0; i < groups->len; i++) {
    callee_list_list_u8_t group = groups->ptr[i];
    for (size_t j = 0; j < group.len; j++) {
      ret->ptr[i] += group.ptr[j].len;
      callee_list_u8_free(&group.ptr[j]);
    }
    release(group.ptr, group.len);
  }
  release(groups->ptr, groups->len);
}
