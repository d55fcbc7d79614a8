/* Every kind of wait that POSIX calls a cancellation point ends when cancelled. */
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static sem_t sem;
static const struct timespec far = {4000000000, 0};

/* The mutex is held again when the handlers run. */
static void unlock(void *unused) { printf("(unlock %d) ", pthread_mutex_unlock(&mutex)); }

static void wait_cond(void) {
  pthread_mutex_lock(&mutex);
  pthread_cleanup_push(unlock, NULL);
  pthread_cond_wait(&cond, &mutex);
  pthread_cleanup_pop(1);
}

static void wait_cond_timed(void) {
  pthread_mutex_lock(&mutex);
  pthread_cleanup_push(unlock, NULL);
  pthread_cond_timedwait(&cond, &mutex, &far);
  pthread_cleanup_pop(1);
}

static void wait_sem(void) { sem_wait(&sem); }
static void wait_sem_timed(void) { sem_timedwait(&sem, &far); }
static void wait_sleep(void) { sleep(1000); }
static void wait_usleep(void) { usleep(900000000); }
static void wait_nanosleep(void) { nanosleep(&far, NULL); }
static void wait_clock(void) { clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &far, NULL); }
static void wait_poll(void) { poll(NULL, 0, -1); }
static void wait_select(void) { select(0, NULL, NULL, NULL, &(struct timeval){1000, 0}); }
static void wait_testcancel(void) {
  for (;; usleep(1))
    pthread_testcancel();
}

static void *ends(void *arg) { return arg; }
static pthread_t other;
static void *sleeps(void *arg) {
  sleep(1000);
  return arg;
}
static void wait_join(void) { pthread_join(other, NULL); }

static void *run(void *function) {
  ((void (*)(void))function)();
  return NULL;
}

static void check(const char *name, void (*function)(void)) {
  pthread_t thread;
  void *result;
  pthread_create(&thread, NULL, run, (void *)function);
  usleep(100);
  pthread_cancel(thread);
  pthread_join(thread, &result);
  printf("%s: %s\n", name, result == PTHREAD_CANCELED ? "cancelled" : "NOT cancelled");
}

int main(void) {
  sem_init(&sem, 0, 0);
  check("pthread_cond_wait", wait_cond);
  check("pthread_cond_timedwait", wait_cond_timed);
  check("sem_wait", wait_sem);
  check("sem_timedwait", wait_sem_timed);
  check("sleep", wait_sleep);
  check("usleep", wait_usleep);
  check("nanosleep", wait_nanosleep);
  check("clock_nanosleep", wait_clock);
  check("poll", wait_poll);
  check("select", wait_select);
  check("pthread_testcancel", wait_testcancel);
  pthread_create(&other, NULL, sleeps, NULL);
  check("pthread_join", wait_join);
  pthread_cancel(other);
  printf("the thread that was waited for can be joined: %d\n", pthread_join(other, NULL));
  pthread_create(&other, NULL, ends, NULL);
  pthread_join(other, NULL);
}
