#include "caller.h"
#include "check.h"

typedef test_host_host_own_ticket_t ticket;

#define borrow test_host_host_borrow_ticket
#define new_ticket test_host_host_constructor_ticket
#define drop test_host_host_ticket_drop_own
#define number test_host_host_method_ticket_number

/// How many tickets there have to be, and the number of the next one.
static uint32_t open_tickets, next_number;

static bool count(checks *checks, uint32_t made, uint32_t gone, const char *call) {
  open_tickets += made - gone;
  next_number += made;
  return check_unsigned(checks, open_tickets, test_host_host_open_tickets(), "open-tickets() after %s", call);
}

static bool label(checks *checks, ticket t, caller_string_t expected) {
  caller_string_t result;
  test_host_host_method_ticket_label(borrow(t), &result);
  bool passed = check_string(checks, expected, result, "ticket(%s).label()", show_string(expected).text);
  caller_string_free(&result);
  return passed;
}

static bool inspect(checks *checks, ticket t, uint32_t ticket_number, const char *ticket_label) {
  shown text = show("%" PRIu32 ":%s", ticket_number, ticket_label);
  caller_string_t result;
  test_host_desk_inspect(borrow(t), &result);
  bool passed = check_string(checks, (caller_string_t){(uint8_t *)text.text, strlen(text.text)}, result,
                             "inspect(ticket %" PRIu32 ")", ticket_number);
  caller_string_free(&result);
  return passed;
}

static bool join(checks *checks, caller_list_string_t strings, caller_string_t separator, caller_string_t expected) {
  caller_string_t result;
  test_host_host_join(&strings, &separator, &result);
  bool passed = check_string(checks, expected, result, "join(%zu strings, %s)", strings.len,
                             show_string(separator).text);
  caller_string_free(&result);
  return passed;
}

static bool host_functions(checks *checks) {
#define STRINGS(...) LIST(caller_list_string_t, caller_string_t, __VA_ARGS__)
  return check_unsigned(checks, 42, test_host_host_multiply(6, 7), "multiply(6, 7)")
      && check_unsigned(checks, 0, test_host_host_multiply(65536, 65536), "multiply(65536, 65536)")
      && check_unsigned(checks, 1, test_host_host_multiply(4294967295, 4294967295), "multiply(4294967295, 4294967295)")
      && join(checks, (caller_list_string_t){0}, STRING("-"), STRING(""))
      && join(checks, STRINGS(STRING("one")), STRING("-"), STRING("one"))
      && join(checks, STRINGS(STRING("é"), STRING(""), STRING("𝄞\0")), STRING("€ "), STRING("é€ € 𝄞\0"));
}

static bool host_tickets(checks *checks) {
  ticket first = new_ticket(&STRING("é\0")), second = new_ticket(&STRING(""));
  next_number = number(borrow(first));
  bool passed = check_bool(checks, true, next_number >= 1, "ticket(\"first\").number() >= 1")
             && check_unsigned(checks, next_number + 1, number(borrow(second)), "ticket(\"second\").number()")
             && label(checks, first, STRING("é\0")) && label(checks, second, STRING(""))
             && count(checks, 2, 0, "making two tickets");
  drop(first);
  passed = passed && count(checks, 0, 1, "dropping a ticket") && label(checks, second, STRING(""));
  drop(second);
  return passed && count(checks, 0, 1, "dropping another ticket");
}

static bool desk_tickets(checks *checks) {
  ticket issued = test_host_desk_issue(&STRING("issued é")), own = new_ticket(&STRING("own"));
  uint32_t issued_number = next_number, own_number = next_number + 1;
  bool passed = count(checks, 2, 0, "issue(\"issued\")")
             && check_unsigned(checks, issued_number, number(borrow(issued)), "issue(\"issued\").number()")
             && label(checks, issued, STRING("issued é"))
             && inspect(checks, issued, issued_number, "issued é")
             && inspect(checks, own, own_number, "own")
             && inspect(checks, own, own_number, "own")
             && count(checks, 0, 0, "inspect");
  passed = check_unsigned(checks, own_number, test_host_desk_collect(own), "collect(ticket %" PRIu32 ")", own_number)
        && passed && count(checks, 0, 1, "collect(own)");
  passed = check_unsigned(checks, issued_number, test_host_desk_collect(issued), "collect(ticket %" PRIu32 ")",
                          issued_number)
        && passed && count(checks, 0, 1, "collect(issued)");
  return passed;
}

static bool product(checks *checks, caller_list_u32_t numbers, uint32_t expected) {
  return check_unsigned(checks, expected, test_host_desk_product(&numbers), "product(%zu numbers)", numbers.len);
}

static bool labels(checks *checks, test_host_desk_list_own_ticket_t tickets, caller_string_t expected) {
  caller_string_t result;
  test_host_desk_labels(&tickets, &result);
  bool passed = check_string(checks, expected, result, "labels(%zu tickets)", tickets.len)
             && count(checks, tickets.len, tickets.len, "labels");
  caller_string_free(&result);
  return passed;
}

static bool desk_lists(checks *checks) {
#define TICKETS(...) LIST(test_host_desk_list_own_ticket_t, ticket, __VA_ARGS__)
  return product(checks, (caller_list_u32_t){0}, 1)
      && product(checks, LIST(caller_list_u32_t, uint32_t, 4294967295), 4294967295)
      && product(checks, LIST(caller_list_u32_t, uint32_t, 2, 3, 7), 42)
      && product(checks, LIST(caller_list_u32_t, uint32_t, 65537, 65537, 3), 393219)
      && labels(checks, (test_host_desk_list_own_ticket_t){0}, STRING(""))
      && labels(checks, TICKETS(new_ticket(&STRING("one"))), STRING("one"))
      && labels(checks,
                TICKETS(new_ticket(&STRING("é")), new_ticket(&STRING("")), test_host_desk_issue(&STRING("\0𝄞"))),
                STRING("é++\0𝄞"));
}

bool exports_test_host_check_host_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  open_tickets = test_host_host_open_tickets();
  bool passed = host_functions(&checks) && host_tickets(&checks) && desk_tickets(&checks) && desk_lists(&checks);
  return checks_result(&checks, passed, ret, err);
}
