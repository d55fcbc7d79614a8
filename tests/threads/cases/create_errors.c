//@ seeds: 1
/* What pthread_create refuses: attributes that are none, stacks too small, memory that is not there. */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>

static void *ends(void *arg) { return arg; }

int main(void) {
  pthread_t thread;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  printf("a stack too small: EINVAL %d\n", pthread_attr_setstacksize(&attr, PTHREAD_STACK_MIN - 1) == EINVAL);
  printf("the smallest: %d", pthread_attr_setstacksize(&attr, PTHREAD_STACK_MIN));
  printf(" %d", pthread_create(&thread, &attr, ends, NULL));
  printf(" %d\n", pthread_join(thread, NULL));
  pthread_attr_setstacksize(&attr, 1000u << 20);
  int made = 0, error = 0;
  pthread_t all[8];
  while (made < 8 && !(error = pthread_create(&all[made], &attr, ends, NULL)))
    made++;
  printf("no memory: EAGAIN %d\n", error == EAGAIN);
  for (int i = 0; i < made; i++)
    pthread_join(all[i], NULL);
  pthread_attr_destroy(&attr);
  printf("destroyed attributes: EINVAL %d\n", pthread_create(&thread, &attr, ends, NULL) == EINVAL);
  printf("destroyed twice: EINVAL %d\n", pthread_attr_destroy(&attr) == EINVAL);
  printf("then still: %d %d\n", pthread_create(&thread, NULL, ends, NULL), pthread_join(thread, NULL));
}
