/* A cancelled thread runs its cleanup handlers, last first, and joins as cancelled. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void handler(void *name) { printf("cleanup %s\n", (char *)name); }

static void *sleeps(void *arg) {
  pthread_cleanup_push(handler, "outer");
  pthread_cleanup_push(handler, "popped and run");
  pthread_cleanup_pop(1);
  pthread_cleanup_push(handler, "inner");
  sleep(1000);
  pthread_cleanup_pop(0);
  pthread_cleanup_pop(0);
  return arg;
}

int main(void) {
  pthread_t thread;
  void *result;
  pthread_create(&thread, NULL, sleeps, NULL);
  usleep(1000);
  printf("cancel %d\n", pthread_cancel(thread));
  pthread_join(thread, &result);
  printf("cancelled: %d\n", result == PTHREAD_CANCELED);
}
