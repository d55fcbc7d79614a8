/* A robust mutex whose holder ended: the next holder learns of it, and repairs it or not. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex;

static void *abandons(void *arg) {
  pthread_mutex_lock(&mutex);
  return arg;
}

static void *waits(void *arg) {
  int error = pthread_mutex_lock(&mutex);
  printf("a waiter: %s\n", error == EOWNERDEAD ? "EOWNERDEAD" : error == ENOTRECOVERABLE ? "ENOTRECOVERABLE" : "?");
  if (error == EOWNERDEAD)
    pthread_mutex_unlock(&mutex); /* without pthread_mutex_consistent */
  return arg;
}

static void abandon(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, abandons, NULL);
  pthread_join(thread, NULL);
}

int main(void) {
  pthread_mutexattr_t attr;
  pthread_t first, second;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&mutex, &attr);
  printf("consistent, not held: %d\n", pthread_mutex_consistent(&mutex) == EINVAL);
  abandon();
  printf("lock: EOWNERDEAD %d\n", pthread_mutex_lock(&mutex) == EOWNERDEAD);
  printf("consistent: %d\n", pthread_mutex_consistent(&mutex));
  pthread_mutex_unlock(&mutex);
  printf("lock after repair: %d\n", pthread_mutex_lock(&mutex));
  pthread_mutex_unlock(&mutex);
  abandon();
  pthread_create(&first, NULL, waits, NULL);
  pthread_join(first, NULL);
  pthread_create(&second, NULL, waits, NULL);
  pthread_join(second, NULL);
  printf("trylock: ENOTRECOVERABLE %d\n", pthread_mutex_trylock(&mutex) == ENOTRECOVERABLE);
  printf("destroy: %d\n", pthread_mutex_destroy(&mutex));
}
