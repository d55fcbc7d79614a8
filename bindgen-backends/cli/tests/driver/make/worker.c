#include "worker.h"

void *work(void *argument) {
  int *number = argument;
  *number *= 2;
  return number;
}
