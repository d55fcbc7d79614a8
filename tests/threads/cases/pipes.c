/* A pipe between threads: blocking, end of file, EPIPE, O_NONBLOCK, poll. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SIZE = 300000 };

static int ends[2];

static void *writes(void *arg) {
  static char block[SIZE];
  for (int i = 0; i < SIZE; i++)
    block[i] = (char)(i * 7);
  printf("wrote %d\n", (int)write(ends[1], block, SIZE) == SIZE);
  close(ends[1]);
  return arg;
}

static void *polls(void *arg) {
  struct pollfd one = {.fd = ends[0], .events = POLLIN};
  printf("poll %d in %d\n", poll(&one, 1, -1), one.revents == POLLIN);
  return arg;
}

int main(void) {
  pthread_t thread;
  char buffer[1000];
  int total = 0, wrong = 0, got;
  pipe(ends);
  pthread_create(&thread, NULL, writes, NULL);
  while ((got = (int)read(ends[0], buffer, sizeof buffer)) > 0)
    for (int i = 0; i < got; i++)
      wrong += buffer[i] != (char)(total++ * 7);
  pthread_join(thread, NULL);
  printf("read %d, wrong %d, then %d\n", total, wrong, got);
  close(ends[0]);

  pipe(ends);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  printf("nothing there: %d EAGAIN %d\n", (int)read(ends[0], buffer, 1), errno == EAGAIN);
  pthread_create(&thread, NULL, polls, NULL);
  usleep(1000);
  write(ends[1], "x", 1);
  pthread_join(thread, NULL);
  printf("select too: %d\n", poll(&(struct pollfd){.fd = ends[1], .events = POLLOUT}, 1, 0));
  close(ends[0]);
  printf("no reader: %d EPIPE %d\n", (int)write(ends[1], "x", 1), errno == EPIPE);
  close(ends[1]);
  printf("closed: %d EBADF %d\n", (int)write(ends[1], "x", 1), errno == EBADF);
}
