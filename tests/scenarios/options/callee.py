import math
from typing import List, Optional

from componentize_py_types import Err, Ok, Result, Some
from wit_world import exports
from wit_world.exports.options import Failure, Reason

__all__ = ["Options"]


class Options(exports.Options):
    def increment(self, x: Optional[int]) -> Optional[int]:
        return None if x is None or x == 2**32 - 1 else x + 1

    def first(self, s: Optional[str]) -> Optional[str]:
        return s[0] if s else None

    def nest(self, depth: int) -> Optional[Some[Optional[int]]]:
        match depth:
            case 0:
                return None
            case 1:
                return Some(None)
            case _:
                return Some(depth)

    def depth(self, x: Optional[Some[Optional[int]]]) -> int:
        if x is None:
            return 0
        return 1 if x.value is None else x.value

    def square_root(self, x: int) -> int:
        if x < 0:
            raise Err(Failure(Reason.NEGATIVE, str(x)))
        if x > 1_000_000:
            raise Err(Failure(Reason.TOO_BIG, str(x)))
        return math.isqrt(x)

    def unit(self, ok: bool) -> None:
        if not ok:
            raise Err(None)

    def reject(self, text: str) -> None:
        if text:
            raise Err(text)

    def accept(self, n: int) -> int:
        if n == 0:
            raise Err(None)
        return n

    def swap(self, r: Result[float, str]) -> str:
        match r:
            case Ok(number):
                raise Err(number)
            case Err(text):
                return text

    def classify(self, numbers: List[Optional[int]]) -> List[Result[int, int]]:
        return [Err(i) if number is None else Ok(number) for i, number in enumerate(numbers)]

    def weigh(self, x: Optional[Result[Optional[List[int]], str]]) -> int:
        match x:
            case None:
                return 0
            case Err(text):
                return len(text.encode())
            case Ok(numbers):
                return 1000 + sum(numbers or [])
