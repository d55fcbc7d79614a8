from typing import List

from wit_world import exports

__all__ = ["FixedListsOwned"]


class FixedListsOwned(exports.FixedListsOwned):
    def reverse(self, s: List[str]) -> List[str]:
        return s[::-1]

    def staircase(self) -> List[List[int]]:
        return [[i] * i for i in range(3)]

    def join(self, s: List[str]) -> str:
        return ",".join(s)
