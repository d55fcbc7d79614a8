/* A thread's result reaches the thread that joins it, returned or given to pthread_exit. */
#include <pthread.h>
#include <stdio.h>

static void *returns(void *arg) { return arg; }

static void go_down(int depth, void *result) {
  char frame[256];
  frame[depth] = (char)depth;
  if (depth == 0)
    pthread_exit(result);
  go_down(depth - 1, result);
  printf("not reached %d\n", frame[depth]);
}

static void *exits(void *arg) {
  go_down(100, arg);
  return NULL;
}

int main(void) {
  pthread_t first, second;
  void *result;
  pthread_create(&first, NULL, returns, (void *)11);
  pthread_create(&second, NULL, exits, (void *)22);
  pthread_join(first, &result);
  printf("returned %d\n", (int)result);
  pthread_join(second, &result);
  printf("exited from 100 frames down with %d\n", (int)result);
}
