"""Waiting for pollables of `wasi:io/poll`, beside the descriptors of the C library that Python's selectors know."""

import _thread
import time

from _onramp_wasi import monotonic_clock, poll

# Numbers from here on stand for pollables: hosts never give so many descriptors. Those of the component's own files are behind them.
FIRST = 1 << 20
BEHIND = 1 << 30

# How long other threads may run before pollables are looked at again, in seconds.
TURN = 0.005

# What the numbers stand for.
sources = {}

# The bits of `selectors`.
READ, WRITE = 1, 2


class Source:
    """What a selector can wait for, under a number. `subscribe` gives the pollable for one of the bits, or None when it would never be
    ready."""

    def __init__(self):
        self.number = next(number for number in range(FIRST, FIRST + len(sources) + 1) if number not in sources)
        sources[self.number] = self

    def fileno(self):
        return self.number

    def forget(self):
        """Gives the number back."""
        sources.pop(self.number, None)

    def subscribe(self, bit):
        raise NotImplementedError

    def ready(self, bits):
        """Those of these bits that are ready."""
        return sum(bit for bit in (READ, WRITE) if bits & bit and self.is_ready(bit))

    def is_ready(self, bit):
        pollable = self.subscribe(bit)
        if pollable is None:
            return False
        with pollable:
            return pollable.ready()


class Pollable(Source):
    """A pollable that was given."""

    def __init__(self, pollable):
        super().__init__()
        self.pollable = pollable

    def is_ready(self, bit):
        return self.pollable.ready()

    def subscribe(self, bit):
        return self.pollable


def is_source(number):
    return FIRST <= number < BEHIND


def has_other_threads():
    return _thread._count() > 0


def block(pollables, seconds):
    """Waits for one of these pollables, or so long. No other thread runs meanwhile."""
    if seconds is None:
        poll.poll(pollables)
        return
    with monotonic_clock.subscribe_duration(max(0, int(seconds * 1e9))) as clock:
        poll.poll([*pollables, clock])


def wait(source, bit, timeout):
    """Waits until a source is ready, as a socket with this timeout does. True when it is."""
    deadline = None if timeout is None else time.monotonic() + timeout
    while not source.is_ready(bit):
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            return False
        if has_other_threads():
            time.sleep(TURN if left is None else min(left, TURN))
            continue
        with source.subscribe(bit) as pollable:
            block([pollable], left)
    return True


def selector(selectors):
    """A selector for both, made of those that the module has."""
    PollSelector = selectors.PollSelector

    class Selector(selectors._BaseSelectorImpl):
        """Waits for descriptors of the C library, and for sources."""

        def __init__(self):
            super().__init__()
            self.descriptors = PollSelector()

        def register(self, fileobj, events, data=None):
            key = super().register(fileobj, events, data)
            if not is_source(key.fd):
                self.descriptors.register(key.fd, events)
            return key

        def unregister(self, fileobj):
            key = super().unregister(fileobj)
            if not is_source(key.fd):
                self.descriptors.unregister(key.fd)
            return key

        def close(self):
            self.descriptors.close()
            super().close()

        def select(self, timeout=None):
            own = [key for key in self._fd_to_key.values() if is_source(key.fd)]
            if not own:
                return self.found(timeout)
            deadline = None if timeout is None else time.monotonic() + timeout
            while True:
                found = self.found(0) + [(key, ready) for key in own if (ready := of(key).ready(key.events))]
                left = None if deadline is None else deadline - time.monotonic()
                if found or (left is not None and left <= 0):
                    return found
                self.wait(own, left)

        def found(self, timeout):
            """The descriptors that are ready."""
            return [(self._fd_to_key[key.fd], events) for key, events in self.descriptors.select(timeout)]

        def wait(self, own, left):
            # The event loop's own pipe is filled by other threads only, so it need not be waited for when there are none.
            if has_other_threads() or len(self.descriptors.get_map()) > 1:
                self.descriptors.select(TURN if left is None else min(left, TURN))
                return
            wanted = [(of(key), bit) for key in own for bit in (READ, WRITE) if key.events & bit]
            pollables = [pollable for source, bit in wanted if (pollable := source.subscribe(bit)) is not None]
            try:
                block(pollables, left)
            finally:
                given = [source.pollable for source, _ in wanted if isinstance(source, Pollable)]
                for pollable in pollables:
                    if pollable not in given:
                        pollable.__exit__(None, None, None)

    return Selector


def of(key):
    return sources[key.fd]
