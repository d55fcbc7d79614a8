/* Absolute times of POSIX's clocks, on the scheduler's. */
#include "impl.h"

enum { NANOSECONDS = 1000000000 };

bool valid_time(const struct timespec *time) {
  return time->tv_nsec >= 0 && time->tv_nsec < NANOSECONDS;
}

bool known_clock(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

/* Nanoseconds from `since` to `until`, without overflow. */
static coop_time between(const struct timespec *since, const struct timespec *until) {
  time_t seconds;
  coop_time nanoseconds;
  if (__builtin_sub_overflow(until->tv_sec, since->tv_sec, &seconds))
    return until->tv_sec < 0 ? -1 : COOP_FOREVER;
  if (__builtin_mul_overflow((coop_time)seconds, NANOSECONDS, &nanoseconds))
    return seconds < 0 ? -1 : COOP_FOREVER;
  nanoseconds += until->tv_nsec;
  return nanoseconds - since->tv_nsec;
}

/* The clock is read before the scheduler's, so that the answer is never early. */
coop_time deadline_on(clockid_t clock, const struct timespec *time) {
  struct timespec now;
  coop_time deadline;
  clock_gettime(clock, &now);
  coop_time left = between(&now, time);
  if (left <= 0)
    return 0;
  if (__builtin_add_overflow(coop_now(), left, &deadline))
    return COOP_FOREVER;
  return deadline;
}
