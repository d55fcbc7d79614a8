#include <inttypes.h>
#include <stdio.h>

#include "callee.h"
#include "text.h"

exports_test_host_desk_own_ticket_t exports_test_host_desk_issue(callee_string_t *label) {
  exports_test_host_desk_own_ticket_t ticket = test_host_host_constructor_ticket(label);
  callee_string_free(label);
  return ticket;
}

void exports_test_host_desk_inspect(exports_test_host_desk_borrow_ticket_t t, callee_string_t *ret) {
  char number[16];
  int digits = snprintf(number, sizeof number, "%" PRIu32 ":", test_host_host_method_ticket_number(t));
  callee_string_t label;
  test_host_host_method_ticket_label(t, &label);
  test_host_host_ticket_drop_borrow(t);

  text_t text = {0};
  text_append(&text, number, digits);
  text_append(&text, label.ptr, label.len);
  callee_string_free(&label);
  *ret = (callee_string_t){text.ptr, text.len};
}

uint32_t exports_test_host_desk_collect(exports_test_host_desk_own_ticket_t t) {
  uint32_t number = test_host_host_method_ticket_number(test_host_host_borrow_ticket(t));
  test_host_host_ticket_drop_own(t);
  return number;
}

uint32_t exports_test_host_desk_product(callee_list_u32_t *numbers) {
  uint32_t product = 1;
  for (size_t i = 0; i < numbers->len; i++) product = test_host_host_multiply(product, numbers->ptr[i]);
  callee_list_u32_free(numbers);
  return product;
}

void exports_test_host_desk_labels(exports_test_host_desk_list_own_ticket_t *tickets, callee_string_t *ret) {
  callee_list_string_t labels = {allocate(tickets->len, sizeof *labels.ptr), tickets->len};
  for (size_t i = 0; i < tickets->len; i++) {
    test_host_host_method_ticket_label(test_host_host_borrow_ticket(tickets->ptr[i]), &labels.ptr[i]);
    test_host_host_ticket_drop_own(tickets->ptr[i]);
  }
  exports_test_host_desk_list_own_ticket_free(tickets);

  callee_string_t separator;
  callee_string_set(&separator, "+");
  test_host_host_join(&labels, &separator, ret);
  callee_list_string_free(&labels);
}
