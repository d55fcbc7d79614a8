from dataclasses import replace
from typing import Any

from check import Checks
from wit_world import exports
from wit_world.imports import arity
from wit_world.imports.arity import Wide

__all__ = ["CheckArity"]

U32_MAX = 2**32 - 1

# By their seeds.
WIDES = {
    0: Wide(0, 1, "0", 3.0, 4, b"", 6.0, False, "@", 9, 10, 11, 12, 13, 14, (15, 15), "0", 17.0, 18, 19),
    42: Wide(
        *(42, 43, "42", 45.0, 46, bytes(range(42)), 48.0, False, "P", 51),
        *(52, 53, 54, 55, 56, (15, 57), "42", 59.0, 60, 61),
    ),
    116: Wide(
        *(116, 117, "116", 119.0, 120, bytes(range(116)), 122.0, False, "L", 125),
        *(126, 127, -128, 129, 130, (15, 131), "116", 133.0, 134, 135),
    ),
    255: Wide(
        *(255, 256, "255", 258.0, 259, bytes(range(255)), 261.0, True, "U", None),
        *(265, 266, 11, 268, 269, (15, 270), "255", 272.0, 273, 18),
    ),
    # More than 16 bits.
    102399: Wide(
        *(255, 102400, "102399", 102402.0, -28669, bytes(range(256)) * 399 + bytes(range(255))),
        *(102405.0, True, "K", None, 102409, 36874, 11, 102412, 102413, (15, 102414)),
        *("102399", 102416.0, 102417, 18),
    ),
}

# Another value for every field of the record of 42.
SPOILT: dict[str, Any] = {
    "f0": 43,
    "f1": 43 + 2**32,
    "f2": "042",
    "f3": 45.5,
    "f4": -46,
    "f5": bytes(41) + b"\x2a",
    "f6": -48.0,
    "f7": True,
    "f8": "p",
    "f9": None,
    "f10": 52 - 2**63,
    "f11": 54,
    "f12": -54,
    "f13": 55 - 2**31,
    "f14": 57,
    "f15": (15, 57 + 2**63),
    "f16": "",
    "f17": -59.0,
    "f18": 60 + 2**63,
    "f19": 60,
}


def sums(check: Checks) -> None:
    for function, count, squares, weight in [
        (arity.sum16, 16, 1496, 136),
        (arity.sum17, 17, 1785, 153),
    ]:
        check.call(function, *[0] * count, gives=0)
        check.call(function, *range(1, count + 1), gives=squares)
        check.call(function, *[U32_MAX] * count, gives=weight * U32_MAX)
        for i in range(count):
            check.call(function, *[0] * i, U32_MAX, *[0] * (count - 1 - i), gives=(i + 1) * U32_MAX)

    zeros = [0, 0, 0, 0, 0.0] * 8
    largest = [255, 32767, U32_MAX, 2**40, 0.5] * 8
    smallest = [0, -32768, 0, -(2**40), -0.25] * 8
    check.call(arity.sum40, *zeros, gives=0.0)
    check.call(arity.sum40, *range(1, 41), gives=22140.0)
    check.call(arity.sum40, *largest, gives=189820379763334.0)
    check.call(arity.sum40, *smallest, gives=-189116005089325.0)
    for i in range(40):
        check.call(arity.sum40, *zeros[:i], largest[i], *zeros[i + 1 :], gives=(i + 1.0) * largest[i])


def joins(check: Checks) -> None:
    check.call(arity.join8, *[""] * 8, gives=",,,,,,,")
    check.call(arity.join8, *"abcdefgh", gives="a,b,c,d,e,f,g,h")
    check.call(arity.join8, "é", "", "€\0", "𝄞", ",", "", "x" * 1000, "z", gives=f"é,,€\0,𝄞,,,,{'x' * 1000},z")
    check.call(arity.join9, *[""] * 9, gives=",,,,,,,,")
    check.call(arity.join9, *"abcdefghi", gives="a,b,c,d,e,f,g,h,i")
    check.call(arity.join9, "", "é", "\0", "€", "", "𝄞", "", "x" * 1000, "z", gives=f",é,\0,€,,𝄞,,{'x' * 1000},z")


def wides(check: Checks) -> None:
    for seed, wide in WIDES.items():
        check.call(arity.make_wide, seed, gives=wide)
        check.call(arity.seed_of, wide, gives=seed)
        check.call(arity.around, 2, wide, 3, gives=seed + 5)
    check.call(arity.around, U32_MAX, WIDES[42], U32_MAX, gives=40)
    for seed in range(1, 256, 2):
        check.equal(f"seed-of(make-wide({seed}))", seed, arity.seed_of(arity.make_wide(seed)))
    for field, value in SPOILT.items():
        call = f"seed-of(make-wide(42) with {field} = {value!r})"
        check.equal(call, U32_MAX, arity.seed_of(replace(WIDES[42], **{field: value})))


def divisions(check: Checks) -> None:
    check.call(arity.divisions, 0, gives=(0,) * 20)
    check.call(arity.divisions, 7, gives=(7, 0, 3, 1, 2, 1, 1, 3, 1, 2, 1, 1, 1, 0, 0, 7, 0, 7, 0, 7))
    check.call(
        arity.divisions,
        U32_MAX,
        gives=(4294967295, 0, 2147483647, 1, 1431655765, 0, 1073741823, 3, 858993459, 0)
        + (715827882, 3, 613566756, 3, 536870911, 7, 477218588, 3, 429496729, 5),
    )


class CheckArity(exports.CheckArity):
    def run(self) -> int:
        check = Checks()
        sums(check)
        joins(check)
        wides(check)
        divisions(check)
        return check.count
