/* Sleeping: the calling thread's time passes, others run. Cancellation points. */
#include <unistd.h>

#include "impl.h"

#ifndef TIMER_ABSTIME
#define TIMER_ABSTIME 1
#endif

enum { NANOSECONDS = 1000000000, MICROSECONDS = 1000000 };

static coop_time length_of(const struct timespec *time) {
  coop_time nanoseconds;
  if (__builtin_mul_overflow((coop_time)time->tv_sec, NANOSECONDS, &nanoseconds) ||
      __builtin_add_overflow(nanoseconds, time->tv_nsec, &nanoseconds))
    return COOP_FOREVER;
  return nanoseconds;
}

static coop_time deadline_after(const struct timespec *time) {
  coop_time deadline;
  if (__builtin_add_overflow(coop_now(), length_of(time), &deadline))
    return COOP_FOREVER - 1;
  return deadline;
}

static void tell_left(coop_time deadline, struct timespec *left) {
  coop_time nanoseconds = deadline - coop_now();
  if (nanoseconds < 0)
    nanoseconds = 0;
  left->tv_sec = nanoseconds / NANOSECONDS;
  left->tv_nsec = (long)(nanoseconds % NANOSECONDS);
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time,
                    struct timespec *left) {
  act_on_cancel();
  if (!known_clock(clock) || !valid_time(time) || time->tv_sec < 0)
    return EINVAL;
  bool absolute = flags & TIMER_ABSTIME;
  coop_time deadline = absolute ? deadline_on(clock, time) : deadline_after(time);
  if (wait_cancellable(coop_self(), "the time", NULL, deadline) != COOP_INTERRUPTED)
    return 0;
  act_on_cancel();
  if (left && !absolute)
    tell_left(deadline, left);
  return EINTR;
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
  struct timespec time = {seconds, 0}, left = {0, 0};
  if (nanosleep(&time, &left) == 0)
    return 0;
  return (unsigned)left.tv_sec + (left.tv_nsec > 0);
}
