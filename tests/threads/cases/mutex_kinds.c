/* What each kind of mutex answers to locking twice and to unlocking what one does not hold. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex;

static const char *text(int error) {
  switch (error) {
  case 0:
    return "0";
  case EBUSY:
    return "EBUSY";
  case EDEADLK:
    return "EDEADLK";
  case EPERM:
    return "EPERM";
  case EINVAL:
    return "EINVAL";
  default:
    return "?";
  }
}

static void *other(void *arg) {
  printf("  another thread: trylock %s", text(pthread_mutex_trylock(&mutex)));
  printf(" unlock %s\n", text(pthread_mutex_unlock(&mutex)));
  return arg;
}

static void kind(const char *name, int type, int again) {
  pthread_mutexattr_t attr;
  pthread_t thread;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_settype(&attr, type);
  pthread_mutex_init(&mutex, &attr);
  printf("%s: unlock free %s", name, text(pthread_mutex_unlock(&mutex)));
  printf(" lock %s", text(pthread_mutex_lock(&mutex)));
  printf(" trylock %s\n", text(pthread_mutex_trylock(&mutex)));
  if (again)
    printf("  lock again %s\n", text(pthread_mutex_lock(&mutex)));
  pthread_create(&thread, NULL, other, NULL);
  pthread_join(thread, NULL);
  printf("  destroy locked %s", text(pthread_mutex_destroy(&mutex)));
  while (pthread_mutex_unlock(&mutex) == 0)
    printf(" unlock 0");
  printf(" destroy %s", text(pthread_mutex_destroy(&mutex)));
  printf(" lock destroyed %s", text(pthread_mutex_lock(&mutex)));
  printf(" destroy again %s\n", text(pthread_mutex_destroy(&mutex)));
}

int main(void) {
  kind("normal", PTHREAD_MUTEX_NORMAL, 0);
  kind("recursive", PTHREAD_MUTEX_RECURSIVE, 1);
  kind("errorcheck", PTHREAD_MUTEX_ERRORCHECK, 1);
}
