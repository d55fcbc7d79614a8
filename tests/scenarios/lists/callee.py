from itertools import chain
from typing import List

from wit_world import exports
from wit_world.exports.lists import Point

__all__ = ["Lists"]


def s32(n: int) -> int:
    """Wraps to 32 bits."""
    return (n + 2**31) % 2**32 - 2**31


class Lists(exports.Lists):
    def xor_bytes(self, data: bytes, mask: int) -> bytes:
        return bytes(byte ^ mask for byte in data)

    def iota(self, start: int, count: int) -> List[int]:
        return [(start + i) % 2**64 for i in range(count)]

    def sum(self, numbers: List[int]) -> int:
        return sum(numbers) % 2**64

    def widen(
        self,
        a: bytes,
        b: List[int],
        c: List[int],
        d: List[int],
        e: List[int],
        f: List[int],
        g: List[float],
    ) -> List[float]:
        # A list of s8 is bytes too.
        return list(map(float, chain(memoryview(a).cast("b"), b, c, d, e, f, g)))

    def invert(self, bits: List[bool]) -> List[bool]:
        return [not bit for bit in bits]

    def explode(self, s: str) -> List[str]:
        return list(s)

    def implode(self, chars: List[str]) -> str:
        return "".join(chars)

    def sort(self, strings: List[str]) -> List[str]:
        # By scalar values, which is the order of the bytes in UTF-8 too.
        return sorted(strings)

    def flatten(self, groups: List[List[str]]) -> List[str]:
        return list(chain.from_iterable(groups))

    def group_by_length(self, strings: List[str]) -> List[List[str]]:
        groups: List[List[str]] = []
        for string in strings:
            length = len(string.encode())
            while len(groups) <= length:
                groups.append([])
            groups[length].append(string)
        return groups

    def translate(self, points: List[Point], dx: int, dy: int) -> List[Point]:
        return [Point(s32(p.x + dx), s32(p.y + dy), p.label + "'") for p in points]

    def weigh(self, groups: List[List[bytes]]) -> List[int]:
        return [sum(map(len, group)) for group in groups]
