/* Readers share, writers do not; what misuse gets. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int readers, most_readers, writers, mixed;

static void *reads(void *arg) {
  for (int i = 0; i < 20; i++) {
    pthread_rwlock_rdlock(&lock);
    readers++;
    if (readers > most_readers)
      most_readers = readers;
    mixed |= writers;
    sched_yield();
    readers--;
    pthread_rwlock_unlock(&lock);
    sched_yield();
  }
  return arg;
}

static void *writes(void *arg) {
  for (int i = 0; i < 20; i++) {
    pthread_rwlock_wrlock(&lock);
    mixed |= writers || readers;
    writers++;
    sched_yield();
    writers--;
    pthread_rwlock_unlock(&lock);
  }
  return arg;
}

static void *tries(void *arg) {
  printf("another thread: tryrdlock EBUSY %d", pthread_rwlock_tryrdlock(&lock) == EBUSY);
  printf(" trywrlock EBUSY %d", pthread_rwlock_trywrlock(&lock) == EBUSY);
  printf(" unlock EPERM %d\n", pthread_rwlock_unlock(&lock) == EPERM);
  return arg;
}

int main(void) {
  pthread_t threads[6];
  for (int i = 0; i < 6; i++)
    pthread_create(&threads[i], NULL, i < 4 ? reads : writes, NULL);
  for (int i = 0; i < 6; i++)
    pthread_join(threads[i], NULL);
  printf("several readers at once: %d, readers beside writers: %d\n", most_readers > 1, mixed);
  pthread_rwlock_wrlock(&lock);
  printf("wrlock again EDEADLK %d", pthread_rwlock_wrlock(&lock) == EDEADLK);
  printf(" rdlock EDEADLK %d", pthread_rwlock_rdlock(&lock) == EDEADLK);
  printf(" destroy EBUSY %d\n", pthread_rwlock_destroy(&lock) == EBUSY);
  pthread_create(&threads[0], NULL, tries, NULL);
  pthread_join(threads[0], NULL);
  pthread_rwlock_unlock(&lock);
  printf("unlock free EPERM %d", pthread_rwlock_unlock(&lock) == EPERM);
  printf(" destroy %d", pthread_rwlock_destroy(&lock));
  printf(" destroyed EINVAL %d\n", pthread_rwlock_rdlock(&lock) == EINVAL);
}
