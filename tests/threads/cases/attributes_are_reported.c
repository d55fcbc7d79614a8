//@ flags: -D_GNU_SOURCE
/* What is set in attributes, on threads and on mutexes is what is reported. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static void *reports(void *arg) {
  pthread_attr_t attr;
  struct sched_param param;
  int policy, state;
  size_t size, guard;
  void *stack;
  char name[16];
  pthread_getschedparam(pthread_self(), &policy, &param);
  printf("policy RR %d priority %d\n", policy == SCHED_RR, param.sched_priority);
  pthread_getattr_np(pthread_self(), &attr);
  pthread_attr_getstack(&attr, &stack, &size);
  pthread_attr_getguardsize(&attr, &guard);
  pthread_attr_getdetachstate(&attr, &state);
  printf("stack %zu guard %zu detached %d\n", size, guard, state == PTHREAD_CREATE_DETACHED);
  printf("on its stack: %d\n", (char *)&attr >= (char *)stack && (char *)&attr < (char *)stack + size);
  pthread_setname_np(pthread_self(), "fifteen letters");
  printf("too long: ERANGE %d\n", pthread_setname_np(pthread_self(), "sixteen letters.") == ERANGE);
  pthread_getname_np(pthread_self(), name, sizeof name);
  printf("name %s\n", name);
  printf("too short: ERANGE %d\n", pthread_getname_np(pthread_self(), name, 4) == ERANGE);
  return arg;
}

static void nothing(void) {}

int main(void) {
  pthread_attr_t attr;
  pthread_t thread;
  struct sched_param param = {.sched_priority = 7};
  int value;
  pthread_attr_init(&attr);
  pthread_attr_setstacksize(&attr, 40000);
  pthread_attr_setguardsize(&attr, 512);
  pthread_attr_setinheritsched(&attr, PTHREAD_EXPLICIT_SCHED);
  pthread_attr_setschedpolicy(&attr, SCHED_RR);
  pthread_attr_setschedparam(&attr, &param);
  pthread_create(&thread, &attr, reports, NULL);
  pthread_join(thread, NULL);
  printf("priority out of range: EINVAL %d\n",
         pthread_setschedparam(pthread_self(), SCHED_FIFO, &(struct sched_param){.sched_priority = 100}) == EINVAL);
  pthread_setschedparam(pthread_self(), SCHED_FIFO, &param);
  pthread_getschedparam(pthread_self(), &value, &param);
  printf("main FIFO %d %d\n", value == SCHED_FIFO, param.sched_priority);
  pthread_mutexattr_t mutex_attr;
  pthread_mutex_t mutex;
  pthread_mutexattr_init(&mutex_attr);
  pthread_mutexattr_setprotocol(&mutex_attr, PTHREAD_PRIO_PROTECT);
  pthread_mutexattr_setprioceiling(&mutex_attr, 20);
  pthread_mutex_init(&mutex, &mutex_attr);
  pthread_mutex_getprioceiling(&mutex, &value);
  printf("ceiling %d", value);
  printf(" set %d", pthread_mutex_setprioceiling(&mutex, 30, &value));
  printf(" was %d\n", value);
  pthread_setconcurrency(3);
  printf("concurrency %d\n", pthread_getconcurrency());
  printf("atfork %d\n", pthread_atfork(nothing, nothing, nothing));
}
