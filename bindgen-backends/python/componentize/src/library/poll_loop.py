"""componentize-py's module of this name: an event loop that waits for pollables, and requests, responses and bodies of `wasi:http` for
asyncio."""

import asyncio

from _onramp_pollables import Pollable as _Source
from _onramp_wasi import http_types as _types, outgoing_handler as _outgoing_handler, streams as _streams
from componentize_py_types import Err, Ok

# The most that is read at once, in bytes.
READ_SIZE = 16 * 1024


class PollLoop(asyncio.SelectorEventLoop):
    """An event loop of asyncio; `register` waits in it."""

    def __del__(self):
        # Apps leave it open: nothing in it outlives the instance.
        if not self.is_running() and not self.is_closed():
            self.close()


async def register(loop, pollable):
    """Waits until a pollable is ready, and drops it."""
    source, ready = _Source(pollable), loop.create_future()

    def wake():
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(source, wake)
    try:
        await ready
    finally:
        loop.remove_reader(source)
        source.forget()
        pollable.__exit__(None, None, None)


async def send(request):
    """Sends a request, and waits for the response. Raises `Err` with the error code when there is none."""
    with _outgoing_handler.handle(request, None) as future:
        while (response := future.get()) is None:
            await register(asyncio.get_running_loop(), future.subscribe())
    while isinstance(response, Ok):
        response = response.value
    if isinstance(response, Err):
        raise response
    return response


class Stream:
    """The content of an incoming body, piece by piece."""

    def __init__(self, body):
        self.body = body
        self.stream = body.stream()

    async def next(self):
        """The next piece; None at the end."""
        while self.stream is not None:
            try:
                if piece := self.stream.read(READ_SIZE):
                    return piece
            except Err as error:
                if not isinstance(error.value, _streams.StreamError_Closed):
                    raise
                self._end()
                continue
            await register(asyncio.get_running_loop(), self.stream.subscribe())
        return None

    def _end(self):
        self.stream.__exit__(None, None, None)
        _types.IncomingBody.finish(self.body)
        self.stream = self.body = None


class Sink:
    """Writes the content of an outgoing body."""

    def __init__(self, body):
        self.body = body
        self.stream = body.write()

    async def send(self, chunk):
        """Writes bytes, and waits until the host has taken them."""
        rest = memoryview(chunk)
        while len(rest):
            size = min(await self._room(), len(rest))
            self.stream.write(bytes(rest[:size]))
            rest = rest[size:]
        self.stream.flush()
        await self._room()

    async def _room(self):
        """How much the stream takes, as soon as it takes something."""
        while not (size := self.stream.check_write()):
            await register(asyncio.get_running_loop(), self.stream.subscribe())
        return size

    def close(self):
        """Ends the body."""
        self.stream.__exit__(None, None, None)
        _types.OutgoingBody.finish(self.body, None)
        self.stream = self.body = None
