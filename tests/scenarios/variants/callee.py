import struct
from functools import reduce
from operator import add
from typing import List

from wit_world import exports
from wit_world.exports.variants import (
    DoubleWord,
    DoubleWord_Float,
    DoubleWord_Int,
    DoubleWord_Word,
    Size,
    Value,
    Value_Both,
    Value_Large,
    Value_Nothing,
    Value_Numbers,
    Value_Sized,
    Value_Small,
    Value_Text,
    Word,
    Word_Float,
    Word_Int,
)

__all__ = ["Variants"]


def number(v: Value) -> float:
    """What a value adds to a total."""
    match v:
        case Value_Small(n) | Value_Large(n):
            return float(n)
        case Value_Text(text):
            return float(len(text.encode()))
        case Value_Both((n, x)):
            return n + x
        case Value_Numbers(numbers):
            return float(sum(numbers))
        case Value_Sized(size):
            return size.width + size.height
        case _:
            return 0.0


class Variants(exports.Variants):
    def name(self, v: Value) -> str:
        match v:
            case Value_Nothing():
                return "nothing"
            case Value_Small():
                return "small"
            case Value_Large():
                return "large"
            case Value_Text():
                return "text"
            case Value_Both():
                return "both"
            case Value_Numbers():
                return "numbers"
            case Value_Sized():
                return "sized"

    def make(self, kind: int, n: int, text: str) -> Value:
        match kind % 7:
            case 0:
                return Value_Nothing()
            case 1:
                return Value_Small(float(n))
            case 2:
                return Value_Large(n)
            case 3:
                return Value_Text(text)
            case 4:
                return Value_Both((n % 2**8, float(n)))
            case 5:
                return Value_Numbers(list(range(n)))
            case _:
                return Value_Sized(Size(n % 2**16, float(n)))

    def grow(self, v: Value) -> Value:
        match v:
            case Value_Small(x):
                return Value_Small(x * 2)
            case Value_Large(n):
                return Value_Large(n * 2 % 2**64)
            case Value_Text(text):
                return Value_Text(text * 2)
            case Value_Both((n, x)):
                return Value_Both((n * 2 % 2**8, x * 2))
            case Value_Numbers(numbers):
                return Value_Numbers(numbers * 2)
            case Value_Sized(size):
                return Value_Sized(Size(size.width * 2 % 2**16, size.height * 2))
            case _:
                return v

    def total(self, values: List[Value]) -> float:
        # Unlike `sum`, which compensates for rounding.
        return reduce(add, map(number, values), 0.0)

    def reinterpret(self, w: Word) -> Word:
        match w:
            case Word_Int(n):
                return Word_Float(struct.unpack("<f", struct.pack("<I", n))[0])
            case Word_Float(x):
                return Word_Int(struct.unpack("<I", struct.pack("<f", x))[0])

    def reinterpret_double(self, w: DoubleWord) -> DoubleWord:
        match w:
            case DoubleWord_Int(n):
                return DoubleWord_Float(struct.unpack("<d", struct.pack("<q", n))[0])
            case DoubleWord_Float(x):
                return DoubleWord_Int(struct.unpack("<q", struct.pack("<d", x))[0])
            case DoubleWord_Word(word):
                return DoubleWord_Word(self.reinterpret(word))

    def reverse(self, values: List[Value]) -> List[Value]:
        return values[::-1]
