/* longjmp leaves frames of the thread that calls it, while others jump too. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdio.h>

static void jump(jmp_buf *to, int depth, int value) {
  sched_yield();
  if (depth == 0)
    longjmp(*to, value);
  jump(to, depth - 1, value);
}

/* Jumps within an inner setjmp and out of it, in turn. */
static int rounds(void) {
  jmp_buf outer, inner;
  volatile int jumps = 0;
  int came = setjmp(outer);
  if (came < 3) {
    int within = setjmp(inner);
    jumps++;
    if (within == 0)
      jump(&inner, 5, 1);
    jump(&outer, 2, came + 1);
  }
  return jumps;
}

static void *run(void *arg) {
  *(int *)arg = rounds();
  return NULL;
}

int main(void) {
  pthread_t threads[4];
  int jumps[4];
  for (int i = 0; i < 4; i++)
    pthread_create(&threads[i], NULL, run, &jumps[i]);
  printf("main %d\n", rounds());
  for (int i = 0; i < 4; i++) {
    pthread_join(threads[i], NULL);
    printf("thread %d\n", jumps[i]);
  }
}
