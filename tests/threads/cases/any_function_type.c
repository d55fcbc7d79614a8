//@ flags: -std=gnu17 -Wno-incompatible-function-pointer-types -Wno-deprecated-non-prototype
/* Functions without their parameter or result run as threads, handlers and routines, as natively. */
#include <pthread.h>
#include <stdio.h>

static pthread_once_t control = PTHREAD_ONCE_INIT;
static pthread_key_t key;

static void *no_parameter() {
  puts("no parameter");
  return (void *)5;
}
static void no_result(void *arg) { printf("no result, %d\n", (int)arg); }
static void neither() { puts("neither"); }
static int handler() { return puts("handler"); }
static void *routine() {
  puts("routine");
  return NULL;
}

static void run(void *function) {
  pthread_t thread;
  void *result;
  pthread_create(&thread, NULL, (void *(*)(void *))function, (void *)7);
  pthread_join(thread, &result);
  if (function == (void *)no_parameter)
    printf("result %d\n", (int)result);
}

static void *uses(void *arg) {
  pthread_setspecific(key, "value");
  pthread_once(&control, (void (*)(void))routine);
  pthread_cleanup_push((void (*)(void *))handler, NULL);
  pthread_exit(arg);
  pthread_cleanup_pop(0);
}

int main(void) {
  pthread_key_create(&key, (void (*)(void *))neither);
  run((void *)no_parameter);
  run((void *)no_result);
  run((void *)neither);
  run((void *)uses);
}
