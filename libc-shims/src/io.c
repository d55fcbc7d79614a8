/* poll and read: a thread that waits for a file descriptor lets others run.
 *
 * Linked with --wrap, so that libc's own calls (select, getchar) come here too. */
#include <poll.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "impl.h"

int __real_poll(struct pollfd *descriptors, nfds_t count, int milliseconds);
ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __real_readv(int descriptor, const struct iovec *parts, int count);

/* A thread's poll; on its stack. */
typedef struct waiter {
  struct pollfd *descriptors;
  nfds_t count;
  struct waiter *next;
} waiter;

enum { MOST_TOGETHER = 64, MILLISECOND = 1000000 };

static waiter *waiters;
static unsigned waiting;

static unsigned count_waiting(void) { return waiting; }

static void forget(waiter *gone) {
  waiter **link = &waiters;
  while (*link && *link != gone)
    link = &(*link)->next;
  if (!*link)
    return;
  *link = gone->next;
  waiting--;
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

/* All waiters' descriptors in one array; false when not all fit. */
static bool gather(struct pollfd *together, nfds_t *count) {
  *count = 0;
  for (waiter *each = waiters; each; each = each->next)
    for (nfds_t place = 0; place < each->count; place++) {
      if (*count == MOST_TOGETHER)
        return false;
      together[(*count)++] = each->descriptors[place];
    }
  return true;
}

/* The waiter's own array may be written: its poll asks again before it returns. */
static bool is_ready(const waiter *asked) {
  return __real_poll(asked->descriptors, asked->count, 0) != 0;
}

/* Wakes every waiter whose poll would return now; they then ask themselves. */
static void wake_ready(void) {
  waiter *next;
  for (waiter *each = waiters; each; each = next) {
    next = each->next;
    if (!is_ready(each))
      continue;
    forget(each);
    coop_wake_one(each);
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
  waiter self = {descriptors, count, waiters};
  waiters = &self;
  waiting++;
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
    int events = count ? __real_poll(descriptors, count, 0) : 0;
    if (events != 0 || milliseconds == 0)
      return events;
    coop_reason reason = count ? wait_for(descriptors, count, deadline)
                               : wait_cancellable(&deadline, "the time", NULL, deadline);
    if (reason == COOP_INTERRUPTED)
      act_on_cancel();
    if (reason == COOP_TIMED_OUT)
      return count ? __real_poll(descriptors, count, 0) : 0;
  }
}

/* Files never make a reader wait, and not every host can poll them. */
static bool is_file(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 &&
         (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

/* Waits until the descriptor can be read. */
static void wait_to_read(int descriptor) {
  act_on_cancel();
  if (coop_alive() < 2 || is_file(descriptor))
    return;
  struct pollfd one = {.fd = descriptor, .events = POLLIN};
  int saved = errno;
  __wrap_poll(&one, 1, -1);
  errno = saved;
}

ssize_t __wrap_read(int descriptor, void *buffer, size_t size) {
  wait_to_read(descriptor);
  return __real_read(descriptor, buffer, size);
}

ssize_t __wrap_readv(int descriptor, const struct iovec *parts, int count) {
  wait_to_read(descriptor);
  return __real_readv(descriptor, parts, count);
}
