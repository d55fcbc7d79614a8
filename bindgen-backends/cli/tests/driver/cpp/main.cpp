#include <pthread.h>

#include <iostream>
#include <map>
#include <string>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static std::map<std::string, int> counts;
thread_local std::string name = "nobody";

static void *count(void *argument) {
  name = static_cast<const char *>(argument);
  for (int i = 0; i < 10; i++) {
    pthread_mutex_lock(&mutex);
    counts[name]++;
    pthread_mutex_unlock(&mutex);
  }
  return nullptr;
}

int main() {
  pthread_t threads[2];
  const char *names[] = {"one", "two"};
  for (int i = 0; i < 2; i++)
    if (pthread_create(&threads[i], nullptr, count, const_cast<char *>(names[i])))
      return 1;
  for (pthread_t thread : threads)
    pthread_join(thread, nullptr);
  for (const auto &[name, count] : counts)
    std::cout << name << ' ' << count << std::endl;
  std::cout << name << std::endl;
}
