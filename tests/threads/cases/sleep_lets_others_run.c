/* While some threads sleep, each by another call, others run. */
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int woken, ran;

static void by_nanosleep(void) { nanosleep(&(struct timespec){0, 10000000}, NULL); }
static void by_usleep(void) { usleep(20000); }
static void by_poll(void) { poll(NULL, 0, 30); }
static void by_clock(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  time.tv_nsec += 40000000;
  time.tv_sec += time.tv_nsec / 1000000000;
  time.tv_nsec %= 1000000000;
  clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &time, NULL);
}

static void (*const ways[])(void) = {by_nanosleep, by_usleep, by_poll, by_clock};

static void *sleeps(void *way) {
  ways[(int)way]();
  woken++;
  return NULL;
}

static void *works(void *arg) {
  while (woken < 4) {
    ran++;
    sched_yield();
  }
  return arg;
}

int main(void) {
  pthread_t threads[5];
  for (int i = 0; i < 4; i++)
    pthread_create(&threads[i], NULL, sleeps, (void *)(3 - i));
  pthread_create(&threads[4], NULL, works, NULL);
  for (int i = 0; i < 5; i++)
    pthread_join(threads[i], NULL);
  printf("woken %d, the worker ran meanwhile: %d\n", woken, ran > 10);
}
