#include <inttypes.h>
#include <stdio.h>

#include "callee.h"
#include "text.h"

bool exports_test_options_options_increment(uint32_t *maybe_x, uint32_t *ret) {
  if (maybe_x == NULL || *maybe_x == UINT32_MAX) return false;
  *ret = *maybe_x + 1;
  return true;
}

bool exports_test_options_options_first(callee_string_t *maybe_s, uint32_t *ret) {
  if (maybe_s == NULL || maybe_s->len == 0) return false;
  const uint8_t *at = maybe_s->ptr;
  *ret = utf8_next(&at);
  callee_string_free(maybe_s);
  return true;
}

bool exports_test_options_options_nest(uint32_t depth, callee_option_u32_t *ret) {
  *ret = (callee_option_u32_t){.is_some = depth > 1, .val = depth};
  return depth > 0;
}

uint32_t exports_test_options_options_depth(callee_option_u32_t *maybe_x) {
  if (maybe_x == NULL) return 0;
  return maybe_x->is_some ? maybe_x->val : 1;
}

bool exports_test_options_options_square_root(int64_t x, uint32_t *ret,
                                              exports_test_options_options_failure_t *err) {
  if (x < 0 || x > 1000000) {
    err->reason = x < 0 ? EXPORTS_TEST_OPTIONS_OPTIONS_REASON_NEGATIVE : EXPORTS_TEST_OPTIONS_OPTIONS_REASON_TOO_BIG;
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, x);
    callee_string_dup(&err->text, text);
    return false;
  }
  uint32_t root = 0;
  while ((root + 1) * (root + 1) <= x) root++;
  *ret = root;
  return true;
}

bool exports_test_options_options_unit(bool ok) { return ok; }

bool exports_test_options_options_reject(callee_string_t *text, callee_string_t *err) {
  if (text->len == 0) return true;
  *err = *text;
  return false;
}

bool exports_test_options_options_accept(uint64_t n, uint64_t *ret) {
  *ret = n;
  return n != 0;
}

bool exports_test_options_options_swap(exports_test_options_options_result_f32_string_t *r, callee_string_t *ret,
                                       float *err) {
  if (r->is_err)
    *ret = r->val.err;
  else
    *err = r->val.ok;
  return r->is_err;
}

void exports_test_options_options_classify(callee_list_option_u8_t *numbers,
                                           exports_test_options_options_list_result_u8_u32_t *ret) {
  *ret = (exports_test_options_options_list_result_u8_u32_t){allocate(numbers->len, sizeof *ret->ptr),
                                                            numbers->len};
  for (size_t i = 0; i < numbers->len; i++) {
    callee_option_u8_t number = numbers->ptr[i];
    ret->ptr[i].is_err = !number.is_some;
    if (number.is_some)
      ret->ptr[i].val.ok = number.val;
    else
      ret->ptr[i].val.err = i;
  }
  callee_list_option_u8_free(numbers);
}

uint32_t exports_test_options_options_weigh(exports_test_options_options_result_option_list_u32_string_t *maybe_x) {
  if (maybe_x == NULL) return 0;
  if (maybe_x->is_err) {
    uint32_t len = maybe_x->val.err.len;
    callee_string_free(&maybe_x->val.err);
    return len;
  }
  uint32_t weight = 1000;
  if (maybe_x->val.ok.is_some) {
    callee_list_u32_t *numbers = &maybe_x->val.ok.val;
    for (size_t i = 0; i < numbers->len; i++) weight += numbers->ptr[i];
    callee_list_u32_free(numbers);
  }
  return weight;
}
