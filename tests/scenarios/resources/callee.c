#include <inttypes.h>
#include <stdio.h>

#include "callee.h"
#include "text.h"

typedef exports_test_resources_resources_own_counter_t own_counter;
typedef exports_test_resources_resources_own_holder_t own_holder;
typedef exports_test_resources_resources_counter_t counter;
typedef exports_test_resources_resources_holder_t holder;

struct exports_test_resources_resources_counter_t {
  int64_t value;
};

struct exports_test_resources_resources_holder_t {
  callee_string_t name;
  own_counter inner;
  bool opened;
};

static int64_t wrapping_add(int64_t a, int64_t b) { return (int64_t)((uint64_t)a + (uint64_t)b); }

/// The value of a counter, which is then gone.
static int64_t take(own_counter c) {
  int64_t value = exports_test_resources_resources_counter_rep(c)->value;
  exports_test_resources_resources_counter_drop_own(c);
  return value;
}

own_counter exports_test_resources_resources_constructor_counter(int64_t start) {
  counter *self = allocate(1, sizeof *self);
  self->value = start;
  return exports_test_resources_resources_counter_new(self);
}

void exports_test_resources_resources_counter_destructor(counter *self) { free(self); }

int64_t exports_test_resources_resources_method_counter_add(counter *self, int64_t n) {
  return self->value = wrapping_add(self->value, n);
}

int64_t exports_test_resources_resources_method_counter_get(counter *self) { return self->value; }

own_counter exports_test_resources_resources_method_counter_duplicate(counter *self) {
  return exports_test_resources_resources_constructor_counter(self->value);
}

bool exports_test_resources_resources_method_counter_equals(counter *self, counter *other) {
  return self->value == other->value;
}

own_counter exports_test_resources_resources_static_counter_merge(own_counter a, own_counter b) {
  int64_t sum = wrapping_add(take(a), take(b));
  return exports_test_resources_resources_constructor_counter(sum);
}

own_holder exports_test_resources_resources_constructor_holder(callee_string_t *name, own_counter inner) {
  holder *self = allocate(1, sizeof *self);
  *self = (holder){.name = *name, .inner = inner};
  return exports_test_resources_resources_holder_new(self);
}

void exports_test_resources_resources_holder_destructor(holder *self) {
  callee_string_free(&self->name);
  if (!self->opened) exports_test_resources_resources_counter_drop_own(self->inner);
  free(self);
}

void exports_test_resources_resources_method_holder_name(holder *self, callee_string_t *ret) {
  callee_string_dup_n(ret, (const char *)self->name.ptr, self->name.len);
}

int64_t exports_test_resources_resources_method_holder_add(holder *self, int64_t n) {
  counter *inner = exports_test_resources_resources_counter_rep(self->inner);
  return exports_test_resources_resources_method_counter_add(inner, n);
}

own_counter exports_test_resources_resources_static_holder_open(own_holder h) {
  holder *self = exports_test_resources_resources_holder_rep(h);
  own_counter inner = self->inner;
  self->opened = true;
  exports_test_resources_resources_holder_drop_own(h);
  return inner;
}

void exports_test_resources_resources_make_many(uint32_t n, exports_test_resources_resources_list_own_counter_t *ret) {
  *ret = (exports_test_resources_resources_list_own_counter_t){allocate(n, sizeof *ret->ptr), n};
  for (uint32_t i = 0; i < n; i++) ret->ptr[i] = exports_test_resources_resources_constructor_counter(i);
}

int64_t exports_test_resources_resources_total(exports_test_resources_resources_list_borrow_counter_t *counters) {
  int64_t sum = 0;
  for (size_t i = 0; i < counters->len; i++) sum = wrapping_add(sum, counters->ptr[i]->value);
  exports_test_resources_resources_list_borrow_counter_free(counters);
  return sum;
}

// The generated functions that free a list leave the resources in it alone.

int64_t exports_test_resources_resources_consume(exports_test_resources_resources_list_own_counter_t *counters) {
  int64_t sum = 0;
  for (size_t i = 0; i < counters->len; i++) sum = wrapping_add(sum, take(counters->ptr[i]));
  exports_test_resources_resources_list_own_counter_free(counters);
  return sum;
}

void exports_test_resources_resources_label(exports_test_resources_resources_list_own_counter_t *counters,
                                            exports_test_resources_resources_list_entry_t *ret) {
  *ret = (exports_test_resources_resources_list_entry_t){allocate(counters->len, sizeof *ret->ptr),
                                                        counters->len};
  for (size_t i = 0; i < counters->len; i++) {
    own_counter c = counters->ptr[i];
    char name[24];
    snprintf(name, sizeof name, "%" PRId64, exports_test_resources_resources_counter_rep(c)->value);
    callee_string_dup(&ret->ptr[i].name, name);
    ret->ptr[i].value = c;
  }
  exports_test_resources_resources_list_own_counter_free(counters);
}

bool exports_test_resources_resources_pick(exports_test_resources_resources_list_entry_t *entries,
                                           callee_string_t *name, own_counter *ret) {
  bool found = false;
  for (size_t i = 0; i < entries->len; i++) {
    exports_test_resources_resources_entry_t *entry = &entries->ptr[i];
    if (!found && entry->name.len == name->len && memcmp(entry->name.ptr, name->ptr, name->len) == 0) {
      found = true;
      *ret = entry->value;
    } else {
      exports_test_resources_resources_counter_drop_own(entry->value);
    }
  }
  exports_test_resources_resources_list_entry_free(entries);
  callee_string_free(name);
  return found;
}

int64_t exports_test_resources_resources_redeem(own_counter *maybe_c) { return maybe_c == NULL ? -1 : take(*maybe_c); }
