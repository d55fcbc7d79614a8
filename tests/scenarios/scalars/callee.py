import math
import struct

from wit_world import exports

__all__ = ["Scalars"]


def signed(n: int, bits: int) -> int:
    """Wraps to a signed integer of so many bits."""
    half = 2 ** (bits - 1)
    return (n + half) % (2 * half) - half


def divide(a: float, b: float) -> float:
    """Python itself raises an exception where IEEE 754 has an infinity or a NaN."""
    return a / b if b else a * math.copysign(math.inf, b)


class Scalars(exports.Scalars):
    def next_u8(self, x: int) -> int:
        return (x + 1) % 2**8

    def next_s8(self, x: int) -> int:
        return signed(x + 1, 8)

    def next_u16(self, x: int) -> int:
        return (x + 1) % 2**16

    def next_s16(self, x: int) -> int:
        return signed(x + 1, 16)

    def next_u32(self, x: int) -> int:
        return (x + 1) % 2**32

    def next_s32(self, x: int) -> int:
        return signed(x + 1, 32)

    def next_u64(self, x: int) -> int:
        return (x + 1) % 2**64

    def next_s64(self, x: int) -> int:
        return signed(x + 1, 64)

    def sum(self, a: int, b: int, c: int, d: int, e: int, f: int, g: int, h: int) -> int:
        return signed(a + b + c + d + e + f + g + h, 64)

    def bits_f32(self, x: float) -> int:
        return struct.unpack("<I", struct.pack("<f", x))[0]

    def bits_f64(self, x: float) -> int:
        return struct.unpack("<Q", struct.pack("<d", x))[0]

    def from_bits_f32(self, bits: int) -> float:
        return struct.unpack("<f", struct.pack("<I", bits))[0]

    def from_bits_f64(self, bits: int) -> float:
        return struct.unpack("<d", struct.pack("<Q", bits))[0]

    def divide_f32(self, a: float, b: float) -> float:
        # The quotient of two f32 is the same when it is rounded to f64 first.
        return divide(a, b)

    def divide_f64(self, a: float, b: float) -> float:
        return divide(a, b)

    def exclusive(self, a: bool, b: bool) -> bool:
        return a != b

    def code(self, c: str) -> int:
        return ord(c)

    def next_char(self, c: str) -> str:
        match c:
            case "\ud7ff":
                return "\ue000"
            case "\U0010ffff":
                return "\0"
            case _:
                return chr(ord(c) + 1)
