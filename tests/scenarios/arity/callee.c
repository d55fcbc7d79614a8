#include <inttypes.h>
#include <stdio.h>

#include "callee.h"
#include "text.h"

typedef exports_test_arity_arity_wide_t wide;

static uint64_t weighted_sum(const uint32_t *a, size_t len) {
  uint64_t sum = 0;
  for (size_t i = 0; i < len; i++) sum += (i + 1) * (uint64_t)a[i];
  return sum;
}

uint64_t exports_test_arity_arity_sum16(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4,
                                        uint32_t a5, uint32_t a6, uint32_t a7, uint32_t a8, uint32_t a9,
                                        uint32_t a10, uint32_t a11, uint32_t a12, uint32_t a13, uint32_t a14,
                                        uint32_t a15) {
  const uint32_t a[] = {a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15};
  return weighted_sum(a, 16);
}

uint64_t exports_test_arity_arity_sum17(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4,
                                        uint32_t a5, uint32_t a6, uint32_t a7, uint32_t a8, uint32_t a9,
                                        uint32_t a10, uint32_t a11, uint32_t a12, uint32_t a13, uint32_t a14,
                                        uint32_t a15, uint32_t a16) {
  const uint32_t a[] = {a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16};
  return weighted_sum(a, 17);
}

double exports_test_arity_arity_sum40(uint8_t a0, int16_t a1, uint32_t a2, int64_t a3, double a4, uint8_t a5,
                                      int16_t a6, uint32_t a7, int64_t a8, double a9, uint8_t a10,
                                      int16_t a11, uint32_t a12, int64_t a13, double a14, uint8_t a15,
                                      int16_t a16, uint32_t a17, int64_t a18, double a19, uint8_t a20,
                                      int16_t a21, uint32_t a22, int64_t a23, double a24, uint8_t a25,
                                      int16_t a26, uint32_t a27, int64_t a28, double a29, uint8_t a30,
                                      int16_t a31, uint32_t a32, int64_t a33, double a34, uint8_t a35,
                                      int16_t a36, uint32_t a37, int64_t a38, double a39) {
  const double a[] = {a0, a1, a2, (double)a3, a4, a5, a6, a7, (double)a8, a9, a10, a11, a12, (double)a13, a14,
                      a15, a16, a17, (double)a18, a19, a20, a21, a22, (double)a23, a24, a25, a26, a27,
                      (double)a28, a29, a30, a31, a32, (double)a33, a34, a35, a36, a37, (double)a38, a39};
  double sum = 0;
  for (size_t i = 0; i < 40; i++) sum += (double)(i + 1) * a[i];
  return sum;
}

/// Joins the strings with "," and frees them.
static void join(callee_string_t *const *strings, size_t len, callee_string_t *ret) {
  text_t text = {0};
  for (size_t i = 0; i < len; i++) {
    if (i > 0) text_append(&text, ",", 1);
    text_append(&text, strings[i]->ptr, strings[i]->len);
    callee_string_free(strings[i]);
  }
  *ret = (callee_string_t){text.ptr, text.len};
}

void exports_test_arity_arity_join8(callee_string_t *a0, callee_string_t *a1, callee_string_t *a2,
                                    callee_string_t *a3, callee_string_t *a4, callee_string_t *a5,
                                    callee_string_t *a6, callee_string_t *a7, callee_string_t *ret) {
  join((callee_string_t *[]){a0, a1, a2, a3, a4, a5, a6, a7}, 8, ret);
}

void exports_test_arity_arity_join9(callee_string_t *a0, callee_string_t *a1, callee_string_t *a2,
                                    callee_string_t *a3, callee_string_t *a4, callee_string_t *a5,
                                    callee_string_t *a6, callee_string_t *a7, callee_string_t *a8,
                                    callee_string_t *ret) {
  join((callee_string_t *[]){a0, a1, a2, a3, a4, a5, a6, a7, a8}, 9, ret);
}

void exports_test_arity_arity_make_wide(uint32_t seed, wide *ret) {
  char decimal[12];
  snprintf(decimal, sizeof decimal, "%" PRIu32, seed);
  *ret = (wide){
      .f0 = seed,
      .f1 = (uint64_t)seed + 1,
      .f3 = (float)seed + 3,
      .f4 = (int16_t)(seed + 4),
      .f5 = {allocate(seed, 1), seed},
      .f6 = (double)seed + 6,
      .f7 = seed % 2 == 1,
      .f8 = '@' + seed % 26,
      .f9 = {.is_some = seed % 2 == 0, .val = seed + 9},
      .f10 = (int64_t)seed + 10,
      .f11 = seed + 11,
      .f12 = (int8_t)(seed + 12),
      .f13 = (int32_t)(seed + 13),
      .f14 = seed + 14,
      .f15 = {15, (uint64_t)seed + 15},
      .f17 = (float)seed + 17,
      .f18 = (uint64_t)seed + 18,
      .f19 = seed + 19,
  };
  for (size_t i = 0; i < ret->f5.len; i++) ret->f5.ptr[i] = i;
  callee_string_dup(&ret->f2, decimal);
  callee_string_dup(&ret->f16, decimal);
}

static bool same_string(callee_string_t a, callee_string_t b) {
  return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static bool same_wide(const wide *a, const wide *b) {
  return a->f0 == b->f0 && a->f1 == b->f1 && same_string(a->f2, b->f2) && a->f3 == b->f3 && a->f4 == b->f4 &&
         a->f5.len == b->f5.len && memcmp(a->f5.ptr, b->f5.ptr, a->f5.len) == 0 && a->f6 == b->f6 &&
         a->f7 == b->f7 && a->f8 == b->f8 && a->f9.is_some == b->f9.is_some &&
         (!a->f9.is_some || a->f9.val == b->f9.val) && a->f10 == b->f10 && a->f11 == b->f11 &&
         a->f12 == b->f12 && a->f13 == b->f13 && a->f14 == b->f14 && a->f15.f0 == b->f15.f0 &&
         a->f15.f1 == b->f15.f1 && same_string(a->f16, b->f16) && a->f17 == b->f17 && a->f18 == b->f18 &&
         a->f19 == b->f19;
}

// The generated `wide_free` forgets `f5` when another interface before this one has a `list<u8>`.
static void free_wide(wide *w) {
  callee_string_free(&w->f2);
  callee_list_u8_free(&w->f5);
  callee_string_free(&w->f16);
}

uint32_t exports_test_arity_arity_seed_of(wide *w) {
  uint32_t seed = w->f5.len;
  wide expected;
  exports_test_arity_arity_make_wide(seed, &expected);
  if (!same_wide(w, &expected)) seed = UINT32_MAX;
  free_wide(&expected);
  free_wide(w);
  return seed;
}

typedef callee_tuple20_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_u32_t twenty;

void exports_test_arity_arity_divisions(uint32_t n, twenty *ret) {
  *ret = (twenty){n / 1, n % 1, n / 2, n % 2, n / 3, n % 3, n / 4, n % 4, n / 5, n % 5, n / 6, n % 6,
                  n / 7, n % 7, n / 8, n % 8, n / 9, n % 9, n / 10, n % 10};
}

uint32_t exports_test_arity_arity_around(uint32_t before, wide *w, uint32_t after) {
  return before + exports_test_arity_arity_seed_of(w) + after;
}
