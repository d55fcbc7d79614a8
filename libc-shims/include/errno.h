/* errno: a plain variable in a wasi-libc without threads. The scheduler keeps one
 * value per thread and exchanges them, so it must not be declared thread-local. */
#ifndef ONRAMP_ERRNO_H
#define ONRAMP_ERRNO_H

#include <__errno_values.h>

#ifdef __cplusplus
extern "C" {
#endif

extern int errno;
#define errno errno

#ifdef _GNU_SOURCE
extern char *program_invocation_short_name, *program_invocation_name;
#endif

#ifdef __cplusplus
}
#endif

#endif
