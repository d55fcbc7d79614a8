from functools import reduce
from itertools import pairwise
from operator import add
from typing import List, Tuple

from wit_world import exports
from wit_world.exports.records import Mixed, Path, Point, Segment

__all__ = ["Records"]


def s8(n: int) -> int:
    """Wraps to 8 bits."""
    return (n + 2**7) % 2**8 - 2**7


class Records(exports.Records):
    def bump(self, m: Mixed) -> Mixed:
        return Mixed(
            a=(m.a + 1) % 2**8,
            b=(m.b + 1) % 2**64,
            c=s8(m.c + 1),
            d=(m.d + 1) % 2**32,
            e=(m.e + 1) % 2**16,
            f=m.f * 2,
            g=not m.g,
            h=chr(ord(m.h) + 1),
        )

    def fold(self, all: List[Mixed]) -> Mixed:
        return Mixed(
            a=sum(m.a for m in all) % 2**8,
            b=sum(m.b for m in all) % 2**64,
            c=s8(sum(m.c for m in all)),
            d=sum(m.d for m in all) % 2**32,
            e=sum(m.e for m in all) % 2**16,
            # Unlike `sum`, which compensates for rounding.
            f=reduce(add, (m.f for m in all), 0.0),
            g=any(m.g for m in all),
            h=max((m.h for m in all), default="\0"),
        )

    def reverse(self, s: Segment) -> Segment:
        return Segment(s.to, s.from_, s.name)

    def length_squared(self, s: Segment) -> float:
        dx, dy = s.to.x - s.from_.x, s.to.y - s.from_.y
        return dx * dx + dy * dy

    def connect(self, points: List[Point]) -> Path:
        segments = [Segment(a, b, f"s{i}") for i, (a, b) in enumerate(pairwise(points))]
        return Path(segments, closed=len(points) > 0 and points[0] == points[-1])

    def describe(self, p: Path) -> str:
        return "-".join(segment.name for segment in p.segments) + ("!" if p.closed else "")

    def swap(self, t: Tuple[int, int, str]) -> Tuple[str, int, int]:
        a, b, c = t
        return c, b, a

    def rotate(self, t: Tuple[Tuple[int, float], str]) -> Tuple[int, Tuple[float, str]]:
        (a, b), c = t
        return a, (b, c)

    def single(self, t: Tuple[int]) -> Tuple[int]:
        (n,) = t
        return (n * 2 % 2**32,)

    def squares(self, numbers: List[int]) -> List[Tuple[int, int]]:
        return [(n, n * n) for n in numbers]
