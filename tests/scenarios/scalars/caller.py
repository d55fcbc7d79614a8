import math
import struct
import sys

from check import Checks
from wit_world import exports
from wit_world.imports import scalars

__all__ = ["CheckScalars"]

F32_MAX = (2 - 2**-23) * 2.0**127
F64_MAX = sys.float_info.max

F32_BITS = [
    (0.0, 0),
    (-0.0, 0x80000000),
    (1.0, 0x3F800000),
    (-2.5, 0xC0200000),
    (0.10000000149011612, 0x3DCCCCCD),
    (16777216.0, 0x4B800000),
    (2.0**-149, 1),
    (2**-149 - 2.0**-126, 0x807FFFFF),
    (2.0**-126, 0x00800000),
    (F32_MAX, 0x7F7FFFFF),
    (-F32_MAX, 0xFF7FFFFF),
    (math.inf, 0x7F800000),
    (-math.inf, 0xFF800000),
]
F32_NANS = [0x7FC00000, 0xFFC00000, 0x7FD23456, 0xFFFFFFFF, 0x7F800001]

F64_BITS = [
    (0.0, 0),
    (-0.0, 0x8000000000000000),
    (1.0, 0x3FF0000000000000),
    (-2.5, 0xC004000000000000),
    (0.1, 0x3FB999999999999A),
    (9007199254740992.0, 0x4340000000000000),
    (5e-324, 1),
    (5e-324 - 2.0**-1022, 0x800FFFFFFFFFFFFF),
    (2.0**-1022, 0x0010000000000000),
    (F64_MAX, 0x7FEFFFFFFFFFFFFF),
    (-F64_MAX, 0xFFEFFFFFFFFFFFFF),
    (math.inf, 0x7FF0000000000000),
    (-math.inf, 0xFFF0000000000000),
]
F64_NANS = [0x7FF8000000000000, 0xFFF8000000000000, 0x7FF923456789ABCD, 2**64 - 1, 0x7FF0000000000001]

QUOTIENTS = [
    (1.0, 4.0, 0.25),
    (-0.0, 2.0, -0.0),
    (1.0, 0.0, math.inf),
    (-1.0, 0.0, -math.inf),
    (1.0, -0.0, -math.inf),
    (math.inf, -0.0, -math.inf),
    (0.0, 0.0, math.nan),
    (math.inf, math.inf, math.nan),
    (math.nan, 1.0, math.nan),
    (math.nan, 0.0, math.nan),
    (1.0, -math.inf, -0.0),
]


def f32(bits: int) -> float:
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def f64(bits: int) -> float:
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def integers(check: Checks) -> None:
    unsigned = [(scalars.next_u8, 8), (scalars.next_u16, 16), (scalars.next_u32, 32), (scalars.next_u64, 64)]
    for following, bits in unsigned:
        largest = 2**bits - 1
        for x, y in [(0, 1), (largest // 2, largest // 2 + 1), (largest - 1, largest), (largest, 0)]:
            check.call(following, x, gives=y)
    signed = [(scalars.next_s8, 8), (scalars.next_s16, 16), (scalars.next_s32, 32), (scalars.next_s64, 64)]
    for following, bits in signed:
        smallest, largest = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
        for x, y in [(smallest, smallest + 1), (-1, 0), (0, 1), (largest - 1, largest), (largest, smallest)]:
            check.call(following, x, gives=y)


def sums(check: Checks) -> None:
    check.call(scalars.sum, 0, 0, 0, 0, 0, 0, 0, 0, gives=0)
    check.call(scalars.sum, 1, -2, 3, -4, 5, -6, 7, -8, gives=-4)
    check.call(scalars.sum, 255, 127, 65535, 32767, 2**32 - 1, 2**31 - 1, 0, 0, gives=6442549626)
    check.call(scalars.sum, 0, -128, 0, -32768, 0, -(2**31), 0, 0, gives=-2147516544)
    check.call(scalars.sum, 0, 0, 0, 0, 0, 0, 2**64 - 1, 0, gives=-1)
    check.call(scalars.sum, 1, 0, 0, 0, 0, 0, 0, 2**63 - 1, gives=-(2**63))
    check.call(scalars.sum, 0, -1, 0, 0, 0, 0, 0, -(2**63), gives=2**63 - 1)


def floats(check: Checks) -> None:
    for x, bits in F32_BITS:
        check.call(scalars.bits_f32, x, gives=bits)
        check.call(scalars.from_bits_f32, bits, gives=x)
    for bits in F32_NANS:
        check.equal(f"bits-f32(NaN {bits:#x}) as a float", math.nan, f32(scalars.bits_f32(f32(bits))))
        check.call(scalars.from_bits_f32, bits, gives=math.nan)
    for x, bits in F64_BITS:
        check.call(scalars.bits_f64, x, gives=bits)
        check.call(scalars.from_bits_f64, bits, gives=x)
    for bits in F64_NANS:
        check.equal(f"bits-f64(NaN {bits:#x}) as a float", math.nan, f64(scalars.bits_f64(f64(bits))))
        check.call(scalars.from_bits_f64, bits, gives=math.nan)


def quotients(check: Checks) -> None:
    for a, b, quotient in QUOTIENTS:
        check.call(scalars.divide_f32, a, b, gives=quotient)
        check.call(scalars.divide_f64, a, b, gives=quotient)
    check.call(scalars.divide_f32, 1.0, 3.0, gives=0.3333333432674408)
    check.call(scalars.divide_f32, F32_MAX, 0.5, gives=math.inf)
    check.call(scalars.divide_f32, 2.0**-126, 2.0, gives=2.0**-127)
    check.call(scalars.divide_f32, 2.0**-149, -2.0, gives=-0.0)
    check.call(scalars.divide_f64, 1.0, 3.0, gives=0.3333333333333333)
    check.call(scalars.divide_f64, F64_MAX, 0.5, gives=math.inf)
    check.call(scalars.divide_f64, 2.0**-1022, 2.0, gives=2.0**-1023)
    check.call(scalars.divide_f64, 5e-324, -2.0, gives=-0.0)


def bools(check: Checks) -> None:
    check.call(scalars.exclusive, False, False, gives=False)
    check.call(scalars.exclusive, False, True, gives=True)
    check.call(scalars.exclusive, True, False, gives=True)
    check.call(scalars.exclusive, True, True, gives=False)


def chars(check: Checks) -> None:
    for c, code, following in [
        ("\0", 0, "\1"),
        ("a", 97, "b"),
        ("\x7f", 0x7F, "\x80"),
        ("\x80", 0x80, "\x81"),
        ("\u07ff", 0x7FF, "\u0800"),
        ("\ud7ff", 0xD7FF, "\ue000"),
        ("\ue000", 0xE000, "\ue001"),
        ("\uffff", 0xFFFF, "\U00010000"),
        ("\U00010000", 0x10000, "\U00010001"),
        ("\U0010fffe", 0x10FFFE, "\U0010ffff"),
        ("\U0010ffff", 0x10FFFF, "\0"),
    ]:
        check.call(scalars.code, c, gives=code)
        check.call(scalars.next_char, c, gives=following)


class CheckScalars(exports.CheckScalars):
    def run(self) -> int:
        check = Checks()
        integers(check)
        sums(check)
        floats(check)
        quotients(check)
        bools(check)
        chars(check)
        return check.count
