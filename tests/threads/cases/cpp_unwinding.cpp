//@ flags: -fwasm-exceptions
/* pthread_exit and cancellation run the destructors of the frames that they leave, and
 * those of the thread's thread_local variables. */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

namespace {

struct Announce {
  const char *name;
  explicit Announce(const char *name) : name(name) {}
  ~Announce() { printf("~%s\n", name); }
};

thread_local Announce own("thread_local");

void inner() {
  Announce frame("inner");
  pthread_exit(const_cast<char *>("result"));
}

void *exits(void *arg) {
  Announce frame("outer");
  own.name = "thread_local, used";
  inner();
  return arg;
}

void *is_cancelled(void *arg) {
  Announce frame("cancelled frame");
  sleep(1000);
  return arg;
}

} // namespace

int main() {
  pthread_t thread;
  void *result;
  pthread_create(&thread, nullptr, exits, nullptr);
  pthread_join(thread, &result);
  printf("%s\n", static_cast<char *>(result));
  pthread_create(&thread, nullptr, is_cancelled, nullptr);
  usleep(1000);
  pthread_cancel(thread);
  pthread_join(thread, &result);
  printf("cancelled %d\n", result == PTHREAD_CANCELED);
}
