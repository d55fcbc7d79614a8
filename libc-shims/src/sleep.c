/* Sleeping: the calling thread's time passes, others run. Cancellation points. */
#include <unistd.h>

#include "impl.h"

#ifndef TIMER_ABSTIME
#define TIMER_ABSTIME 1
#endif

enum { NANOSECONDS = 1000000000, MICROSECONDS = 1000000 };

static coop_reason sleep_for(coop_time nanoseconds) {
  coop_time deadline;
  if (__builtin_add_overflow(coop_now(), nanoseconds, &deadline))
    deadline = COOP_FOREVER - 1;
  return wait_cancellable(coop_self(), "the time", NULL, deadline);
}

static coop_time length_of(const struct timespec *time) {
  coop_time nanoseconds;
  if (__builtin_mul_overflow((coop_time)time->tv_sec, NANOSECONDS, &nanoseconds) ||
      __builtin_add_overflow(nanoseconds, time->tv_nsec, &nanoseconds))
    return COOP_FOREVER;
  return nanoseconds;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                    struct timespec *left) {
  (void)left; /* only signals end a sleep early */
  act_on_cancel();
  if (!known_clock(clock) || !valid_time(time) || time->tv_sec < 0)
    return EINVAL;
  coop_reason reason;
  if (flags & TIMER_ABSTIME)
    reason = wait_cancellable(coop_self(), "the time", NULL, deadline_on(clock, time));
  else
    reason = sleep_for(length_of(time));
  if (reason == COOP_INTERRUPTED)
    act_on_cancel();
  return 0;
}

int __clock_nanosleep(clockid_t, int, const struct timespec *, struct timespec *)
    __attribute__((alias("clock_nanosleep")));

int nanosleep(const struct timespec *time, struct timespec *left) {
  int error = clock_nanosleep(CLOCK_MONOTONIC, 0, time, left);
  if (error)
    errno = error;
  return error ? -1 : 0;
}

int usleep(useconds_t microseconds) {
  struct timespec time = {microseconds / MICROSECONDS,
                          (long)(microseconds % MICROSECONDS) * 1000};
  return nanosleep(&time, NULL);
}

unsigned sleep(unsigned seconds) {
  struct timespec time = {seconds, 0};
  nanosleep(&time, NULL);
  return 0;
}
