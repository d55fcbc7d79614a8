from typing import List

from wit_world import exports

__all__ = ["FixedLists"]


class FixedLists(exports.FixedLists):
    def dot(self, a: List[float], b: List[float]) -> float:
        return sum(x * y for x, y in zip(a, b))

    def transpose(self, m: List[List[int]]) -> List[List[int]]:
        return [list(column) for column in zip(*m)]

    def ramp(self, numbers: List[int]) -> List[int]:
        return [(number + i) % 2**16 for i, number in enumerate(numbers)]

    def split(self, numbers: List[int]) -> List[bytes]:
        return [number.to_bytes(4, "little") for number in numbers]
