/* The Component Model's thread built-ins with nothing around them: `builtins ROW NUMBER` prints as posix.c does. The threads'
 * functions use no stack, so that they need none. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BUILT_IN(name) __attribute__((import_module("$root"), import_name(name)))

BUILT_IN("[thread-new-indirect-v0]") uint32_t new_indirect(void (*entry)(uint32_t), uint32_t argument);
BUILT_IN("[thread-index]") uint32_t thread_index(void);
BUILT_IN("[thread-yield]") uint32_t thread_yield(void);
BUILT_IN("[thread-yield-then-promote]") uint32_t yield_to(uint32_t thread);

static volatile uint32_t ended;
static uint32_t first, half;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static void yield_alone(uint32_t number) {
  for (uint32_t i = 0; i < number; i++)
    thread_yield();
}

static void yield_back(uint32_t argument) {
  (void)argument;
  for (uint32_t i = 0; i < half; i++)
    yield_to(first);
  ended = 1;
}

static void yield(uint32_t number) {
  ended = 0;
  half = number / 2;
  first = thread_index();
  uint32_t other = new_indirect(yield_back, 0);
  for (uint32_t i = 0; i < half || !ended; i++)
    yield_to(other);
}

static void end(uint32_t argument) {
  ended = argument;
}

static void create(uint32_t number) {
  for (uint32_t i = 1; i <= number; i++) {
    uint32_t thread = new_indirect(end, i);
    while (ended != i)
      yield_to(thread);
  }
}

static const struct {
  const char *name;
  void (*run)(uint32_t);
} rows[] = {{"yield-alone", yield_alone}, {"yield", yield}, {"create", create}};

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  uint32_t number = strtoul(argv[2], NULL, 10);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (!strcmp(rows[i].name, argv[1])) {
      rows[i].run(number / 10);
      double start = now();
      rows[i].run(number);
      printf("%.0f 0\n", now() - start);
      return 0;
    }
  return 2;
}
