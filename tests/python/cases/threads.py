# threading: Thread, Lock, Event, Condition, Barrier, local, Timer; joined at the end of the program.
import threading
import time

results = []
lock = threading.Lock()


def add(number):
    for _ in range(10):
        with lock:
            results.append(number)
        time.sleep(0.001)


threads = [threading.Thread(target=add, args=(number,)) for number in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results) == sorted(list(range(5)) * 10), threading.active_count())

ready = threading.Event()
waited = []
waiter = threading.Thread(target=lambda: waited.append(ready.wait(10)))
waiter.start()
ready.set()
waiter.join()
print("event", waited)

condition = threading.Condition()
turns = []


def turn(mine):
    for round in range(3):
        with condition:
            condition.wait_for(lambda: len(turns) == round * 2 + mine)
            turns.append("ab"[mine])
            condition.notify_all()


pair = [threading.Thread(target=turn, args=(mine,)) for mine in (1, 0)]
for thread in pair:
    thread.start()
for thread in pair:
    thread.join()
print("condition", "".join(turns))

barrier = threading.Barrier(3)
places = []
crowd = [threading.Thread(target=lambda: places.append(barrier.wait(10))) for _ in range(3)]
for thread in crowd:
    thread.start()
for thread in crowd:
    thread.join()
print("barrier", sorted(places))

own = threading.local()
own.value = "main"
seen = []


def look(value):
    seen.append(hasattr(own, "value"))
    own.value = value
    time.sleep(0.002)
    seen.append(own.value == value)


lookers = [threading.Thread(target=look, args=(value,)) for value in range(3)]
for thread in lookers:
    thread.start()
for thread in lookers:
    thread.join()
print("local", seen.count(False), seen.count(True), own.value)

timed = threading.Event()
threading.Timer(0.001, timed.set).start()
print("timer", timed.wait(10))


def late():
    time.sleep(0.005)
    print("a thread that nobody joined")


threading.Thread(target=late).start()
print("the end of main")
