from functools import reduce
from operator import or_, xor
from typing import List, Tuple

from wit_world import exports
from wit_world.exports.bit_flags import Eight, Full, Nine, One

__all__ = ["BitFlags"]


class BitFlags(exports.BitFlags):
    def complement_one(self, f: One) -> One:
        return ~f

    def complement_eight(self, f: Eight) -> Eight:
        return ~f

    def complement_nine(self, f: Nine) -> Nine:
        return ~f

    def complement_full(self, f: Full) -> Full:
        return ~f

    def union_eight(self, a: Eight, b: Eight) -> Eight:
        return a | b

    def intersect_nine(self, a: Nine, b: Nine) -> Nine:
        return a & b

    def count_full(self, f: Full) -> int:
        return len(f)

    def collect_full(self, numbers: bytes) -> Full:
        return reduce(or_, (Full(1 << number) for number in numbers), Full(0))

    def parity_nine(self, all: List[Nine]) -> Nine:
        return reduce(xor, all, Nine(0))

    def mirror(self, all: Tuple[One, Eight, Nine, Full]) -> Tuple[Full, Nine, Eight, One]:
        one, eight, nine, full = all
        return ~full, ~nine, ~eight, ~one
