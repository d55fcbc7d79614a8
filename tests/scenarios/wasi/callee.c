#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "callee.h"
#include "text.h"

void exports_test_wasi_surroundings_say(callee_string_t *line) {
  printf("%.*s\n", (int)line->len, (char *)line->ptr);
  fflush(stdout);
  fprintf(stderr, "%.*s\n", (int)line->len, (char *)line->ptr);
  callee_string_free(line);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000ull + time.tv_nsec;
}

uint64_t exports_test_wasi_surroundings_sleep(uint32_t milliseconds) {
  uint64_t start = now();
  nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000}, NULL);
  return now() - start;
}

uint64_t exports_test_wasi_surroundings_random(void) {
  uint64_t random;
  if (getentropy(&random, sizeof random) != 0) abort();
  return random;
}

bool exports_test_wasi_surroundings_variable(callee_string_t *name, callee_string_t *ret) {
  text_t text = {0};
  text_append(&text, name->ptr, name->len);
  text_append(&text, "", 1);
  const char *value = getenv((char *)text.ptr);
  release(text.ptr, text.len);
  callee_string_free(name);
  if (value == NULL) return false;
  callee_string_dup(ret, value);
  return true;
}

void exports_test_wasi_surroundings_input(callee_list_u8_t *ret) {
  text_t text = {0};
  uint8_t block[256];
  for (ssize_t count; (count = read(STDIN_FILENO, block, sizeof block)) != 0;) {
    if (count < 0) abort();
    text_append(&text, block, count);
  }
  *ret = (callee_list_u8_t){text.ptr, text.len};
}

bool exports_test_wasi_surroundings_opens(callee_string_t *path) {
  text_t text = {0};
  text_append(&text, path->ptr, path->len);
  text_append(&text, "", 1);
  int file = open((char *)text.ptr, O_RDONLY);
  if (file >= 0) close(file);
  release(text.ptr, text.len);
  callee_string_free(path);
  return file >= 0;
}
