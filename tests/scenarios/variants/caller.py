import math
import struct
import sys

from check import Checks
from wit_world import exports
from wit_world.imports import variants
from wit_world.imports.variants import (
    DoubleWord_Float,
    DoubleWord_Int,
    DoubleWord_Word,
    Size,
    Value_Both,
    Value_Large,
    Value_Nothing,
    Value_Numbers,
    Value_Sized,
    Value_Small,
    Value_Text,
    Word_Float,
    Word_Int,
)

__all__ = ["CheckVariants"]

MIB = 2**20
U32_MAX, U64_MAX = 2**32 - 1, 2**64 - 1
S64_MIN, S64_MAX = -(2**63), 2**63 - 1
F32_MAX = (2 - 2**-23) * 2.0**127
F64_MAX = sys.float_info.max

NAMED = [
    ("nothing", Value_Nothing()),
    ("small", Value_Small(0.0)),
    ("small", Value_Small(math.nan)),
    ("large", Value_Large(U64_MAX)),
    ("text", Value_Text("")),
    ("text", Value_Text("é\0")),
    ("both", Value_Both((255, -math.inf))),
    ("numbers", Value_Numbers([])),
    ("numbers", Value_Numbers([U32_MAX])),
    ("sized", Value_Sized(Size(65535, 5e-324))),
]


def made(check: Checks) -> None:
    for name, value in NAMED:
        check.call(variants.name, value, gives=name)

    for kind, n, text, value in [
        (0, U64_MAX, "ignored", Value_Nothing()),
        (1, 0, "", Value_Small(0.0)),
        (1, 2**63, "", Value_Small(2.0**63)),
        (2, 0, "", Value_Large(0)),
        (2, U64_MAX, "", Value_Large(U64_MAX)),
        (3, 1, "", Value_Text("")),
        (3, 1, "é\0𝄞", Value_Text("é\0𝄞")),
        (3, 1, "x" * MIB, Value_Text("x" * MIB)),
        (4, 0x1FF, "", Value_Both((255, 511.0))),
        (4, U64_MAX, "", Value_Both((255, 2.0**64))),
        (5, 0, "", Value_Numbers([])),
        (5, 1, "", Value_Numbers([0])),
        (5, 100_000, "", Value_Numbers(list(range(100_000)))),
        (6, 0x12345, "", Value_Sized(Size(0x2345, 74565.0))),
        (6, U64_MAX, "", Value_Sized(Size(65535, 2.0**64))),
        (7, 3, "", Value_Nothing()),
        (13, 3, "", Value_Sized(Size(3, 3.0))),
        (U32_MAX, 3, "three", Value_Text("three")),
    ]:
        check.call(variants.make, kind, n, text, gives=value)


def grown(check: Checks) -> None:
    for value, twice in [
        (Value_Nothing(), Value_Nothing()),
        (Value_Small(-0.0), Value_Small(-0.0)),
        (Value_Small(2.0**-149), Value_Small(2.0**-148)),
        (Value_Small(F32_MAX), Value_Small(math.inf)),
        (Value_Small(math.nan), Value_Small(math.nan)),
        (Value_Large(2**62 + 3), Value_Large(2**63 + 6)),
        (Value_Large(U64_MAX), Value_Large(U64_MAX - 1)),
        (Value_Text(""), Value_Text("")),
        (Value_Text("€\0"), Value_Text("€\0€\0")),
        (Value_Text("é" * (MIB // 4)), Value_Text("é" * (MIB // 2))),
        (Value_Both((255, F64_MAX)), Value_Both((254, math.inf))),
        (Value_Both((3, math.nan)), Value_Both((6, math.nan))),
        (Value_Numbers([]), Value_Numbers([])),
        (Value_Numbers([1, U32_MAX]), Value_Numbers([1, U32_MAX, 1, U32_MAX])),
        (Value_Sized(Size(65535, -0.1)), Value_Sized(Size(65534, -0.2))),
    ]:
        check.call(variants.grow, value, gives=twice)


def totals(check: Checks) -> None:
    check.call(variants.total, [], gives=0.0)
    for value, total in [
        (Value_Nothing(), 0.0),
        (Value_Small(-2.5), -2.5),
        (Value_Large(2**50), 2.0**50),
        (Value_Text("aé€𝄞"), 10.0),
        (Value_Both((255, -0.5)), 254.5),
        (Value_Numbers([U32_MAX, U32_MAX, 1]), 8589934591.0),
        (Value_Sized(Size(65535, 0.25)), 65535.25),
    ]:
        check.call(variants.total, [value], gives=total)
        check.call(variants.total, [value, Value_Large(1), Value_Small(0.5)], gives=total + 1.5)
    check.call(variants.total, [Value_Small(math.inf), Value_Small(1.0)], gives=math.inf)
    check.call(variants.total, [Value_Small(math.inf), Value_Both((0, -math.inf))], gives=math.nan)


def words(check: Checks) -> None:
    for n, x in [
        (0, 0.0),
        (0x80000000, -0.0),
        (1, 2.0**-149),
        (0x3F800000, 1.0),
        (0x7F7FFFFF, F32_MAX),
        (0xFF800000, -math.inf),
    ]:
        check.call(variants.reinterpret, Word_Int(n), gives=Word_Float(x))
        check.call(variants.reinterpret, Word_Float(x), gives=Word_Int(n))
        check.call(variants.reinterpret_double, DoubleWord_Word(Word_Int(n)), gives=DoubleWord_Word(Word_Float(x)))
        check.call(variants.reinterpret_double, DoubleWord_Word(Word_Float(x)), gives=DoubleWord_Word(Word_Int(n)))
    for n, x in [
        (0, 0.0),
        (S64_MIN, -0.0),
        (1, 5e-324),
        (0x3FF0000000000000, 1.0),
        (0x7FEFFFFFFFFFFFFF, F64_MAX),
        (-0x0010000000000000, -math.inf),
    ]:
        check.call(variants.reinterpret_double, DoubleWord_Int(n), gives=DoubleWord_Float(x))
        check.call(variants.reinterpret_double, DoubleWord_Float(x), gives=DoubleWord_Int(n))

    check.call(variants.reinterpret, Word_Int(U32_MAX), gives=Word_Float(math.nan))
    check.call(
        variants.reinterpret_double, DoubleWord_Word(Word_Int(U32_MAX)), gives=DoubleWord_Word(Word_Float(math.nan))
    )
    for n in [-1, S64_MAX]:
        check.call(variants.reinterpret_double, DoubleWord_Int(n), gives=DoubleWord_Float(math.nan))
    word = variants.reinterpret(Word_Float(math.nan))
    double = variants.reinterpret_double(DoubleWord_Float(math.nan))
    check.equal("reinterpret(NaN) as a float", math.nan, struct.unpack("<f", struct.pack("<I", word.value))[0])
    check.equal("reinterpret-double(NaN) as a float", math.nan, struct.unpack("<d", struct.pack("<q", double.value))[0])


def reversals(check: Checks) -> None:
    values = [value for _, value in NAMED]
    check.call(variants.reverse, [], gives=[])
    for value in values:
        check.call(variants.reverse, [value], gives=[value])
    check.call(variants.reverse, values, gives=list(reversed(values)))
    check.call(variants.reverse, values * 1000, gives=list(reversed(values)) * 1000)


class CheckVariants(exports.CheckVariants):
    def run(self) -> int:
        check = Checks()
        made(check)
        grown(check)
        totals(check)
        words(check)
        reversals(check)
        return check.count
