# One thread sleeps while others run.
import threading
import time

order = []


def sleeper():
    order.append("sleeps")
    time.sleep(0.2)
    order.append("wakes")


thread = threading.Thread(target=sleeper)
thread.start()
while not order:
    time.sleep(0)
for number in range(5):
    order.append(number)
    time.sleep(0.001)
thread.join()
print(order)
