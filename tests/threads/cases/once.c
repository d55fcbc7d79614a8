/* pthread_once runs its routine once, also when several threads come while it runs;
 * a cancelled routine is run again. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_once_t control = PTHREAD_ONCE_INIT, other = PTHREAD_ONCE_INIT;
static int runs, attempts, finished;

static void slow(void) {
  usleep(1000);
  runs++;
}

static void *calls(void *arg) {
  pthread_once(&control, slow);
  finished += runs == 1;
  return arg;
}

static void cancelled_first(void) {
  if (++attempts == 1)
    sleep(1000);
}

static void *calls_other(void *arg) {
  pthread_once(&other, cancelled_first);
  return arg;
}

int main(void) {
  pthread_t threads[3];
  for (int i = 0; i < 3; i++)
    pthread_create(&threads[i], NULL, calls, NULL);
  for (int i = 0; i < 3; i++)
    pthread_join(threads[i], NULL);
  printf("runs %d, saw it done %d\n", runs, finished);
  pthread_create(&threads[0], NULL, calls_other, NULL);
  usleep(1000);
  pthread_create(&threads[1], NULL, calls_other, NULL);
  usleep(1000);
  pthread_cancel(threads[0]);
  pthread_join(threads[0], NULL);
  pthread_join(threads[1], NULL);
  printf("attempts %d\n", attempts);
}
