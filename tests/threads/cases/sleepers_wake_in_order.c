//@ seeds: 1
/* Sleepers wake in the order of their times, whatever the order of their sleeping. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static struct timespec base;
static int order[5], woken;

static void *sleeps(void *place) {
  struct timespec time = base;
  time.tv_sec += 1;
  time.tv_nsec = (int)place * 50000000;
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
  order[woken++] = (int)place;
  return NULL;
}

int main(void) {
  pthread_t threads[5];
  clock_gettime(CLOCK_MONOTONIC, &base);
  for (int i = 0; i < 5; i++)
    pthread_create(&threads[i], NULL, sleeps, (void *)(i * 3 % 5));
  for (int i = 0; i < 5; i++)
    pthread_join(threads[i], NULL);
  for (int i = 0; i < 5; i++)
    printf("%d\n", order[i]);
}
