/* Pipes between the program's own threads. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"

enum {
  CAPACITY = 65536,
  ATOMIC = 4096,          /* PIPE_BUF: shorter writes are not torn */
  MOST_ENDS = 256,
  FIRST_DESCRIPTOR = 768, /* libc's are given from 0 up; select has 1024 */
};

typedef struct {
  char *bytes;
  size_t start, used;
  bool has_reader, has_writer;
} channel;

typedef struct {
  channel *channel; /* NULL: not open */
  bool writes;
  int flags;
} end;

static end ends[MOST_ENDS];

static end *end_of(int descriptor) { return &ends[descriptor - FIRST_DESCRIPTOR]; }

bool is_pipe(int descriptor) {
  return descriptor >= FIRST_DESCRIPTOR && descriptor < FIRST_DESCRIPTOR + MOST_ENDS &&
         end_of(descriptor)->channel;
}

static int fail(int error) {
  errno = error;
  return -1;
}

/* A descriptor for one end, or -1. */
static int open_end(channel *channel, bool writes, int flags) {
  for (int place = 0; place < MOST_ENDS; place++) {
    if (ends[place].channel)
      continue;
    ends[place] = (end){channel, writes, flags};
    return FIRST_DESCRIPTOR + place;
  }
  return fail(EMFILE);
}

static channel *new_channel(void) {
  channel *made = malloc(sizeof *made);
  char *bytes = malloc(CAPACITY);
  if (made && bytes) {
    *made = (channel){.bytes = bytes, .has_reader = true, .has_writer = true};
    return made;
  }
  free(made);
  free(bytes);
  errno = ENOMEM;
  return NULL;
}

static void free_channel(channel *channel) {
  free(channel->bytes);
  free(channel);
}

int pipe2(int descriptors[2], int flags) {
  channel *channel = new_channel();
  if (!channel)
    return -1;
  int reader = open_end(channel, false, flags & O_NONBLOCK);
  int writer = reader < 0 ? -1 : open_end(channel, true, flags & O_NONBLOCK);
  if (writer < 0) {
    if (reader >= 0)
      end_of(reader)->channel = NULL;
    free_channel(channel);
    return -1;
  }
  descriptors[0] = reader;
  descriptors[1] = writer;
  return 0;
}

int pipe(int descriptors[2]) { return pipe2(descriptors, 0); }

/* Wakes whoever waits for the other end to do something. */
static void changed(channel *channel) {
  coop_wake_all(channel);
  pipes_changed();
}

int pipe_close(int descriptor) {
  end *mine = end_of(descriptor);
  channel *channel = mine->channel;
  mine->channel = NULL;
  if (mine->writes)
    channel->has_writer = false;
  else
    channel->has_reader = false;
  changed(channel);
  if (!channel->has_reader && !channel->has_writer && !coop_has_waiters(channel))
    free_channel(channel);
  return 0;
}

/* Copies out of the ring. */
static size_t take(channel *channel, char *to, size_t size) {
  size_t taken = 0;
  while (taken < size && channel->used) {
    size_t run = CAPACITY - channel->start;
    run = run < channel->used ? run : channel->used;
    run = run < size - taken ? run : size - taken;
    memcpy(to + taken, channel->bytes + channel->start, run);
    channel->start = (channel->start + run) % CAPACITY;
    channel->used -= run;
    taken += run;
  }
  return taken;
}

/* Copies into the ring what fits. */
static size_t put(channel *channel, const char *from, size_t size) {
  size_t given = 0;
  while (given < size && channel->used < CAPACITY) {
    size_t end = (channel->start + channel->used) % CAPACITY;
    size_t run = channel->used + channel->start < CAPACITY ? CAPACITY - end
                                                           : CAPACITY - channel->used;
    run = run < size - given ? run : size - given;
    memcpy(channel->bytes + end, from + given, run);
    channel->used += run;
    given += run;
  }
  return given;
}

