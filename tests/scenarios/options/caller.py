import math

from check import Checks
from componentize_py_types import Err, Ok, Some
from wit_world import exports
from wit_world.imports import options
from wit_world.imports.options import Failure, Reason

__all__ = ["CheckOptions"]

U32_MAX, U64_MAX = 2**32 - 1, 2**64 - 1
S64_MIN, S64_MAX = -(2**63), 2**63 - 1
F32_MAX = (2 - 2**-23) * 2.0**127


def optional(check: Checks) -> None:
    check.call(options.increment, None, gives=None)
    check.call(options.increment, U32_MAX, gives=None)
    for x, y in [(0, 1), (2**31 - 1, 2**31), (U32_MAX - 1, U32_MAX)]:
        check.call(options.increment, x, gives=y)

    check.call(options.first, None, gives=None)
    check.call(options.first, "", gives=None)
    for c in ["a", "\0", "\x7f", "\x80", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"]:
        check.call(options.first, c, gives=c)
        check.call(options.first, f"{c}é\0", gives=c)

    for depth, nested in [(0, None), (1, Some(None)), (2, Some(2))]:
        check.call(options.nest, depth, gives=nested)
        check.call(options.depth, nested, gives=depth)


def results(check: Checks) -> None:
    for x, root in [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (99, 9), (100, 10), (999_999, 999), (1_000_000, 1000)]:
        check.call(options.square_root, x, gives=root)
    for x in [-1, -4, S64_MIN]:
        check.call(options.square_root, x, gives=Err(Failure(Reason.NEGATIVE, f"{x}")))
    for x in [1_000_001, 2**32, S64_MAX]:
        check.call(options.square_root, x, gives=Err(Failure(Reason.TOO_BIG, f"{x}")))

    check.call(options.unit, True, gives=None)
    check.call(options.unit, False, gives=Err(None))

    check.call(options.reject, "", gives=None)
    for text in ["no", "\0", "é€𝄞", "x" * 2**20]:
        check.call(options.reject, text, gives=Err(text))

    check.call(options.accept, 0, gives=Err(None))
    for n in [1, 2**32, U64_MAX]:
        check.call(options.accept, n, gives=n)

    for number in [0.0, -0.0, 1.5, 2.0**-149, F32_MAX, -math.inf, math.nan]:
        check.call(options.swap, Ok(number), gives=Err(number))
    for text in ["", "a\0é", "€𝄞" * 1000]:
        check.call(options.swap, Err(text), gives=text)


def nested(check: Checks) -> None:
    check.call(options.classify, [], gives=[])
    check.call(options.classify, [None], gives=[Err(0)])
    check.call(options.classify, [0, None, 255, None], gives=[Ok(0), Err(1), Ok(255), Err(3)])
    numbers = [i % 256 if i % 3 else None for i in range(10_000)]
    classes = [Ok(i % 256) if i % 3 else Err(i) for i in range(10_000)]
    check.call(options.classify, numbers, gives=classes)

    check.call(options.weigh, None, gives=0)
    check.call(options.weigh, Err(""), gives=0)
    check.call(options.weigh, Err("aé€𝄞\0"), gives=11)
    check.call(options.weigh, Ok(None), gives=1000)
    check.call(options.weigh, Ok([]), gives=1000)
    check.call(options.weigh, Ok([7]), gives=1007)
    check.call(options.weigh, Ok([1, 2, U32_MAX - 1003]), gives=U32_MAX)
    check.call(options.weigh, Ok([1] * 100_000), gives=101_000)


class CheckOptions(exports.CheckOptions):
    def run(self) -> int:
        check = Checks()
        optional(check)
        results(check)
        nested(check)
        return check.count
