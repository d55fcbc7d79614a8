/* What wasi-libc's own tests ask of the header of this name: a message marks the test as failed, and main returns t_status. */
#ifndef TEST_H
#define TEST_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int t_status;

#define t_error(...) t_report(__FILE__, __LINE__, __VA_ARGS__)

__attribute__((unused, format(printf, 3, 4))) static void t_report(const char *file, int line, const char *format, ...) {
  va_list values;
  va_start(values, format);
  printf("%s:%d: ", file, line);
  vprintf(format, values);
  va_end(values);
  t_status = 1;
}

#endif
