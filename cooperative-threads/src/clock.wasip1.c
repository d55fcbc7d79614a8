/* The clock of WASI 0.1. */
#include <wasi/wasip1.h>

#include "internal.h"

coop_time coop_host_now(void) {
  __wasi_timestamp_t now = 0;
  if (__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &now) != 0)
    coop_fatal("the host has no monotonic clock");
  return (coop_time)now;
}

void coop_host_sleep_until(coop_time deadline) {
  __wasi_subscription_t timer = {
      .u = {.tag = __WASI_EVENTTYPE_CLOCK,
            .u.clock = {.id = __WASI_CLOCKID_MONOTONIC,
                        .timeout = (__wasi_timestamp_t)deadline,
                        .flags = __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME}},
  };
  __wasi_event_t event;
  __wasi_size_t events;
  if (__wasi_poll_oneoff(&timer, &event, 1, &events) != 0)
    coop_fatal("the host cannot wait for its monotonic clock");
}
