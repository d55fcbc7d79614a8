/* Reading, writing and closing: pipes here, the rest in libc; a thread that waits for
 * input lets others run. Linked with --wrap, so that stdio comes here too. */
#include <fcntl.h>
#include <stdarg.h>

#include "descriptor.h"

/* Files never make a reader wait, and not every host can poll them. */
static bool is_file(int descriptor) {
  struct stat status;
  return __real_fstat(descriptor, &status) == 0 &&
         (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

/* Waits until one of libc's descriptors can be read. */
static void wait_to_read(int descriptor) {
  act_on_cancel();
  if (coop_alive() < 2)
    return;
  int saved = errno;
  struct pollfd one = {.fd = descriptor, .events = POLLIN};
  if (!is_file(descriptor))
    while (__wrap_poll(&one, 1, -1) < 0 && errno == EINTR)
      ; /* as with SA_RESTART */
  errno = saved;
}

ssize_t __wrap_read(int descriptor, void *buffer, size_t size) {
  if (is_pipe(descriptor))
    return pipe_read(descriptor, &(struct iovec){buffer, size}, 1);
  wait_to_read(descriptor);
  return __real_read(descriptor, buffer, size);
}

ssize_t __wrap_readv(int descriptor, const struct iovec *parts, int count) {
  if (is_pipe(descriptor))
    return pipe_read(descriptor, parts, count);
  wait_to_read(descriptor);
  return __real_readv(descriptor, parts, count);
}

ssize_t __wrap_write(int descriptor, const void *buffer, size_t size) {
  if (is_pipe(descriptor))
    return pipe_write(descriptor, &(struct iovec){(void *)buffer, size}, 1);
  return __real_write(descriptor, buffer, size);
}

ssize_t __wrap_writev(int descriptor, const struct iovec *parts, int count) {
  if (is_pipe(descriptor))
    return pipe_write(descriptor, parts, count);
  return __real_writev(descriptor, parts, count);
}

int __wrap_close(int descriptor) {
  return is_pipe(descriptor) ? pipe_close(descriptor) : __real_close(descriptor);
}

int __wrap_fstat(int descriptor, struct stat *status) {
  return is_pipe(descriptor) ? pipe_status(descriptor, status)
                             : __real_fstat(descriptor, status);
}

int __wrap_fcntl(int descriptor, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  int argument = va_arg(arguments, int);
  va_end(arguments);
  if (is_pipe(descriptor))
    return pipe_control(descriptor, command, argument);
  return __real_fcntl(descriptor, command, argument);
}
