# asyncio: tasks, queues, timeouts, threads.
import asyncio
import time


async def tick(name, delay, out):
    for count in range(3):
        await asyncio.sleep(delay)
        out.append(f"{name}{count}")


async def turn(mine, other, out, name):
    for _ in range(3):
        await mine.wait()
        mine.clear()
        out.append(name)
        other.set()


async def main():
    out = []
    await asyncio.gather(tick("a", 0.002, out), tick("b", 0.005, out))
    print(sorted(out))
    out.clear()
    first, second = asyncio.Event(), asyncio.Event()
    first.set()
    await asyncio.gather(turn(second, first, out, "second"), turn(first, second, out, "first"))
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
