//@ flags: -D_GNU_SOURCE
/* When every thread waits, a report says who waits for what, and the program traps. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static int have_a, have_b;

static void *a_then_b(void *arg) {
  pthread_mutex_lock(&a);
  have_a = 1;
  while (!have_b)
    sched_yield();
  pthread_mutex_lock(&b);
  return arg;
}

static void *b_then_a(void *arg) {
  pthread_mutex_lock(&b);
  have_b = 1;
  while (!have_a)
    sched_yield();
  pthread_mutex_lock(&a);
  return arg;
}

int main(void) {
  pthread_t first, second;
  pthread_create(&first, NULL, a_then_b, NULL);
  pthread_create(&second, NULL, b_then_a, NULL);
  pthread_setname_np(first, "first");
  pthread_setname_np(second, "second");
  puts("before");
  pthread_join(first, NULL);
}
