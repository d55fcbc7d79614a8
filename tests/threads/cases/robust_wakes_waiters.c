/* A thread that already waits for a robust mutex gets it when its holder ends. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t mutex;

static void *abandons(void *arg) {
  pthread_mutex_lock(&mutex);
  usleep(2000);
  return arg;
}

static void *waits(void *arg) {
  printf("EOWNERDEAD: %d\n", pthread_mutex_lock(&mutex) == EOWNERDEAD);
  pthread_mutex_consistent(&mutex);
  pthread_mutex_unlock(&mutex);
  return arg;
}

int main(void) {
  pthread_mutexattr_t attr;
  pthread_t first, second;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&mutex, &attr);
  pthread_create(&first, NULL, abandons, NULL);
  usleep(500);
  pthread_create(&second, NULL, waits, NULL);
  pthread_join(second, NULL);
  pthread_join(first, NULL);
}
