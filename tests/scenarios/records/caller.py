import math
import sys

from check import Checks
from wit_world import exports
from wit_world.imports import records
from wit_world.imports.records import Mixed, Path, Point, Segment

__all__ = ["CheckRecords"]

U64_MAX, U32_MAX = 2**64 - 1, 2**32 - 1
MANY = 100_000


def mixed(check: Checks) -> None:
    zero = Mixed(0, 0, 0, 0, 0, 0.0, False, "\0")
    one = Mixed(1, 1, 1, 1, 1, 0.5, False, "a")
    largest = Mixed(255, U64_MAX, 127, U32_MAX, 65535, sys.float_info.max, True, "~")
    smallest = Mixed(0, 0, -128, 0, 0, -5e-324, False, "0")

    check.call(records.bump, zero, gives=Mixed(1, 1, 1, 1, 1, 0.0, True, "\1"))
    check.call(records.bump, one, gives=Mixed(2, 2, 2, 2, 2, 1.0, True, "b"))
    check.call(records.bump, largest, gives=Mixed(0, 0, -128, 0, 0, math.inf, False, "\x7f"))
    check.call(records.bump, smallest, gives=Mixed(1, 1, -127, 1, 1, -1e-323, True, "1"))
    distinct = Mixed(0x12, 0x123456789ABCDEF0, -3, 0x12345678, 0x1234, math.nan, True, "H")
    check.call(
        records.bump, distinct, gives=Mixed(0x13, 0x123456789ABCDEF1, -2, 0x12345679, 0x1235, math.nan, False, "I")
    )

    check.call(records.fold, [], gives=zero)
    check.call(records.fold, [one], gives=one)
    check.call(records.fold, [one, largest, one], gives=Mixed(1, 1, -127, 1, 1, sys.float_info.max, True, "~"))
    check.call(records.fold, [smallest, smallest], gives=Mixed(0, 0, 0, 0, 0, -1e-323, False, "0"))
    last = Mixed(0, 0, 0, 0, 0, -0.25, True, "\U0010ffff")
    check.call(records.fold, [one, zero, last], gives=Mixed(1, 1, 1, 1, 1, 0.25, True, "\U0010ffff"))
    check.call(records.fold, [one] * 1000, gives=Mixed(232, 1000, -24, 1000, 1000, 500.0, False, "a"))


def segments(check: Checks) -> None:
    origin, a, b = Point(0.0, -0.0), Point(3.0, 4.0), Point(-math.inf, 5e-324)

    check.call(records.reverse, Segment(a, b, "a to b\0é"), gives=Segment(b, a, "a to b\0é"))
    check.call(records.reverse, Segment(origin, a, ""), gives=Segment(a, origin, ""))
    check.call(records.length_squared, Segment(origin, a, ""), gives=25.0)
    check.call(records.length_squared, Segment(a, a, "nowhere"), gives=0.0)
    check.call(records.length_squared, Segment(Point(1.0, 2.0), Point(-1.5, 2.5), "é"), gives=6.5)
    check.call(records.length_squared, Segment(a, b, ""), gives=math.inf)
    check.call(records.length_squared, Segment(Point(-1e200, 0.0), Point(1e200, 0.0), ""), gives=math.inf)
    check.call(records.length_squared, Segment(a, Point(math.nan, 0.0), ""), gives=math.nan)


def paths(check: Checks) -> None:
    a, b, c = Point(0.0, 0.0), Point(1.0, 0.0), Point(1.0, 1.0)
    open_path = Path([Segment(a, b, "s0"), Segment(b, c, "s1")], False)
    closed_path = Path([Segment(a, b, "s0"), Segment(b, c, "s1"), Segment(c, a, "s2")], True)

    check.call(records.connect, [], gives=Path([], False))
    check.call(records.connect, [a, b], gives=Path([Segment(a, b, "s0")], False))
    check.call(records.connect, [a, b, c], gives=open_path)
    check.call(records.connect, [a, b, c, a], gives=closed_path)
    row = [Point(float(x), 0.5) for x in range(1001)]
    check.call(records.connect, row, gives=Path([Segment(row[i], row[i + 1], f"s{i}") for i in range(1000)], False))

    check.call(records.describe, Path([], False), gives="")
    check.call(records.describe, Path([], True), gives="!")
    check.call(records.describe, Path([Segment(a, b, "one")], False), gives="one")
    check.call(records.describe, closed_path, gives="s0-s1-s2!")
    names = Path([Segment(a, b, ""), Segment(b, c, "é\0"), Segment(c, a, "")], False)
    check.call(records.describe, names, gives="-é\0-")


def tuples(check: Checks) -> None:
    check.call(records.swap, (255, U64_MAX, "é\0"), gives=("é\0", U64_MAX, 255))
    check.call(records.swap, (0, 1, ""), gives=("", 1, 0))
    check.call(records.rotate, ((65535, 2.0**-149), "𝄞"), gives=(65535, (2.0**-149, "𝄞")))
    check.call(records.rotate, ((0, -0.0), ""), gives=(0, (-0.0, "")))
    check.call(records.rotate, ((1, math.nan), "NaN"), gives=(1, (math.nan, "NaN")))
    check.call(records.single, (0,), gives=(0,))
    check.call(records.single, (21,), gives=(42,))
    check.call(records.single, (U32_MAX,), gives=(U32_MAX - 1,))

    check.call(records.squares, [], gives=[])
    check.call(records.squares, [65536, 0], gives=[(65536, 4294967296), (0, 0)])
    check.call(records.squares, [U32_MAX], gives=[(U32_MAX, 18446744065119617025)])
    check.call(records.squares, list(range(MANY)), gives=[(n, n**2) for n in range(MANY)])


class CheckRecords(exports.CheckRecords):
    def run(self) -> int:
        check = Checks()
        mixed(check)
        segments(check)
        paths(check)
        tuples(check)
        return check.count
