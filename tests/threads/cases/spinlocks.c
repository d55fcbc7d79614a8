/* A contended spinlock lets its holder run. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static pthread_spinlock_t lock;
static int total;

static void *counts(void *arg) {
  for (int i = 0; i < 50; i++) {
    pthread_spin_lock(&lock);
    int seen = total;
    sched_yield();
    total = seen + 1;
    pthread_spin_unlock(&lock);
  }
  return arg;
}

static void *spins(void *arg) {
  while (pthread_spin_trylock(&lock) == EBUSY)
    ;
  pthread_spin_unlock(&lock);
  return arg;
}

int main(void) {
  pthread_t threads[3];
  pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
  for (int i = 0; i < 3; i++)
    pthread_create(&threads[i], NULL, i < 2 ? counts : spins, NULL);
  for (int i = 0; i < 3; i++)
    pthread_join(threads[i], NULL);
  printf("total %d\n", total);
  pthread_spin_lock(&lock);
  printf("lock again EDEADLK %d\n", pthread_spin_lock(&lock) == EDEADLK);
  printf("destroy held EBUSY %d\n", pthread_spin_destroy(&lock) == EBUSY);
  pthread_spin_unlock(&lock);
  printf("destroy %d, lock destroyed EINVAL %d\n", pthread_spin_destroy(&lock),
         pthread_spin_lock(&lock) == EINVAL);
}
