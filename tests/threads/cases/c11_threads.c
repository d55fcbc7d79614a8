/* C11's threads.h. */
#include <stdio.h>
#include <threads.h>
#include <time.h>

static mtx_t mutex;
static cnd_t cond;
static once_flag flag = ONCE_FLAG_INIT;
static tss_t key;
static int ready;
static thread_local int own = 3;

static void once(void) { puts("once"); }
static const char *destroyed = "nothing";
static void destroy(void *value) { destroyed = value; }

static int run(void *arg) {
  call_once(&flag, once);
  tss_set(key, arg);
  own++;
  mtx_lock(&mutex);
  ready = 1;
  cnd_signal(&cond);
  mtx_unlock(&mutex);
  thrd_exit(own);
}

int main(void) {
  thrd_t thread;
  int result;
  struct timespec past = {0, 0};
  mtx_init(&mutex, mtx_plain | mtx_timed);
  cnd_init(&cond);
  tss_create(&key, destroy);
  call_once(&flag, once);
  mtx_lock(&mutex);
  printf("timed out: %d\n", cnd_timedwait(&cond, &mutex, &past) == thrd_timedout);
  thrd_create(&thread, run, "value");
  while (!ready)
    cnd_wait(&cond, &mutex);
  printf("busy: %d\n", mtx_trylock(&mutex) == thrd_busy);
  mtx_unlock(&mutex);
  thrd_join(thread, &result);
  printf("result %d, own %d, destroyed %s\n", result, own, destroyed);
  printf("sleep %d\n", thrd_sleep(&(struct timespec){0, 1000}, NULL));
}