/* Waits for the other end; false: the descriptor was closed meanwhile. */
static bool wait_for_other(int descriptor, channel *channel, const char *what) {
  if (wait_cancellable(channel, what, NULL, COOP_FOREVER) == COOP_INTERRUPTED)
    act_on_cancel();
  return is_pipe(descriptor) && end_of(descriptor)->channel == channel;
}

static size_t size_of(const struct iovec *parts, int count) {
  size_t size = 0;
  for (int place = 0; place < count; place++)
    size += parts[place].iov_len;
  return size;
}

ssize_t pipe_read(int descriptor, const struct iovec *parts, int count) {
  channel *channel = end_of(descriptor)->channel;
  if (end_of(descriptor)->writes)
    return fail(EBADF);
  if (size_of(parts, count) == 0)
    return 0;
  while (channel->used == 0) {
    if (!channel->has_writer)
      return 0;
    if (end_of(descriptor)->flags & O_NONBLOCK) {
      coop_preempt(COOP_REFUSED);
      return fail(EAGAIN);
    }
    if (!wait_for_other(descriptor, channel, "a pipe (read)"))
      return fail(EBADF);
  }
  size_t taken = 0;
  for (int place = 0; place < count; place++)
    taken += take(channel, parts[place].iov_base, parts[place].iov_len);
  changed(channel);
  return (ssize_t)taken;
}

/* Whether a write of so many bytes has to wait. */
static bool is_full(const channel *channel, size_t size) {
  size_t room = CAPACITY - channel->used;
  return size <= ATOMIC ? room < size : room == 0;
}

/* Writes one part, waiting for room; the bytes that were written, or -1 for none. */
static ssize_t write_part(int descriptor, const char *bytes, size_t size) {
  channel *channel = end_of(descriptor)->channel;
  size_t given = 0;
  while (given < size) {
    if (!channel->has_reader)
      return fail(EPIPE);
    if (!is_full(channel, size - given)) {
      given += put(channel, bytes + given, size - given);
      changed(channel);
      continue;
    }
    if (end_of(descriptor)->flags & O_NONBLOCK) {
      coop_preempt(COOP_REFUSED);
      return given ? (ssize_t)given : fail(EAGAIN);
    }
    if (!wait_for_other(descriptor, channel, "a pipe (write)"))
      return fail(EBADF);
  }
  return (ssize_t)given;
}

ssize_t pipe_write(int descriptor, const struct iovec *parts, int count) {
  if (!end_of(descriptor)->writes)
    return fail(EBADF);
  ssize_t total = 0;
  for (int place = 0; place < count; place++) {
    ssize_t given = write_part(descriptor, parts[place].iov_base, parts[place].iov_len);
    if (given < 0)
      return total ? total : -1;
    total += given;
    if ((size_t)given < parts[place].iov_len)
      break;
  }
  return total;
}

short pipe_events(int descriptor, short events) {
  const end *mine = end_of(descriptor);
  const channel *channel = mine->channel;
  short told = 0;
  if (mine->writes) {
    if (!channel->has_reader)
      told |= POLLERR;
    else if (!is_full(channel, 1))
      told |= events & POLLOUT;
  } else {
    if (channel->used)
      told |= events & POLLIN;
    if (!channel->has_writer)
      told |= POLLHUP;
  }
  return told;
}

int pipe_control(int descriptor, int command, int argument) {
  end *mine = end_of(descriptor);
  switch (command) {
  case F_GETFL:
    return mine->flags | (mine->writes ? O_WRONLY : O_RDONLY);
  case F_SETFL:
    mine->flags = argument & O_NONBLOCK;
    return 0;
  case F_GETFD:
  case F_SETFD:
    return 0;
  default:
    return fail(EINVAL);
  }
}

int pipe_status(int descriptor, struct stat *status) {
  *status = (struct stat){.st_mode = S_IFIFO | 0600,
                          .st_nlink = 1,
                          .st_blksize = ATOMIC,
                          .st_size = (off_t)end_of(descriptor)->channel->used};
  return 0;
}
