#include "callee.h"
#include "text.h"

typedef exports_test_drops_drops_own_token_t own_token;
typedef exports_test_drops_drops_own_bag_t own_bag;
typedef exports_test_drops_drops_token_t token;
typedef exports_test_drops_drops_bag_t bag;
typedef exports_test_drops_drops_list_own_token_t tokens;

struct exports_test_drops_drops_bag_t {
  tokens tokens;
  size_t drawn;
};

static uint32_t live, destroyed;
static exports_test_drops_drops_option_own_token_t kept;

/// Frees a list and drops its tokens from `first` on. The generated function leaves the resources in a list alone.
static void drop_from(tokens *tokens, size_t first) {
  for (size_t i = first; i < tokens->len; i++) exports_test_drops_drops_token_drop_own(tokens->ptr[i]);
  exports_test_drops_drops_list_own_token_free(tokens);
}

// There is nothing to remember about a token, and so nothing to allocate.
own_token exports_test_drops_drops_constructor_token(void) {
  live++;
  return exports_test_drops_drops_token_new(NULL);
}

void exports_test_drops_drops_token_destructor(token *self) {
  (void)self;
  live--;
  destroyed++;
}

uint32_t exports_test_drops_drops_method_token_live(token *self) {
  (void)self;
  return live;
}

own_token exports_test_drops_drops_static_token_pass(own_token t) { return t; }

own_bag exports_test_drops_drops_constructor_bag(tokens *tokens) {
  bag *self = allocate(1, sizeof *self);
  *self = (bag){.tokens = *tokens};
  return exports_test_drops_drops_bag_new(self);
}

void exports_test_drops_drops_bag_destructor(bag *self) {
  drop_from(&self->tokens, self->drawn);
  free(self);
}

bool exports_test_drops_drops_method_bag_draw(bag *self, own_token *ret) {
  if (self->drawn == self->tokens.len) return false;
  *ret = self->tokens.ptr[self->drawn++];
  return true;
}

uint32_t exports_test_drops_drops_live(void) { return live; }

uint32_t exports_test_drops_drops_destroyed(void) { return destroyed; }

void exports_test_drops_drops_make(uint32_t n, tokens *ret) {
  *ret = (tokens){allocate(n, sizeof *ret->ptr), n};
  for (uint32_t i = 0; i < n; i++) ret->ptr[i] = exports_test_drops_drops_constructor_token();
}

own_token exports_test_drops_drops_choose(exports_test_drops_drops_pair_t *p) {
  exports_test_drops_drops_token_drop_own(p->first);
  return p->second;
}

uint32_t exports_test_drops_drops_count(exports_test_drops_drops_list_borrow_token_t *tokens) {
  uint32_t count = tokens->len;
  exports_test_drops_drops_list_borrow_token_free(tokens);
  return count;
}

void exports_test_drops_drops_consume(tokens *tokens) { drop_from(tokens, 0); }

void exports_test_drops_drops_keep(own_token t) {
  if (kept.is_some) exports_test_drops_drops_token_drop_own(kept.val);
  kept = (exports_test_drops_drops_option_own_token_t){true, t};
}

bool exports_test_drops_drops_take(own_token *ret) {
  bool taken = kept.is_some;
  kept.is_some = false;
  *ret = kept.val;
  return taken;
}

bool exports_test_drops_drops_offer(own_token t, bool refuse, own_token *err) {
  if (refuse)
    *err = t;
  else
    exports_test_drops_drops_token_drop_own(t);
  return !refuse;
}
