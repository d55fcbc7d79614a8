import sys
from typing import List, Optional, Self

from wit_world import exports
from wit_world.exports import resources

__all__ = ["Resources"]

# componentize-py looks for the classes of exported resources in a module named after the interface.
sys.modules["resources"] = sys.modules[__name__]


def s64(n: int) -> int:
    """Wraps to 64 bits."""
    return (n + 2**63) % 2**64 - 2**63


class Counter(resources.Counter):
    def __init__(self, start: int) -> None:
        self.value = start

    def add(self, n: int) -> int:
        self.value = s64(self.value + n)
        return self.value

    def get(self) -> int:
        return self.value

    def duplicate(self) -> Self:
        return type(self)(self.value)

    def equals(self, other: Self) -> bool:
        return self.value == other.value

    @classmethod
    def merge(cls, a: Self, b: Self) -> Self:
        return cls(s64(a.get() + b.get()))


class Holder(resources.Holder):
    def __init__(self, name: str, inner: resources.Counter) -> None:
        self.text = name
        self.inner = inner

    def name(self) -> str:
        return self.text

    def add(self, n: int) -> int:
        return self.inner.add(n)

    @classmethod
    def open(cls, h: Self) -> resources.Counter:
        return h.inner


class Resources(exports.Resources):
    def make_many(self, n: int) -> List[resources.Counter]:
        return [Counter(i) for i in range(n)]

    def total(self, counters: List[resources.Counter]) -> int:
        return s64(sum(counter.get() for counter in counters))

    def consume(self, counters: List[resources.Counter]) -> int:
        return self.total(counters)

    def label(self, counters: List[resources.Counter]) -> List[resources.Entry]:
        return [resources.Entry(str(counter.get()), counter) for counter in counters]

    def pick(self, entries: List[resources.Entry], name: str) -> Optional[resources.Counter]:
        return next((entry.value for entry in entries if entry.name == name), None)

    def redeem(self, c: Optional[resources.Counter]) -> int:
        return -1 if c is None else c.get()
