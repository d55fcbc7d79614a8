/* wasi-libc's wasi/libc.h, with the futex calls of its later versions. */
#include_next <wasi/libc.h>

#ifndef ONRAMP_WASI_LIBC_H
#define ONRAMP_WASI_LIBC_H

#include <time.h>

/* Macros: where the header has them as enumerators, they say the same. */
#define __WASILIBC_FUTEX_WAKE_ALL (-1)
#define __WASILIBC_FUTEX_YIELD (1 << 0)
#define __WASILIBC_FUTEX_TIMESPEC_ABSOLUTE (1 << 1)

#ifdef __cplusplus
extern "C" {
#endif

int __wasilibc_futex_wait(volatile int *address, int value, clockid_t clock,
                          const struct timespec *time, unsigned flags);
int __wasilibc_futex_wake(volatile int *address, int count, unsigned flags);

#ifdef __cplusplus
}
#endif

#endif
