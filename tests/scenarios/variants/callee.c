#include "callee.h"
#include "text.h"

typedef exports_test_variants_variants_value_t value;
typedef exports_test_variants_variants_word_t word;
typedef exports_test_variants_variants_double_word_t double_word;

#define SMALL EXPORTS_TEST_VARIANTS_VARIANTS_VALUE_SMALL
#define LARGE EXPORTS_TEST_VARIANTS_VARIANTS_VALUE_LARGE
#define TEXT EXPORTS_TEST_VARIANTS_VARIANTS_VALUE_TEXT
#define BOTH EXPORTS_TEST_VARIANTS_VARIANTS_VALUE_BOTH
#define NUMBERS EXPORTS_TEST_VARIANTS_VARIANTS_VALUE_NUMBERS
#define SIZED EXPORTS_TEST_VARIANTS_VARIANTS_VALUE_SIZED

// The generated `value_free` forgets the numbers when another interface before this one has a `list<u32>`.
static void free_value(value *v) {
  if (v->tag == TEXT) callee_string_free(&v->val.text);
  if (v->tag == NUMBERS) callee_list_u32_free(&v->val.numbers);
}

void exports_test_variants_variants_name(value *v, callee_string_t *ret) {
  static const char *const names[] = {"nothing", "small", "large", "text", "both", "numbers", "sized"};
  callee_string_dup(ret, names[v->tag]);
  free_value(v);
}

void exports_test_variants_variants_make(uint32_t kind, uint64_t n, callee_string_t *text, value *ret) {
  *ret = (value){.tag = kind % 7};
  switch (ret->tag) {
  case SMALL:
    ret->val.small = (float)n;
    break;
  case LARGE:
    ret->val.large = n;
    break;
  case TEXT:
    ret->val.text = *text;
    return;
  case BOTH:
    ret->val.both = (callee_tuple2_u8_f64_t){(uint8_t)n, (double)n};
    break;
  case NUMBERS:
    ret->val.numbers = (callee_list_u32_t){allocate(n, sizeof(uint32_t)), n};
    for (uint32_t i = 0; i < n; i++) ret->val.numbers.ptr[i] = i;
    break;
  case SIZED:
    ret->val.sized.width = (uint16_t)n;
    ret->val.sized.height = (double)n;
    break;
  }
  callee_string_free(text);
}

static void append_twice(text_t *text, const void *bytes, size_t len) {
  text_append(text, bytes, len);
  text_append(text, bytes, len);
}

void exports_test_variants_variants_grow(value *v, value *ret) {
  *ret = *v;
  text_t twice = {0};
  switch (v->tag) {
  case SMALL:
    ret->val.small *= 2;
    break;
  case LARGE:
    ret->val.large *= 2;
    break;
  case TEXT:
    append_twice(&twice, v->val.text.ptr, v->val.text.len);
    ret->val.text = (callee_string_t){twice.ptr, twice.len};
    break;
  case BOTH:
    ret->val.both.f0 *= 2;
    ret->val.both.f1 *= 2;
    break;
  case NUMBERS:
    append_twice(&twice, v->val.numbers.ptr, v->val.numbers.len * sizeof(uint32_t));
    ret->val.numbers = (callee_list_u32_t){(uint32_t *)twice.ptr, 2 * v->val.numbers.len};
    break;
  case SIZED:
    ret->val.sized.width *= 2;
    ret->val.sized.height *= 2;
    break;
  }
  free_value(v);
}

static double sum(const value *v) {
  switch (v->tag) {
  case SMALL:
    return v->val.small;
  case LARGE:
    return (double)v->val.large;
  case TEXT:
    return (double)v->val.text.len;
  case BOTH:
    return v->val.both.f0 + v->val.both.f1;
  case NUMBERS: {
    double sum = 0;
    for (size_t i = 0; i < v->val.numbers.len; i++) sum += v->val.numbers.ptr[i];
    return sum;
  }
  case SIZED:
    return v->val.sized.width + v->val.sized.height;
  default:
    return 0;
  }
}

double exports_test_variants_variants_total(exports_test_variants_variants_list_value_t *values) {
  double total = 0;
  for (size_t i = 0; i < values->len; i++) {
    total += sum(&values->ptr[i]);
    free_value(&values->ptr[i]);
  }
  release(values->ptr, values->len);
  return total;
}

void exports_test_variants_variants_reinterpret(word *w, word *ret) {
  if (w->tag == EXPORTS_TEST_VARIANTS_VARIANTS_WORD_INT) {
    ret->tag = EXPORTS_TEST_VARIANTS_VARIANTS_WORD_FLOAT;
    memcpy(&ret->val.float_, &w->val.int_, sizeof ret->val.float_);
  } else {
    ret->tag = EXPORTS_TEST_VARIANTS_VARIANTS_WORD_INT;
    memcpy(&ret->val.int_, &w->val.float_, sizeof ret->val.int_);
  }
}

void exports_test_variants_variants_reinterpret_double(double_word *w, double_word *ret) {
  switch (w->tag) {
  case EXPORTS_TEST_VARIANTS_VARIANTS_DOUBLE_WORD_INT:
    ret->tag = EXPORTS_TEST_VARIANTS_VARIANTS_DOUBLE_WORD_FLOAT;
    memcpy(&ret->val.float_, &w->val.int_, sizeof ret->val.float_);
    break;
  case EXPORTS_TEST_VARIANTS_VARIANTS_DOUBLE_WORD_FLOAT:
    ret->tag = EXPORTS_TEST_VARIANTS_VARIANTS_DOUBLE_WORD_INT;
    memcpy(&ret->val.int_, &w->val.float_, sizeof ret->val.int_);
    break;
  default:
    ret->tag = EXPORTS_TEST_VARIANTS_VARIANTS_DOUBLE_WORD_WORD;
    exports_test_variants_variants_reinterpret(&w->val.word, &ret->val.word);
  }
}

void exports_test_variants_variants_reverse(exports_test_variants_variants_list_value_t *values,
                                            exports_test_variants_variants_list_value_t *ret) {
  for (size_t i = 0, j = values->len; i + 1 < j; i++) {
    value last = values->ptr[--j];
    values->ptr[j] = values->ptr[i];
    values->ptr[i] = last;
  }
  *ret = *values;
}
