#include <stdio.h>

#include "callee.h"
#include "text.h"

typedef exports_test_records_records_mixed_t mixed;
typedef exports_test_records_records_point_t point;
typedef exports_test_records_records_segment_t segment;
typedef exports_test_records_records_path_t path;

void exports_test_records_records_bump(mixed *m, mixed *ret) {
  *ret = (mixed){
      .a = m->a + 1,
      .b = m->b + 1,
      .c = (int8_t)(m->c + 1),
      .d = m->d + 1,
      .e = m->e + 1,
      .f = m->f * 2,
      .g = !m->g,
      .h = m->h + 1,
  };
}

void exports_test_records_records_fold(exports_test_records_records_list_mixed_t *all, mixed *ret) {
  *ret = (mixed){0};
  for (size_t i = 0; i < all->len; i++) {
    const mixed *m = &all->ptr[i];
    ret->a += m->a;
    ret->b += m->b;
    ret->c = (int8_t)(ret->c + m->c);
    ret->d += m->d;
    ret->e += m->e;
    ret->f += m->f;
    ret->g = ret->g || m->g;
    ret->h = ret->h > m->h ? ret->h : m->h;
  }
  exports_test_records_records_list_mixed_free(all);
}

void exports_test_records_records_reverse(segment *s, segment *ret) {
  *ret = (segment){.from = s->to, .to = s->from, .name = s->name};
}

double exports_test_records_records_length_squared(segment *s) {
  double dx = s->to.x - s->from.x, dy = s->to.y - s->from.y;
  exports_test_records_records_segment_free(s);
  return dx * dx + dy * dy;
}

void exports_test_records_records_connect(exports_test_records_records_list_point_t *points, path *ret) {
  size_t len = points->len > 0 ? points->len - 1 : 0;
  *ret = (path){.segments = {allocate(len, sizeof(segment)), len}};
  for (size_t i = 0; i < len; i++) {
    segment *s = &ret->segments.ptr[i];
    s->from = points->ptr[i];
    s->to = points->ptr[i + 1];
    char name[16];
    snprintf(name, sizeof name, "s%zu", i);
    callee_string_dup(&s->name, name);
  }
  if (points->len > 0) {
    const point *first = &points->ptr[0], *last = &points->ptr[len];
    ret->closed = first->x == last->x && first->y == last->y;
  }
  exports_test_records_records_list_point_free(points);
}

void exports_test_records_records_describe(path *p, callee_string_t *ret) {
  text_t text = {0};
  for (size_t i = 0; i < p->segments.len; i++) {
    const callee_string_t *name = &p->segments.ptr[i].name;
    if (i > 0) text_append(&text, "-", 1);
    text_append(&text, name->ptr, name->len);
  }
  if (p->closed) text_append(&text, "!", 1);
  exports_test_records_records_path_free(p);
  *ret = (callee_string_t){text.ptr, text.len};
}

void exports_test_records_records_swap(callee_tuple3_u8_u64_string_t *t, callee_tuple3_string_u64_u8_t *ret) {
  *ret = (callee_tuple3_string_u64_u8_t){t->f2, t->f1, t->f0};
}

void exports_test_records_records_rotate(callee_tuple2_tuple2_u16_f32_string_t *t,
                                         callee_tuple2_u16_tuple2_f32_string_t *ret) {
  *ret = (callee_tuple2_u16_tuple2_f32_string_t){t->f0.f0, {t->f0.f1, t->f1}};
}

void exports_test_records_records_single(callee_tuple1_u32_t *t, callee_tuple1_u32_t *ret) { ret->f0 = t->f0 * 2; }

void exports_test_records_records_squares(callee_list_u32_t *numbers, callee_list_tuple2_u32_u64_t *ret) {
  *ret = (callee_list_tuple2_u32_u64_t){allocate(numbers->len, sizeof *ret->ptr), numbers->len};
  for (size_t i = 0; i < numbers->len; i++) {
    uint32_t n = numbers->ptr[i];
    ret->ptr[i] = (callee_tuple2_u32_u64_t){n, (uint64_t)n * n};
  }
  callee_list_u32_free(numbers);
}
