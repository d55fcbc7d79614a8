//@ needs: exceptions
/* Each thread handles its own exceptions, whoever runs meanwhile; one may be carried to another thread. */
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <thread>

namespace {

struct Announce {
  const char *name;
  ~Announce() { std::printf("~%s\n", name); }
};

std::exception_ptr carried;

void throws_and_catches() {
  try {
    Announce frame{"frame"};
    throw std::runtime_error("a thread's");
  } catch (const std::exception &error) {
    for (int i = 0; i < 3; i++)
      std::this_thread::yield();
    std::printf("caught %s\n", error.what());
    carried = std::current_exception();
  }
}

} // namespace

int main() {
  int sum = 0;
  for (int round = 0; round < 3; round++) {
    std::thread thread(throws_and_catches);
    try {
      throw round;
    } catch (int number) {
      std::this_thread::yield();
      sum += number + 1;
    }
    thread.join();
  }
  std::printf("main caught %d\n", sum);
  try {
    std::rethrow_exception(carried);
  } catch (const std::runtime_error &error) {
    std::printf("carried %s\n", error.what());
  }
}
