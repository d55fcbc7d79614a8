#include "caller.h"

bool exports_test_adder_check_adder_run(uint32_t *made, caller_string_t *failure) {
  uint32_t sum = test_adder_adder_add(2, 3);
  if (sum != 5) {
    caller_string_dup(failure, "add(2, 3): expected 5, got another sum");
    return false;
  }
  *made = 1;
  return true;
}
