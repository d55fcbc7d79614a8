//@ flags: -std=c++20 -O1 -Wall
// std::thread and what is used with it, where libc++ itself was built without threads.
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

static void counted() {
  std::mutex mutex;
  int total = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; i++)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 50; round++) {
        std::lock_guard lock(mutex);
        int seen = total;
        std::this_thread::yield();
        total = seen + i;
      }
    });
  for (auto &thread : threads)
    thread.join();
  std::cout << "total " << total << std::endl;
}

static void passed_on() {
  std::mutex mutex;
  std::condition_variable change;
  int value = 0, consumed = 0;
  std::thread producer([&] {
    for (int i = 1; i <= 5; i++) {
      std::unique_lock lock(mutex);
      change.wait(lock, [&] { return value == 0; });
      value = i;
      change.notify_all();
    }
  });
  for (int i = 0; i < 5; i++) {
    std::unique_lock lock(mutex);
    change.wait(lock, [&] { return value != 0; });
    consumed += value;
    value = 0;
    change.notify_all();
  }
  producer.join();
  std::unique_lock lock(mutex);
  bool in_time = change.wait_for(lock, 2ms, [] { return false; });
  std::cout << "consumed " << consumed << ", woken in time: " << in_time << std::endl;
}

static void once() {
  std::once_flag flag;
  int calls = 0;
  auto call = [&] {
    std::call_once(flag, [&] {
      std::this_thread::sleep_for(1ms);
      calls++;
    });
  };
  std::thread one(call), two(call);
  one.join();
  two.join();
  call();
  std::cout << "called " << calls << " time" << std::endl;
}

static void timed() {
  std::timed_mutex mutex;
  std::recursive_timed_mutex recursive;
  std::lock_guard lock(mutex);
  std::lock_guard outer(recursive), inner(recursive);
  std::thread([&] {
    std::cout << "others: " << mutex.try_lock_for(1ms) << mutex.try_lock() << recursive.try_lock_for(1ms)
              << recursive.try_lock() << std::endl;
  }).join();
  std::cout << "self: " << recursive.try_lock() << std::endl;
  recursive.unlock();
}

static void shared() {
  std::shared_timed_mutex mutex;
  int value = 0, seen = 0;
  mutex.lock_shared();
  std::thread writer([&] {
    std::unique_lock lock(mutex);
    value = 1;
  });
  std::thread([&] {
    std::shared_lock lock(mutex, 2ms);
    std::cout << "another reader beside a waiting writer got in or gave up" << std::endl;
  }).join();
  seen = value;
  mutex.unlock_shared();
  writer.join();
  std::cout << "before " << seen << ", after " << value << ", free " << mutex.try_lock() << std::endl;
  mutex.unlock();
}

struct farewell {
  int *count;
  ~farewell() {
    if (count)
      ++*count;
  }
};

static thread_local farewell last{nullptr};

static void at_exit() {
  std::mutex mutex;
  std::condition_variable change;
  bool done = false;
  int destroyed = 0;
  std::thread thread([&] {
    last.count = &destroyed;
    std::unique_lock lock(mutex);
    done = true;
    std::notify_all_at_thread_exit(change, std::move(lock));
  });
  std::unique_lock lock(mutex);
  change.wait(lock, [&] { return done; });
  lock.unlock();
  thread.join();
  std::cout << "thread_local destroyed " << destroyed << std::endl;
}

int main() {
  counted();
  passed_on();
  once();
  timed();
  shared();
  at_exit();
  std::cout << (std::thread::hardware_concurrency() > 0) << std::endl;
}
