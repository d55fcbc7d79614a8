/* Semaphores: units pass between threads; errors come in errno. */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t items, places;
static int ring[2], sum;

static void *produces(void *arg) {
  for (int i = 1; i <= 100; i++) {
    sem_wait(&places);
    ring[i % 2] = i;
    sem_post(&items);
  }
  return arg;
}

static void *consumes(void *arg) {
  for (int i = 1; i <= 100; i++) {
    sem_wait(&items);
    sum += ring[i % 2];
    sem_post(&places);
  }
  return arg;
}

int main(void) {
  pthread_t threads[2];
  int value;
  sem_init(&items, 0, 0);
  sem_init(&places, 0, 2);
  pthread_create(&threads[0], NULL, produces, NULL);
  pthread_create(&threads[1], NULL, consumes, NULL);
  pthread_join(threads[0], NULL);
  pthread_join(threads[1], NULL);
  printf("sum %d\n", sum);
  sem_getvalue(&places, &value);
  printf("places %d\n", value);
  printf("trywait at 0: %d EAGAIN %d\n", sem_trywait(&items), errno == EAGAIN);
  printf("too large: %d EINVAL %d\n", sem_init(&places, 0, SEM_VALUE_MAX + 1u), errno == EINVAL);
  sem_init(&places, 0, SEM_VALUE_MAX);
  printf("post at the maximum: %d EOVERFLOW %d\n", sem_post(&places), errno == EOVERFLOW);
  printf("destroy %d\n", sem_destroy(&items));
  printf("wait on destroyed: %d EINVAL %d\n", sem_wait(&items), errno == EINVAL);
}
