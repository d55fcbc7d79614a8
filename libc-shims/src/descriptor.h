/* File descriptors that are ours and not libc's: pipes. */
#ifndef ONRAMP_DESCRIPTOR_H
#define ONRAMP_DESCRIPTOR_H

#include <poll.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "impl.h"

/* pipe.c. The functions take descriptors for which is_pipe holds. */
bool is_pipe(int descriptor);
ssize_t pipe_read(int descriptor, const struct iovec *parts, int count);
ssize_t pipe_write(int descriptor, const struct iovec *parts, int count);
int pipe_close(int descriptor);
int pipe_control(int descriptor, int command, int argument);
int pipe_status(int descriptor, struct stat *status);

/* What a poll for `events` would tell about a pipe now. */
short pipe_events(int descriptor, short events);

/* poll.c: threads that poll pipes look again. */
void pipes_changed(void);

/* The calls of libc that ours stand in front of (ld --wrap). */
int __real_close(int descriptor);
int __real_fcntl(int descriptor, int command, ...);
int __real_fstat(int descriptor, struct stat *status);
int __real_poll(struct pollfd *descriptors, nfds_t count, int milliseconds);
ssize_t __real_read(int descriptor, void *buffer, size_t size);
ssize_t __real_readv(int descriptor, const struct iovec *parts, int count);
ssize_t __real_write(int descriptor, const void *buffer, size_t size);
ssize_t __real_writev(int descriptor, const struct iovec *parts, int count);

int __wrap_poll(struct pollfd *descriptors, nfds_t count, int milliseconds);

#endif
