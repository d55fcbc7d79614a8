# queue: producers and consumers, bounds, timeouts, priorities.
import queue
import threading

tasks = queue.Queue(maxsize=2)
done = []


def consume():
    while (task := tasks.get()) is not None:
        done.append(task)
        tasks.task_done()
    tasks.task_done()


consumers = [threading.Thread(target=consume) for _ in range(3)]
for consumer in consumers:
    consumer.start()
for task in range(20):
    tasks.put(task)
for _ in consumers:
    tasks.put(None)
tasks.join()
print(sorted(done) == list(range(20)))

try:
    tasks.get(timeout=0.005)
except queue.Empty:
    print("empty")

ordered = queue.PriorityQueue()
for number in (3, 1, 2):
    ordered.put(number)
print([ordered.get() for _ in range(3)])

simple = queue.SimpleQueue()
threading.Thread(target=simple.put, args=("from a thread",)).start()
print(simple.get(timeout=10))
