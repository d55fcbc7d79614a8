#include "caller.h"
#include "check.h"
#include "text.h"

#define new_token test_drops_drops_constructor_token
#define pass test_drops_drops_static_token_pass
#define drop test_drops_drops_token_drop_own
#define new_bag test_drops_drops_constructor_bag
#define draw test_drops_drops_method_bag_draw
#define borrow_bag test_drops_drops_borrow_bag
#define drop_bag test_drops_drops_bag_drop_own

typedef test_drops_drops_own_token_t token;
typedef test_drops_drops_own_bag_t bag;
typedef test_drops_drops_list_own_token_t tokens;
typedef test_drops_drops_list_borrow_token_t lent_tokens;

/// How many tokens the callee has to have, now and destroyed.
static uint32_t live, destroyed;

/// Checks the counts after `made` tokens more have been made and `gone` have been dropped, here or there.
static bool booked(checks *checks, uint32_t made, uint32_t gone, const char *event) {
  live += made - gone;
  destroyed += gone;
  return check_unsigned(checks, live, test_drops_drops_live(), "live() after %s", event)
      && check_unsigned(checks, destroyed, test_drops_drops_destroyed(), "destroyed() after %s", event);
}

static bool dropped(checks *checks, token t, const char *event) {
  drop(t);
  return booked(checks, 0, 1, event);
}

static bool all_dropped(checks *checks, tokens *tokens, const char *event) {
  uint32_t count = tokens->len;
  for (size_t i = 0; i < count; i++) drop(tokens->ptr[i]);
  test_drops_drops_list_own_token_free(tokens);
  return booked(checks, 0, count, event);
}

static bool seen(checks *checks, token t, const char *which) {
  uint32_t seen = test_drops_drops_method_token_live(test_drops_drops_borrow_token(t));
  return check_unsigned(checks, live, seen, "live() of %s", which);
}

static bool single(checks *checks) {
  token first = new_token();
  if (!booked(checks, 1, 0, "token()")) return false;
  token second = new_token();
  if (!(booked(checks, 1, 0, "a second token()") && seen(checks, first, "the first token")
        && dropped(checks, first, "dropping the first token") && seen(checks, second, "the second token")))
    return false;
  token passed = pass(second);
  return booked(checks, 0, 0, "token.pass(token)") && seen(checks, passed, "the passed token")
      && dropped(checks, pass(passed), "dropping a token passed twice");
}

static bool lent(checks *checks, tokens tokens) {
  lent_tokens lent = {allocate(tokens.len, sizeof *lent.ptr), tokens.len};
  for (size_t i = 0; i < lent.len; i++) lent.ptr[i] = test_drops_drops_borrow_token(tokens.ptr[i]);
  uint32_t count = test_drops_drops_count(&lent);
  test_drops_drops_list_borrow_token_free(&lent);
  return check_unsigned(checks, tokens.len, count, "count(%zu tokens)", tokens.len) && booked(checks, 0, 0, "count");
}

static bool lists(checks *checks, uint32_t length) {
  tokens tokens;
  test_drops_drops_make(length, &tokens);
  bool passed = booked(checks, length, 0, "make")
             && check_unsigned(checks, length, tokens.len, "length of make(%" PRIu32 ")", length)
             && lent(checks, tokens) && all_dropped(checks, &tokens, "dropping all of a list");

  test_drops_drops_make(length, &tokens);
  passed = passed && booked(checks, length, 0, "make");
  test_drops_drops_consume(&tokens);
  test_drops_drops_list_own_token_free(&tokens);
  return passed && booked(checks, 0, length, "consume");
}

static bool bags(checks *checks, uint32_t length, uint32_t draws) {
  tokens given, drawn = {allocate(draws, sizeof *drawn.ptr), 0};
  test_drops_drops_make(length, &given);
  bag b = new_bag(&given);
  test_drops_drops_list_own_token_free(&given);
  bool passed = booked(checks, length, 0, "making a bag");
  while (drawn.len < draws && draw(borrow_bag(b), &drawn.ptr[drawn.len])) drawn.len++;
  token none;
  passed = passed && check_unsigned(checks, draws, drawn.len, "tokens drawn from a bag of %" PRIu32, length)
        && (draws < length || check_bool(checks, false, draw(borrow_bag(b), &none), "is-some(draw()) when empty"))
        && booked(checks, 0, 0, "drawing");
  drop_bag(b);
  return passed && booked(checks, 0, length - draws, "dropping a bag")
      && all_dropped(checks, &drawn, "dropping the drawn tokens");
}

static bool records(checks *checks) {
  test_drops_drops_pair_t pair = {new_token(), new_token()};
  token chosen = test_drops_drops_choose(&pair);
  return booked(checks, 2, 1, "choose(pair)") && seen(checks, chosen, "the chosen token")
      && dropped(checks, chosen, "dropping the chosen token");
}

static bool kept(checks *checks) {
  token taken, last;
  if (!check_bool(checks, false, test_drops_drops_take(&taken), "is-some(take()) of nothing")) return false;
  test_drops_drops_keep(new_token());
  if (!booked(checks, 1, 0, "keep(token)")) return false;
  test_drops_drops_keep(new_token());
  if (!(booked(checks, 1, 1, "keep(token) in place of another")
        && check_bool(checks, true, test_drops_drops_take(&taken), "is-some(take())")
        && check_bool(checks, false, test_drops_drops_take(&last), "is-some(take()) once more")
        && booked(checks, 0, 0, "take()")))
    return false;
  test_drops_drops_keep(new_token());
  return booked(checks, 1, 0, "keep(token) after take()") && dropped(checks, taken, "dropping the taken token")
      && check_bool(checks, true, test_drops_drops_take(&last), "is-some(take()) at last")
      && dropped(checks, last, "dropping the token kept last");
}

static bool offers(checks *checks) {
  token refused;
  return check_bool(checks, false, test_drops_drops_offer(new_token(), true, &refused), "is-ok(offer(token, true))")
      && booked(checks, 1, 0, "offer(token, true)") && seen(checks, refused, "the refused token")
      && dropped(checks, refused, "dropping the refused token")
      && check_bool(checks, true, test_drops_drops_offer(new_token(), false, &refused), "is-ok(offer(token, false))")
      && booked(checks, 1, 1, "offer(token, false)");
}

bool exports_test_drops_check_drops_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  live = test_drops_drops_live();
  destroyed = test_drops_drops_destroyed();
  bool passed = single(&checks) && lists(&checks, 0) && lists(&checks, 1) && lists(&checks, 1000) && bags(&checks, 0, 0)
             && bags(&checks, 1, 0) && bags(&checks, 1, 1) && bags(&checks, 1000, 0) && bags(&checks, 1000, 1)
             && bags(&checks, 1000, 1000) && records(&checks) && kept(&checks) && offers(&checks);
  return checks_result(&checks, passed, ret, err);
}
