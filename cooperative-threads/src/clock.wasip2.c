/* The clock of WASI 0.2. */
#include <wasi/wasip2.h>

#include "internal.h"

coop_time coop_host_now(void) { return (coop_time)monotonic_clock_now(); }

void coop_host_sleep_until(coop_time deadline) {
  monotonic_clock_own_pollable_t timer =
      monotonic_clock_subscribe_instant((monotonic_clock_instant_t)deadline);
  poll_method_pollable_block(poll_borrow_pollable(timer));
  poll_pollable_drop_own(timer);
}
