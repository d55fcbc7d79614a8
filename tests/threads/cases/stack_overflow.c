//@ flags: -D_GNU_SOURCE
/* A thread that needs more than its stack is named, and the program traps. */
#include <pthread.h>
#include <stdio.h>

static int deeper(int depth) {
  volatile char frame[200];
  frame[0] = (char)depth;
  return deeper(depth + 1) + frame[0];
}

static void *overflows(void *arg) {
  pthread_setname_np(pthread_self(), "glutton");
  return (void *)deeper((int)arg);
}

int main(void) {
  pthread_attr_t attr;
  pthread_t thread;
  pthread_attr_init(&attr);
  pthread_attr_setstacksize(&attr, 20000);
  pthread_create(&thread, &attr, overflows, NULL);
  pthread_join(thread, NULL);
  puts("not reached");
}
