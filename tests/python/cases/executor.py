# concurrent.futures.ThreadPoolExecutor.
import time
from concurrent.futures import ThreadPoolExecutor, as_completed, wait


def square(number):
    time.sleep(0.001)
    return number * number


def fail():
    raise ValueError("on purpose")


with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(square, range(10))))
    print(sorted(future.result() for future in as_completed([pool.submit(square, n) for n in range(5)])))
    failed = pool.submit(fail)
    print(repr(failed.exception()))
    done, pending = wait([pool.submit(square, n) for n in range(3)])
    print(len(done), len(pending))
