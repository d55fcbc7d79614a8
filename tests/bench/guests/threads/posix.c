/* POSIX threads, with ours and natively: `posix ROW NUMBER` prints how many nanoseconds NUMBER rounds took. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t change = PTHREAD_COND_INITIALIZER;
static unsigned long alive;
static int released;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static void check(int error) {
  if (error) {
    fprintf(stderr, "%s\n", strerror(error));
    exit(1);
  }
}

static void lock(unsigned long number) {
  for (unsigned long i = 0; i < number; i++) {
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
  }
}

static void *yield_often(void *number) {
  for (unsigned long i = 0; i < *(unsigned long *)number; i++)
    sched_yield();
  return NULL;
}

static void yield_alone(unsigned long number) {
  yield_often(&number);
}

/* Two threads, so that a yield switches. */
static void yield(unsigned long number) {
  pthread_t other;
  unsigned long half = number / 2;
  check(pthread_create(&other, NULL, yield_often, &half));
  yield_often(&half);
  pthread_join(other, NULL);
}

static void *nothing(void *argument) {
  return argument;
}

static void create(unsigned long number) {
  for (unsigned long i = 0; i < number; i++) {
    pthread_t thread;
    check(pthread_create(&thread, NULL, nothing, NULL));
    pthread_join(thread, NULL);
  }
}

static void *live(void *argument) {
  pthread_mutex_lock(&mutex);
  alive++;
  pthread_cond_broadcast(&change);
  while (!released)
    pthread_cond_wait(&change, &mutex);
  pthread_mutex_unlock(&mutex);
  return argument;
}

/* All of them at once: none ends before the last has started. */
static void keep_alive(unsigned long number) {
  pthread_t *threads = calloc(number, sizeof *threads);
  released = 0;
  alive = 0;
  for (unsigned long i = 0; i < number; i++)
    check(pthread_create(&threads[i], NULL, live, NULL));
  pthread_mutex_lock(&mutex);
  while (alive < number)
    pthread_cond_wait(&change, &mutex);
  released = 1;
  pthread_cond_broadcast(&change);
  pthread_mutex_unlock(&mutex);
  for (unsigned long i = 0; i < number; i++)
    pthread_join(threads[i], NULL);
  free(threads);
}

static unsigned long memory(void) {
#ifdef __wasm__
  return __builtin_wasm_memory_size(0) * 65536ul;
#else
  return 0;
#endif
}

static const struct {
  const char *name;
  void (*run)(unsigned long);
} rows[] = {{"lock", lock}, {"yield-alone", yield_alone}, {"yield", yield}, {"create", create}, {"alive", keep_alive}};

/* Prints the nanoseconds, and by how many bytes the linear memory grew after a first tenth of the rounds. */
int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  unsigned long number = strtoul(argv[2], NULL, 10);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (!strcmp(rows[i].name, argv[1])) {
      rows[i].run(number / 10);
      unsigned long before = memory();
      double start = now();
      rows[i].run(number);
      printf("%.0f %lu\n", now() - start, memory() - before);
      return 0;
    }
  return 2;
}
