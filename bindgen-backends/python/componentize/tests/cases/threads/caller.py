import asyncio
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from wit_world import exports


def work(number: int, results: queue.Queue) -> None:
    time.sleep(0.02 * (3 - number))
    results.put(number)


async def tasks() -> int:
    await asyncio.gather(asyncio.sleep(0.01), asyncio.to_thread(print, "in a thread"))
    return 5


class Run(exports.Run):
    def run(self) -> None:
        results: queue.Queue = queue.Queue()
        threads = [threading.Thread(target=work, args=(number, results)) for number in range(3)]
        for thread in threads:
            thread.start()
        print([results.get() for _ in threads])
        with ThreadPoolExecutor(3) as pool:
            print(list(pool.map(lambda number: number**2, range(5))))
        print(asyncio.run(tasks()))
