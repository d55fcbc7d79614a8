/* Threads that count under a mutex lose nothing, and each has its own _Thread_local. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

enum { THREADS = 4, ROUNDS = 200 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int total;
static _Thread_local int own = 7;

static void *count(void *argument) {
  for (int i = 0; i < ROUNDS; i++) {
    pthread_mutex_lock(&mutex);
    int seen = total;
    sched_yield();
    total = seen + 1;
    own++;
    pthread_mutex_unlock(&mutex);
  }
  *(int *)argument = own;
  return argument;
}

int main(void) {
  pthread_t threads[THREADS];
  int results[THREADS];
  for (int i = 0; i < THREADS; i++)
    if (pthread_create(&threads[i], NULL, count, &results[i]))
      return 1;
  for (int i = 0; i < THREADS; i++) {
    void *result;
    pthread_join(threads[i], &result);
    printf("own %d\n", *(int *)result);
  }
  printf("total %d, main's own %d\n", total, own);
}
