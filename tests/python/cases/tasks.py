# asyncio: tasks, queues, timeouts, threads.
import asyncio
import time


async def tick(name, delay, out):
    for count in range(3):
        await asyncio.sleep(delay)
        out.append(f"{name}{count}")


async def main():
    out = []
    await asyncio.gather(tick("a", 0.02, out), tick("b", 0.05, out))
    print(out)
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    except TimeoutError:
        print("timeout")
    items = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(items.put("item"))
        got = group.create_task(items.get())
    print(got.result())
    print(await asyncio.to_thread(lambda: time.sleep(0.001) or "from a thread"))
    return "result"


print(asyncio.run(main()))
