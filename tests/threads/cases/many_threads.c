//@ seeds: 2
/* Ten thousand threads one after the other do not need more memory than ten; a thousand live at once. */
#include <pthread.h>
#include <stdio.h>

enum { CHURN = 10000, ALIVE = 1000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_here = PTHREAD_COND_INITIALIZER;
static int here;
static _Thread_local int own;

static void *ends(void *arg) { return arg; }

static void *meets(void *arg) {
  own = (int)arg;
  pthread_mutex_lock(&mutex);
  if (++here == ALIVE)
    pthread_cond_broadcast(&all_here);
  while (here < ALIVE)
    pthread_cond_wait(&all_here, &mutex);
  pthread_mutex_unlock(&mutex);
  return (void *)own;
}

static void churn(int count) {
  pthread_t thread;
  for (int i = 0; i < count; i++) {
    pthread_create(&thread, NULL, ends, NULL);
    pthread_join(thread, NULL);
  }
}

int main(void) {
  static pthread_t threads[ALIVE];
  churn(10);
  size_t before = __builtin_wasm_memory_size(0);
  churn(CHURN);
  printf("grown by %zu pages\n", __builtin_wasm_memory_size(0) - before);
  long sum = 0;
  for (int i = 0; i < ALIVE; i++)
    if (pthread_create(&threads[i], NULL, meets, (void *)i))
      puts("not created");
  for (int i = 0; i < ALIVE; i++) {
    void *result;
    pthread_join(threads[i], &result);
    sum += (long)result;
  }
  printf("sum %ld\n", sum);
}
