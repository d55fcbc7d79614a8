//@ flags: -D_GNU_SOURCE
/* Joining and detaching what cannot be: POSIX's codes, at once. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_t main_thread;

static int may_end;

static void *ends(void *arg) { return arg; }
static void *waits(void *arg) {
  while (!may_end)
    usleep(100);
  return arg;
}
static void *joins_main(void *arg) {
  usleep(1000);
  printf("joining one's joiner: EDEADLK %d\n", pthread_join(main_thread, NULL) == EDEADLK);
  printf("detaching a thread that is being joined: EINVAL %d\n", pthread_detach(pthread_self()) == EINVAL);
  return arg;
}

int main(void) {
  pthread_t thread;
  main_thread = pthread_self();
  printf("joining oneself: EDEADLK %d\n", pthread_join(pthread_self(), NULL) == EDEADLK);
  pthread_create(&thread, NULL, ends, NULL);
  printf("join %d\n", pthread_join(thread, NULL));
  printf("join twice: ESRCH %d\n", pthread_join(thread, NULL) == ESRCH);
  printf("detach a joined thread: ESRCH %d\n", pthread_detach(thread) == ESRCH);
  printf("cancel a joined thread: ESRCH %d\n", pthread_cancel(thread) == ESRCH);
  printf("kill a joined thread: ESRCH %d\n", pthread_kill(thread, 0) == ESRCH);
  pthread_create(&thread, NULL, joins_main, NULL);
  pthread_join(thread, NULL);
  pthread_create(&thread, NULL, waits, NULL);
  printf("tryjoin a running thread: EBUSY %d\n", pthread_tryjoin_np(thread, NULL) == EBUSY);
  printf("detach %d\n", pthread_detach(thread));
  printf("detach twice: EINVAL %d\n", pthread_detach(thread) == EINVAL);
  printf("join a detached thread: EINVAL %d\n", pthread_join(thread, NULL) == EINVAL);
  may_end = 1;
  int error;
  do
    usleep(1000);
  while ((error = pthread_join(thread, NULL)) == EINVAL);
  printf("join a detached thread that ended: ESRCH %d\n", error == ESRCH);
}
