//@ stdin: first line
//@ stdin: second line
/* Standard input is read, polled and ends as it should while another thread works. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/select.h>
#include <unistd.h>

static volatile int done;

static void *works(void *arg) {
  while (!done)
    sched_yield();
  return arg;
}

int main(void) {
  pthread_t thread;
  char line[64];
  pthread_create(&thread, NULL, works, NULL);
  sched_yield();
  while (fgets(line, sizeof line, stdin))
    printf("%s", line);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(0, &set);
  printf("at the end it can be read: %d\n", select(1, &set, NULL, NULL, NULL));
  char byte;
  printf("read %d\n", (int)read(0, &byte, 1));
  done = 1;
  pthread_join(thread, NULL);
}
