#include "caller.h"
#include "check.h"

#define new_counter test_resources_resources_constructor_counter
#define borrow test_resources_resources_borrow_counter
#define drop test_resources_resources_counter_drop_own
#define add test_resources_resources_method_counter_add
#define get test_resources_resources_method_counter_get
#define equals test_resources_resources_method_counter_equals
#define new_holder test_resources_resources_constructor_holder
#define borrow_holder test_resources_resources_borrow_holder

typedef test_resources_resources_own_counter_t counter;
typedef test_resources_resources_own_holder_t holder;
typedef test_resources_resources_list_own_counter_t counters;
typedef test_resources_resources_list_entry_t entries;

static bool methods(checks *checks) {
  counter c = new_counter(40), twin = test_resources_resources_method_counter_duplicate(borrow(c));
  bool passed = check_signed(checks, 40, get(borrow(c)), "counter(40).get()")
             && check_signed(checks, 40, get(borrow(twin)), "counter(40).duplicate().get()")
             && check_bool(checks, true, equals(borrow(c), borrow(twin)), "counter(40).equals(its duplicate)")
             && check_signed(checks, 42, add(borrow(c), 2), "counter(40).add(2)")
             && check_signed(checks, 42, get(borrow(c)), "counter(42).get()")
             && check_signed(checks, 40, get(borrow(twin)), "counter(40).get() of the duplicate")
             && check_bool(checks, false, equals(borrow(c), borrow(twin)), "counter(42).equals(counter(40))")
             && check_bool(checks, true, equals(borrow(c), borrow(c)), "counter(42).equals(itself)")
             && check_signed(checks, -1, add(borrow(c), -43), "counter(42).add(-43)")
             && check_signed(checks, -1, add(borrow(c), 0), "counter(-1).add(0)");
  drop(c);
  passed = passed && check_signed(checks, 40, get(borrow(twin)), "counter(40).get() without its original");
  drop(twin);
  return passed;
}

static bool limits(checks *checks) {
  counter largest = new_counter(INT64_MAX), smallest = new_counter(INT64_MIN);
  bool passed = check_signed(checks, INT64_MAX, get(borrow(largest)), "counter(INT64_MAX).get()")
             && check_signed(checks, INT64_MIN, get(borrow(smallest)), "counter(INT64_MIN).get()")
             && check_signed(checks, INT64_MIN, add(borrow(largest), 1), "counter(INT64_MAX).add(1)")
             && check_signed(checks, INT64_MAX, add(borrow(smallest), -1), "counter(INT64_MIN).add(-1)")
             && check_signed(checks, 0, add(borrow(largest), INT64_MIN), "counter(INT64_MIN).add(INT64_MIN)");
  drop(largest);
  drop(smallest);
  return passed;
}

static bool merge(checks *checks) {
  counter sum = test_resources_resources_static_counter_merge(new_counter(30), new_counter(12));
  bool passed = check_signed(checks, 42, get(borrow(sum)), "counter.merge(counter(30), counter(12)).get()");
  drop(sum);

  sum = test_resources_resources_static_counter_merge(new_counter(INT64_MAX), new_counter(INT64_MAX));
  passed = passed && check_signed(checks, -2, get(borrow(sum)), "counter.merge(two counters of INT64_MAX).get()");
  drop(sum);
  return passed;
}

static bool name(checks *checks, holder h, caller_string_t expected) {
  caller_string_t result;
  test_resources_resources_method_holder_name(borrow_holder(h), &result);
  bool passed = check_string(checks, expected, result, "holder(%s, ...).name()", show_string(expected).text);
  caller_string_free(&result);
  return passed;
}

static bool holders(checks *checks) {
  holder h = new_holder(&STRING("é\0"), new_counter(5)), dropped = new_holder(&STRING(""), new_counter(1));
  bool passed = name(checks, h, STRING("é\0")) && name(checks, dropped, STRING(""))
             && check_signed(checks, 8, test_resources_resources_method_holder_add(borrow_holder(h), 3),
                             "holder(..., counter(5)).add(3)");
  test_resources_resources_holder_drop_own(dropped);

  counter inner = test_resources_resources_static_holder_open(h);
  passed = passed && check_signed(checks, 8, get(borrow(inner)), "holder.open(holder(..., counter(8))).get()");
  drop(inner);
  return passed;
}

