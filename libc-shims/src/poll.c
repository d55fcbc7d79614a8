/* poll: a thread that waits for descriptors lets others run. Linked with --wrap, so
 * that libc's own calls (select) come here too. */
#include "descriptor.h"

/* A thread's poll; on its stack. */
typedef struct waiter {
  struct pollfd *descriptors;
  nfds_t count;
  bool has_pipe, has_other;
  struct waiter *next;
} waiter;

enum { MOST_TOGETHER = 64, MILLISECOND = 1000000 };

static waiter *waiters;

/* How many wait for descriptors of the host's. */
static unsigned count_waiting(void) {
  unsigned count = 0;
  for (waiter *each = waiters; each; each = each->next)
    count += each->has_other;
  return count;
}

static void forget(waiter *gone) {
  waiter **link = &waiters;
  while (*link && *link != gone)
    link = &(*link)->next;
  if (*link)
    *link = gone->next;
}

/* Rounded up: never early. */
static int milliseconds_until(coop_time deadline) {
  if (deadline == COOP_FOREVER)
    return -1;
  coop_time left = deadline - coop_now();
  if (left <= 0)
    return 0;
  left = (left + MILLISECOND - 1) / MILLISECOND;
  return left > INT_MAX ? INT_MAX : (int)left;
}

/* Asks the host about its descriptors, `limit` as poll takes it; -1 and errno: an error. */
static int ask_host(struct pollfd *descriptors, nfds_t count, int limit) {
  struct pollfd asked[MOST_TOGETHER];
  nfds_t places[MOST_TOGETHER], together = 0;
  for (nfds_t place = 0; place < count && together < MOST_TOGETHER; place++) {
    if (descriptors[place].fd < 0 || is_pipe(descriptors[place].fd))
      continue;
    places[together] = place;
    asked[together++] = descriptors[place];
  }
  if (together == 0)
    return 0;
  int events = __real_poll(asked, together, limit);
  for (nfds_t place = 0; place < together; place++)
    descriptors[places[place]].revents = asked[place].revents;
  return events;
}

/* What a poll that does not wait tells. */
static int look(struct pollfd *descriptors, nfds_t count) {
  int events = 0;
  for (nfds_t place = 0; place < count; place++) {
    descriptors[place].revents = 0;
    if (is_pipe(descriptors[place].fd))
      descriptors[place].revents = pipe_events(descriptors[place].fd, descriptors[place].events);
    events += descriptors[place].revents != 0;
  }
  int told = ask_host(descriptors, count, 0);
  return told < 0 ? told : events + told;
}

/* All waiters' host descriptors in one array; false when not all fit. */
static bool gather(struct pollfd *together, nfds_t *count) {
  *count = 0;
  for (waiter *each = waiters; each; each = each->next)
    for (nfds_t place = 0; place < each->count; place++) {
      if (is_pipe(each->descriptors[place].fd))
        continue;
      if (*count == MOST_TOGETHER)
        return false;
      together[(*count)++] = each->descriptors[place];
    }
  return true;
}

static void wake(waiter *each) {
  forget(each);
  coop_wake_one(each);
}

/* Wakes every waiter whose poll would return now; they then ask themselves. */
static void wake_ready(void) {
  waiter *next;
  for (waiter *each = waiters; each; each = next) {
    next = each->next;
    if (each->has_other && ask_host(each->descriptors, each->count, 0) != 0)
      wake(each);
  }
}

void pipes_changed(void) {
  waiter *next;
  for (waiter *each = waiters; each; each = next) {
    next = each->next;
    if (each->has_pipe)
      wake(each);
  }
}

static void wait_in_host(coop_time deadline) {
  struct pollfd together[MOST_TOGETHER];
  int limit = milliseconds_until(deadline);
  nfds_t count;
  if (!gather(together, &count) && limit != 0)
    limit = 1; /* those that did not fit are asked every millisecond */
  if (limit != 0)
    __real_poll(together, count, limit);
  wake_ready();
}

static const coop_source descriptors_source = {count_waiting, wait_in_host};

static coop_reason wait_for(struct pollfd *descriptors, nfds_t count, coop_time deadline) {
  waiter self = {descriptors, count, false, false, waiters};
  for (nfds_t place = 0; place < count; place++) {
    self.has_pipe |= is_pipe(descriptors[place].fd);
    self.has_other |= descriptors[place].fd >= 0 && !is_pipe(descriptors[place].fd);
  }
  waiters = &self;
  coop_set_source(&descriptors_source);
  coop_reason reason = wait_cancellable(&self, "a file descriptor", NULL, deadline);
  forget(&self);
  return reason;
}

static coop_time deadline_in(int milliseconds) {
  if (milliseconds < 0)
    return COOP_FOREVER;
  return coop_now() + (coop_time)milliseconds * MILLISECOND;
}

int __wrap_poll(struct pollfd *descriptors, nfds_t count, int milliseconds) {
  act_on_cancel();
  coop_time deadline = deadline_in(milliseconds);
  for (;;) {
    int events = look(descriptors, count);
    if (events != 0)
      return events;
    if (milliseconds == 0) {
      coop_preempt(COOP_REFUSED);
      return 0;
    }
    coop_reason reason = wait_for(descriptors, count, deadline);
    if (reason == COOP_INTERRUPTED) {
      act_on_cancel();
      errno = EINTR;
      return -1;
    }
    if (reason == COOP_TIMED_OUT)
      return look(descriptors, count);
  }
}
