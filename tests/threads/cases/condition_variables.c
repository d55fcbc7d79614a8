/* Signal wakes one, broadcast all; no wake-up is lost. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER, arrived = PTHREAD_COND_INITIALIZER;
static int waiting, tickets, through;

static void *waits(void *arg) {
  pthread_mutex_lock(&mutex);
  waiting++;
  pthread_cond_signal(&arrived);
  while (tickets == 0)
    pthread_cond_wait(&cond, &mutex);
  tickets--;
  through++;
  pthread_cond_signal(&arrived);
  pthread_mutex_unlock(&mutex);
  return arg;
}

static void give(int count, int broadcast) {
  int wanted = through + count;
  tickets += count;
  if (broadcast)
    pthread_cond_broadcast(&cond);
  else
    pthread_cond_signal(&cond);
  while (through < wanted)
    pthread_cond_wait(&arrived, &mutex);
  printf("%d through, %d tickets left\n", through, tickets);
}

int main(void) {
  pthread_t threads[10];
  for (int i = 0; i < 10; i++)
    pthread_create(&threads[i], NULL, waits, NULL);
  pthread_mutex_lock(&mutex);
  while (waiting < 10)
    pthread_cond_wait(&arrived, &mutex);
  printf("destroy while waited on: %d\n", pthread_cond_destroy(&cond) == EBUSY);
  give(1, 0);
  give(1, 0);
  give(8, 1);
  pthread_mutex_unlock(&mutex);
  for (int i = 0; i < 10; i++)
    pthread_join(threads[i], NULL);
  printf("destroy: %d\n", pthread_cond_destroy(&cond));
  printf("signal destroyed: %d\n", pthread_cond_signal(&cond) == EINVAL);
  printf("wait without the mutex: %d\n", pthread_cond_wait(&arrived, &mutex) == EPERM);
}
