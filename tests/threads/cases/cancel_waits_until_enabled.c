/* While cancellation is disabled a request stays pending; it acts at the next point. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t ready, go;

static void *works(void *arg) {
  int old;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
  printf("was enabled: %d\n", old == PTHREAD_CANCEL_ENABLE);
  sem_post(&ready);
  sem_wait(&go);
  pthread_testcancel();
  puts("still here");
  pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
  puts("enabled");
  pthread_testcancel();
  puts("not reached");
  return arg;
}

int main(void) {
  pthread_t thread;
  void *result;
  sem_init(&ready, 0, 0);
  sem_init(&go, 0, 0);
  pthread_create(&thread, NULL, works, NULL);
  sem_wait(&ready);
  pthread_cancel(thread);
  sem_post(&go);
  pthread_join(thread, &result);
  printf("cancelled: %d\n", result == PTHREAD_CANCELED);
  printf("no such state: %d\n", pthread_setcancelstate(9, NULL) == EINVAL);
  printf("no such type: %d\n", pthread_setcanceltype(9, NULL) == EINVAL);
}