static bool total(checks *checks, test_resources_resources_list_borrow_counter_t counters, int64_t expected) {
  return check_signed(checks, expected, test_resources_resources_total(&counters), "total(%zu counters)", counters.len);
}

static bool borrowed_lists(checks *checks) {
#define BORROWS(...) \
  LIST(test_resources_resources_list_borrow_counter_t, test_resources_resources_borrow_counter_t, __VA_ARGS__)
  counter a = new_counter(INT64_MAX), b = new_counter(2);
  bool passed = total(checks, (test_resources_resources_list_borrow_counter_t){0}, 0)
             && total(checks, BORROWS(borrow(b)), 2)
             && total(checks, BORROWS(borrow(a), borrow(b)), INT64_MIN + 1)
             && total(checks, BORROWS(borrow(b), borrow(b), borrow(b)), 6);
  drop(a);
  drop(b);
  return passed;
}

static bool owned_lists(checks *checks) {
  counters many;
  test_resources_resources_make_many(1000, &many);
  bool passed = check_unsigned(checks, 1000, many.len, "length of make-many(1000)");
  for (size_t i = 0; passed && i < many.len; i += 111)
    passed = check_signed(checks, i, get(borrow(many.ptr[i])), "make-many(1000)[%zu].get()", i);
  passed = passed && check_signed(checks, 499500, test_resources_resources_consume(&many), "consume(make-many(1000))");
  test_resources_resources_list_own_counter_free(&many);

  test_resources_resources_make_many(0, &many);
  passed = passed && check_unsigned(checks, 0, many.len, "length of make-many(0)")
        && check_signed(checks, 0, test_resources_resources_consume(&many), "consume([])");
  counters two = LIST(counters, counter, new_counter(INT64_MIN), new_counter(-1));
  return passed && check_signed(checks, INT64_MAX, test_resources_resources_consume(&two), "consume(INT64_MIN and -1)");
}

static bool labels(checks *checks) {
  counters values = LIST(counters, counter, new_counter(7), new_counter(INT64_MIN), new_counter(7), new_counter(0));
  entries result;
  test_resources_resources_label(&values, &result);
  bool passed = check_unsigned(checks, 4, result.len, "length of label(four counters)")
             && check_string(checks, STRING("7"), result.ptr[0].name, "label(four counters)[0].name")
             && check_string(checks, STRING("-9223372036854775808"), result.ptr[1].name, "label(four counters)[1].name")
             && check_string(checks, STRING("7"), result.ptr[2].name, "label(four counters)[2].name")
             && check_string(checks, STRING("0"), result.ptr[3].name, "label(four counters)[3].name")
             && check_signed(checks, INT64_MIN, get(borrow(result.ptr[1].value)),
                             "label(four counters)[1].value.get()");

  // Tells the first 7 from the second.
  counter picked;
  passed = passed && check_signed(checks, 8, add(borrow(result.ptr[0].value), 1), "counter(7).add(1)")
        && check_bool(checks, true, test_resources_resources_pick(&result, &STRING("7"), &picked),
                      "is-some(pick(four entries, \"7\"))")
        && check_signed(checks, 8, get(borrow(picked)), "pick(four entries, \"7\").get()")
        && check_signed(checks, 8, test_resources_resources_redeem(&picked), "redeem(counter(8))");
  test_resources_resources_list_entry_free(&result);

  test_resources_resources_label(&(counters){0}, &result);
  return passed && check_unsigned(checks, 0, result.len, "length of label([])");
}

static bool options(checks *checks) {
  entries none = {0},
          two = LIST(entries, test_resources_resources_entry_t, {STRING("a"), new_counter(1)},
                     {STRING("b\0"), new_counter(2)});
  counter picked;
  return check_bool(checks, false, test_resources_resources_pick(&none, &STRING(""), &picked),
                    "is-some(pick([], \"\"))")
      && check_bool(checks, false, test_resources_resources_pick(&two, &STRING("b"), &picked),
                    "is-some(pick(two entries, \"b\"))")
      && check_signed(checks, -1, test_resources_resources_redeem(NULL), "redeem(none)");
}

bool exports_test_resources_check_resources_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = methods(&checks) && limits(&checks) && merge(&checks) && holders(&checks) && borrowed_lists(&checks)
             && owned_lists(&checks) && labels(&checks) && options(&checks);
  return checks_result(&checks, passed, ret, err);
}
