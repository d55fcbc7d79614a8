/* The same seed gives the same order; without one, threads run in the order of their making. */
#include <coop.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 6, STEPS = 5 };

static char order[THREADS * STEPS + 1];
static int length;

static void *steps(void *arg) {
  for (int i = 0; i < STEPS; i++) {
    order[length++] = 'a' + (int)arg;
    sched_yield();
  }
  return arg;
}

static void run(unsigned seed, char *out) {
  pthread_t threads[THREADS];
  coop_set_seed(seed);
  length = 0;
  for (int i = 0; i < THREADS; i++)
    pthread_create(&threads[i], NULL, steps, (void *)i);
  for (int i = 0; i < THREADS; i++)
    pthread_join(threads[i], NULL);
  strcpy(out, order);
}

int main(void) {
  char plain[64], first[64], again[64], other[64];
  run(0, plain);
  run(11, first);
  run(12, other);
  run(11, again);
  puts(plain);
  printf("same seed, same order: %d\n", strcmp(first, again) == 0);
  printf("another seed, another order: %d\n", strcmp(first, other) != 0);
  printf("a seed, another order than without: %d\n", strcmp(first, plain) != 0);
}
