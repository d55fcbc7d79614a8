#include <stdlib.h>

#include "callee.h"

// Each call leaves one block of memory behind.
uint32_t exports_test_adder_adder_add(uint32_t a, uint32_t b) {
  uint32_t *volatile sum = malloc(sizeof *sum);
  *sum = a + b;
  return *sum;
}
