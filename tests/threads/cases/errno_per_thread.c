/* Each thread has an errno of its own, 0 at its start. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static void *sets(void *value) {
  int at_start = errno;
  errno = (int)value;
  sched_yield();
  return (void *)(at_start == 0 && errno == (int)value);
}

int main(void) {
  pthread_t threads[3];
  void *kept[3];
  errno = ERANGE;
  for (int i = 0; i < 3; i++)
    pthread_create(&threads[i], NULL, sets, (void *)(i + 100));
  for (int i = 0; i < 3; i++)
    pthread_join(threads[i], &kept[i]);
  printf("main kept its errno: %d\n", errno == ERANGE);
  for (int i = 0; i < 3; i++)
    printf("thread %d kept its errno: %d\n", i, (int)kept[i]);
}
