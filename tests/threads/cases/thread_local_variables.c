/* _Thread_local: initial values, own addresses, alignment; large and zeroed ones too. */
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>

static _Thread_local int counter = 40;
static _Thread_local char zeroed[5000];
static _Thread_local _Alignas(64) char aligned = 'a';
_Thread_local const char *name = "initial";

static int *main_counter;

static int all_zero(void) {
  int sum = 0;
  for (unsigned i = 0; i < sizeof zeroed; i++)
    sum |= zeroed[i];
  return sum == 0;
}

static void *uses(void *arg) {
  int fresh = counter == 40 && all_zero() && aligned == 'a' && name[0] == 'i';
  counter += (int)arg;
  zeroed[4999] = 1;
  aligned = 'b';
  name = "changed";
  sched_yield();
  int kept = counter == 40 + (int)arg && aligned == 'b' && name[0] == 'c';
  int own = &counter != main_counter;
  int right = (uintptr_t)&aligned % 64 == 0;
  return (void *)(fresh && kept && own && right);
}

int main(void) {
  pthread_t threads[4];
  void *good;
  main_counter = &counter;
  counter = 1;
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 4; i++)
      pthread_create(&threads[i], NULL, uses, (void *)(i + 1));
    for (int i = 0; i < 4; i++) {
      pthread_join(threads[i], &good);
      printf("round %d thread %d: %d\n", round, i, (int)good);
    }
  }
  printf("main: %d %s\n", counter, name);
}
