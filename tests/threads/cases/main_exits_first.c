/* pthread_exit in main: the process ends with the last thread, with status 0. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_t main_thread;

static void *outlives(void *arg) {
  void *result;
  printf("joined main: %d\n", pthread_join(main_thread, &result));
  printf("main's result: %s\n", (char *)result);
  usleep(1000);
  puts("the last thread ends");
  return arg;
}

static void at_exit(void) { puts("atexit"); }

int main(void) {
  atexit(at_exit);
  main_thread = pthread_self();
  pthread_t thread;
  pthread_create(&thread, NULL, outlives, NULL);
  pthread_detach(thread);
  pthread_exit("done");
}
