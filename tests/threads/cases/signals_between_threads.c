/* A signal's handler runs on the thread that it is for; masks hold it back; waits go on or say EINTR. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static sem_t sem;
static _Thread_local int handled;

static void handler(int signal) { handled += signal == SIGUSR1 ? 1 : 100; }

static void *waits_for_mutex(void *arg) {
  int error = pthread_mutex_lock(&mutex);
  pthread_mutex_unlock(&mutex);
  printf("mutex: %d, handled %d\n", error, handled);
  return arg;
}

static void *waits_for_sem(void *arg) {
  int result = sem_wait(&sem);
  printf("semaphore: %d EINTR %d, handled %d\n", result, errno == EINTR, handled);
  return arg;
}

static void *sleeps(void *arg) {
  struct timespec left;
  int result = nanosleep(&(struct timespec){100, 0}, &left);
  printf("sleep: %d EINTR %d, most of it left %d, handled %d\n", result, errno == EINTR, left.tv_sec >= 90, handled);
  return arg;
}

static void *blocks(void *arg) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  pthread_kill(pthread_self(), SIGUSR1);
  printf("blocked: handled %d", handled);
  sigpending(&set);
  printf(", pending %d", sigismember(&set, SIGUSR1));
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  printf(", unblocked: handled %d\n", handled);
  return arg;
}

static void send(void *(*function)(void *)) {
  pthread_t thread;
  pthread_create(&thread, NULL, function, NULL);
  usleep(1000);
  pthread_kill(thread, SIGUSR1);
  usleep(1000);
  if (function == waits_for_mutex)
    pthread_mutex_unlock(&mutex);
  pthread_join(thread, NULL);
}

int main(void) {
  struct sigaction action = {.sa_handler = handler};
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGALRM, &action, NULL);
  sem_init(&sem, 0, 0);
  pthread_mutex_lock(&mutex);
  send(waits_for_mutex);
  send(waits_for_sem);
  send(sleeps);
  pthread_t thread;
  pthread_create(&thread, NULL, blocks, NULL);
  pthread_join(thread, NULL);
  alarm(1);
  pause();
  printf("main: handled %d\n", handled);
  printf("no such signal: EINVAL %d\n", pthread_kill(pthread_self(), 1000) == EINVAL);
}
