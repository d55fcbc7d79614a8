/* wasi-libc's futex calls (its wasi/libc.h describes them): errors are negated. */
#include <wasi/libc.h>

#include "impl.h"

static coop_time deadline_of(clockid_t clock, const struct timespec *time, unsigned flags) {
  if (!time)
    return COOP_FOREVER;
  if (flags & __WASILIBC_FUTEX_TIMESPEC_ABSOLUTE)
    return deadline_on(clock, time);
  struct timespec until;
  clock_gettime(clock, &until);
  until.tv_nsec += time->tv_nsec;
  until.tv_sec += time->tv_sec + until.tv_nsec / 1000000000;
  until.tv_nsec %= 1000000000;
  return deadline_on(clock, &until);
}

static bool is_valid(const volatile int *address, clockid_t clock,
                     const struct timespec *time, unsigned flags) {
  if ((uintptr_t)address % sizeof *address || !known_clock(clock))
    return false;
  if (!time)
    return true;
  bool absolute = flags & __WASILIBC_FUTEX_TIMESPEC_ABSOLUTE;
  return valid_time(time) && (absolute || time->tv_sec >= 0);
}

int __wasilibc_futex_wait(volatile int *address, int value, clockid_t clock,
                          const struct timespec *time, unsigned flags) {
  if (!is_valid(address, clock, time, flags))
    return -EINVAL;
  if (*address != value)
    return -EWOULDBLOCK;
  coop_time deadline = deadline_of(clock, time, flags);
  coop_reason reason = coop_wait((const void *)address, "futex", NULL, deadline);
  return reason == COOP_TIMED_OUT ? -ETIMEDOUT : 0;
}

int __wasilibc_futex_wake(volatile int *address, int count, unsigned flags) {
  if (flags & ~(unsigned)__WASILIBC_FUTEX_YIELD)
    return -EINVAL;
  int woken = 0;
  while ((count < 0 || woken < count) && coop_wake_one((const void *)address))
    woken++;
  if (flags & __WASILIBC_FUTEX_YIELD)
    coop_yield();
  return woken;
}
