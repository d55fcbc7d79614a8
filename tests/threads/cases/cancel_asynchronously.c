/* An asynchronously cancelable thread ends without a cancellation point. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static volatile int started;

static void *spins(void *arg) {
  int old;
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
  printf("was deferred: %d\n", old == PTHREAD_CANCEL_DEFERRED);
  for (started = 1;; sched_yield())
    ;
  return arg;
}

static void *cancels_itself(void *arg) {
  pthread_cancel(pthread_self());
  puts("deferred: still here");
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  puts("not reached");
  return arg;
}

int main(void) {
  pthread_t thread;
  void *result;
  pthread_create(&thread, NULL, spins, NULL);
  while (!started)
    sched_yield();
  pthread_cancel(thread);
  pthread_join(thread, &result);
  printf("cancelled: %d\n", result == PTHREAD_CANCELED);
  pthread_create(&thread, NULL, cancels_itself, NULL);
  pthread_join(thread, &result);
  printf("cancelled: %d\n", result == PTHREAD_CANCELED);
}
