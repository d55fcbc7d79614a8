#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "caller.h"
#include "check.h"

static bool output(unsigned round) {
  char line[40];
  printf("round %u of the caller\n", round);
  fflush(stdout);
  int length = snprintf(line, sizeof line, "round %u of the callee", round);
  test_wasi_surroundings_say(&(caller_string_t){(uint8_t *)line, length});
  fprintf(stderr, "round %u of the caller again\n", round);
  return true;
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static bool clocks(checks *checks) {
  uint64_t start = now();
  if (!check_bool(checks, true, test_wasi_surroundings_sleep(2) >= 2000000, "sleep(2) >= 2000000")) return false;
  int result = nanosleep(&(struct timespec){0, 2000000}, NULL);
  return check_signed(checks, 0, result, "nanosleep of the caller")
      && check_bool(checks, true, now() - start >= 4000000, "both slept 4 ms");
}

static bool entropy(checks *checks) {
  uint64_t one = test_wasi_surroundings_random(), other = test_wasi_surroundings_random(), own;
  return check_signed(checks, 0, getentropy(&own, sizeof own), "getentropy of the caller")
      && check_bool(checks, true, one != other && other != own && own != one, "random() and another differ");
}

static bool environment(checks *checks) {
  caller_string_t value;
  bool found = test_wasi_surroundings_variable(&STRING("ONRAMP_UNSET"), &value);
  if (found) caller_string_free(&value);
  return check_bool(checks, getenv("ONRAMP_UNSET") != NULL, found, "variable(\"ONRAMP_UNSET\")");
}

static bool files(checks *checks) {
  caller_list_u8_t input;
  test_wasi_surroundings_input(&input);
  size_t length = input.len;
  caller_list_u8_free(&input);
  char byte;
  return check_unsigned(checks, 0, length, "input()")
      && check_signed(checks, 0, read(STDIN_FILENO, &byte, 1), "read of the caller")
      && check_bool(checks, false, test_wasi_surroundings_opens(&STRING("/none")), "opens(\"/none\")")
      && check_signed(checks, -1, open("/none", O_RDONLY), "open of the caller");
}

bool exports_test_wasi_check_wasi_run(uint32_t *ret, caller_string_t *err) {
  checks checks = {0};
  bool passed = true;
  for (unsigned round = 0; passed && round < 3; round++)
    passed = output(round) && clocks(&checks) && entropy(&checks) && environment(&checks) && files(&checks);
  return checks_result(&checks, passed, ret, err);
}
