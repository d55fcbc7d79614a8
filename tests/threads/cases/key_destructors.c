/* Values under keys are per thread; destructors run at a thread's end, again while there
 * are values, at most PTHREAD_DESTRUCTOR_ITERATIONS times. */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>

static pthread_key_t plain, again, deleted;
static int plain_runs, again_runs, deleted_runs;

static void destroy_plain(void *value) { plain_runs += (int)value; }
static void destroy_again(void *value) {
  again_runs++;
  pthread_setspecific(again, value);
}
static void destroy_deleted(void *value) { deleted_runs++; }

static void *uses(void *arg) {
  int fresh = pthread_getspecific(plain) == NULL;
  pthread_setspecific(plain, (void *)10);
  pthread_setspecific(again, arg);
  pthread_setspecific(deleted, arg);
  pthread_key_delete(deleted);
  if (arg == (void *)2)
    pthread_exit((void *)fresh);
  return (void *)fresh;
}

int main(void) {
  pthread_t thread;
  void *fresh;
  pthread_key_create(&plain, destroy_plain);
  pthread_key_create(&again, destroy_again);
  pthread_setspecific(plain, (void *)1000);
  for (int i = 1; i <= 2; i++) {
    pthread_key_create(&deleted, destroy_deleted);
    pthread_create(&thread, NULL, uses, (void *)i);
    pthread_join(thread, &fresh);
    printf("fresh %d\n", (int)fresh);
  }
  printf("plain %d, deleted %d, again as often as allowed: %d\n", plain_runs, deleted_runs,
         again_runs == 2 * PTHREAD_DESTRUCTOR_ITERATIONS);
  printf("main's value %d\n", (int)pthread_getspecific(plain));
  printf("set under no key: EINVAL %d\n", pthread_setspecific(deleted, "x") == EINVAL);
  int made = 0;
  while (pthread_key_create(&deleted, NULL) == 0)
    made++;
  printf("all keys: %d\n", made + 2 == PTHREAD_KEYS_MAX);
  printf("one more: EAGAIN %d\n", pthread_key_create(&deleted, NULL) == EAGAIN);
}
