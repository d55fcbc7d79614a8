/* A barrier lets all through together, one of them as the serial thread, again and again. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 5, ROUNDS = 10 };

static pthread_barrier_t barrier;
static int arrived, serial, early;

static void *run(void *arg) {
  for (int round = 0; round < ROUNDS; round++) {
    arrived++;
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
      serial++;
    early |= arrived < THREADS * (round + 1);
    pthread_barrier_wait(&barrier);
  }
  return arg;
}

int main(void) {
  pthread_t threads[THREADS];
  printf("count 0: EINVAL %d\n", pthread_barrier_init(&barrier, NULL, 0) == EINVAL);
  pthread_barrier_init(&barrier, NULL, THREADS);
  for (int i = 0; i < THREADS; i++)
    pthread_create(&threads[i], NULL, run, NULL);
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  printf("arrived %d, serial %d, early %d\n", arrived, serial, early);
  printf("destroy %d, wait on destroyed: EINVAL %d\n", pthread_barrier_destroy(&barrier),
         pthread_barrier_wait(&barrier) == EINVAL);
}
