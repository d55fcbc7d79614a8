//@ flags: -D_GNU_SOURCE
/* Every timed wait times out, on either clock, and rejects what is no time. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, held = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static sem_t sem;

static struct timespec in(clockid_t clock, long nanoseconds) {
  struct timespec time;
  clock_gettime(clock, &time);
  time.tv_nsec += nanoseconds;
  time.tv_sec += time.tv_nsec / 1000000000;
  time.tv_nsec %= 1000000000;
  return time;
}

static int passed(clockid_t clock, struct timespec deadline) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec > deadline.tv_sec ||
         (now.tv_sec == deadline.tv_sec && now.tv_nsec >= deadline.tv_nsec);
}

static int error_of(int result) { return result == -1 ? errno : result; }

static void say(const char *name, int error, clockid_t clock, struct timespec deadline) {
  printf("%s: %s\n", name, error != ETIMEDOUT ? "did not time out" : passed(clock, deadline) ? "ok" : "early");
}

#define TRY(name, clock, call)                     \
  do {                                             \
    struct timespec time = in(clock, 3000000);     \
    say(name, error_of(call), clock, time);        \
    time.tv_nsec = 1000000000;                     \
    int error = error_of(call);                    \
    printf("  EINVAL %d\n", error == EINVAL);      \
  } while (0)

static void *run(void *arg) {
  TRY("mutex_timedlock", CLOCK_REALTIME, pthread_mutex_timedlock(&held, &time));
  TRY("mutex_clocklock", CLOCK_MONOTONIC, pthread_mutex_clocklock(&held, CLOCK_MONOTONIC, &time));
  TRY("rwlock_timedrdlock", CLOCK_REALTIME, pthread_rwlock_timedrdlock(&rwlock, &time));
  TRY("rwlock_timedwrlock", CLOCK_REALTIME, pthread_rwlock_timedwrlock(&rwlock, &time));
  TRY("rwlock_clockwrlock", CLOCK_MONOTONIC, pthread_rwlock_clockwrlock(&rwlock, CLOCK_MONOTONIC, &time));
  TRY("sem_timedwait", CLOCK_REALTIME, sem_timedwait(&sem, &time));
  pthread_mutex_lock(&mutex);
  TRY("cond_timedwait", CLOCK_REALTIME, pthread_cond_timedwait(&cond, &mutex, &time));
  TRY("cond_clockwait", CLOCK_MONOTONIC, pthread_cond_clockwait(&cond, &mutex, CLOCK_MONOTONIC, &time));
  pthread_cond_t monotonic;
  pthread_condattr_t attr;
  pthread_condattr_init(&attr);
  pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
  pthread_cond_init(&monotonic, &attr);
  TRY("cond_timedwait monotonic", CLOCK_MONOTONIC, pthread_cond_timedwait(&monotonic, &mutex, &time));
  printf("still held: %d\n", pthread_mutex_unlock(&mutex));
  TRY("timedjoin", CLOCK_REALTIME, pthread_timedjoin_np(*(pthread_t *)arg, NULL, &time));
  return NULL;
}

static void *sleeps(void *arg) {
  nanosleep(&(struct timespec){1000, 0}, NULL);
  return arg;
}

int main(void) {
  pthread_t sleeper, thread;
  pthread_create(&sleeper, NULL, sleeps, NULL);
  sem_init(&sem, 0, 0);
  pthread_mutex_lock(&held);
  pthread_rwlock_wrlock(&rwlock);
  pthread_create(&thread, NULL, run, &sleeper);
  pthread_join(thread, NULL);
}
