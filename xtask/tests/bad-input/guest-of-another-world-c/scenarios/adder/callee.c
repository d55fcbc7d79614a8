#include "callee.h"

uint64_t exports_test_adder_adder_add(uint64_t a, uint64_t b) {
  return a + b;
}
