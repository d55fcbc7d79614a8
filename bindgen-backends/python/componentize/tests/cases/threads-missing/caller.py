import asyncio
import concurrent.futures
import threading

import helper
from wit_world import exports


def refused(start) -> None:
    try:
        start()
    except RuntimeError as error:
        print(error)


async def elsewhere() -> None:
    await asyncio.to_thread(print, "never")


class Run(exports.Run):
    def run(self) -> None:
        refused(threading.Thread(target=print).start)
        refused(helper.Worker().start)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            refused(lambda: pool.submit(print))
        refused(threading.Timer(0.1, print).start)
        refused(lambda: asyncio.run(elsewhere()))
        print(asyncio.run(asyncio.sleep(0, "asyncio works")), threading.Lock().acquire())
