#include "callee.h"

uint32_t exports_test_adder_adder_add(uint32_t a, uint32_t b) {
  return a + b;
}
