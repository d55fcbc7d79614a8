import math

from check import Checks
from wit_world import exports
from wit_world.imports import fixed_lists

__all__ = ["CheckFixedLists"]

U16_MAX, U32_MAX = 2**16 - 1, 2**32 - 1
F32_MAX = (2 - 2**-23) * 2.0**127
F32_LEAST = 2.0**-149


def products(check: Checks) -> None:
    for a, b, product in [
        ([0.0, 0.0, 0.0], [1.0, 2.0, 3.0], 0.0),
        ([1.0, 20.0, 300.0], [1.0, 2.0, 3.0], 941.0),
        ([0.5, -0.5, 4.0], [-8.0, 2.0, 0.25], -4.0),
        ([F32_MAX, 0.0, 0.0], [2.0, 1.0, 1.0], math.inf),
        ([F32_LEAST, 0.0, 0.0], [1.0, 0.0, 0.0], F32_LEAST),
        ([0.0, math.inf, 0.0], [1.0, 0.0, 1.0], math.nan),
        ([0.0, 0.0, 1.0], [0.0, 0.0, -math.inf], -math.inf),
        ([0.0, 0.0, math.nan], [1.0, 1.0, 1.0], math.nan),
    ]:
        check.call(fixed_lists.dot, a, b, gives=product)


def matrices(check: Checks) -> None:
    for matrix, transposed in [
        ([[0, 0, 0], [0, 0, 0]], [[0, 0], [0, 0], [0, 0]]),
        ([[1, 2, 3], [4, 5, 6]], [[1, 4], [2, 5], [3, 6]]),
        ([[U32_MAX, 0, 2**31], [0, 7, U32_MAX - 1]], [[U32_MAX, 0], [0, 7], [2**31, U32_MAX - 1]]),
    ]:
        check.call(fixed_lists.transpose, matrix, gives=transposed)


def ramps(check: Checks) -> None:
    counting = list(range(20))
    check.call(fixed_lists.ramp, [0] * 20, gives=counting)
    check.call(fixed_lists.ramp, counting, gives=[2 * n for n in counting])
    check.call(fixed_lists.ramp, [U16_MAX - n for n in counting], gives=[U16_MAX] * 20)
    check.call(fixed_lists.ramp, [U16_MAX] * 20, gives=[U16_MAX, *range(19)])


def split(check: Checks) -> None:
    check.call(fixed_lists.split, [], gives=[])
    check.call(fixed_lists.split, [0], gives=[b"\0\0\0\0"])
    check.call(
        fixed_lists.split,
        [0x01020304, U32_MAX, 0x8000007F],
        gives=[b"\x04\x03\x02\x01", b"\xff\xff\xff\xff", b"\x7f\0\0\x80"],
    )
    check.call(fixed_lists.split, [0xDEADBEEF] * 100_000, gives=[b"\xef\xbe\xad\xde"] * 100_000)


class CheckFixedLists(exports.CheckFixedLists):
    def run(self) -> int:
        check = Checks()
        products(check)
        matrices(check)
        ramps(check)
        split(check)
        return check.count
