import math

from check import Checks
from wit_world import exports
from wit_world.imports import lists
from wit_world.imports.lists import Point

__all__ = ["CheckLists"]

MANY = 100_000
S32_MIN, S32_MAX = -(2**31), 2**31 - 1
S64_MIN, S64_MAX = -(2**63), 2**63 - 1
F32_MAX = (2 - 2**-23) * 2.0**127


def numbers(check: Checks) -> None:
    check.call(lists.xor_bytes, b"", 255, gives=b"")
    check.call(lists.xor_bytes, b"\xff", 255, gives=b"\0")
    check.call(lists.xor_bytes, b"\0\x01\x80\xff", 15, gives=b"\x0f\x0e\x8f\xf0")
    check.call(lists.xor_bytes, b"\0\x5a\xff\xa5" * (MANY // 4), 0x5A, gives=b"\x5a\0\xa5\xff" * (MANY // 4))

    many = list(range(2**32, 2**32 + MANY))
    check.call(lists.iota, 7, 0, gives=[])
    check.call(lists.iota, 2**64 - 1, 1, gives=[2**64 - 1])
    check.call(lists.iota, 2**64 - 2, 4, gives=[2**64 - 2, 2**64 - 1, 0, 1])
    check.call(lists.iota, 2**32, MANY, gives=many)
    check.call(lists.sum, [], gives=0)
    check.call(lists.sum, [2**64 - 1], gives=2**64 - 1)
    check.call(lists.sum, [2**64 - 1, 1, 2**64 - 1, 5], gives=4)
    check.call(lists.sum, many, gives=429501729550000)

    check.call(lists.widen, b"", [], [], [], [], [], [], gives=[])
    check.call(lists.widen, b"", [], [], [], [], [], [0.5], gives=[0.5])
    check.call(
        lists.widen,
        b"\x80\xff\x7f",
        [0, 65535],
        [-32768, -1, 32767],
        [0, 2**32 - 1],
        [S32_MIN, -1, S32_MAX],
        [S64_MIN, -1, 9007199254740993, S64_MAX],
        [-0.0, 2.0**-149, 0.10000000149011612, -F32_MAX, math.inf, -math.inf, math.nan],
        gives=[-128.0, -1.0, 127.0, 0.0, 65535.0, -32768.0, -1.0, 32767.0, 0.0, 4294967295.0]
        + [-2147483648.0, -1.0, 2147483647.0, -(2.0**63), -1.0, 9007199254740992.0, 2.0**63]
        + [-0.0, 2.0**-149, 0.10000000149011612, -F32_MAX, math.inf, -math.inf, math.nan],
    )

    check.call(lists.invert, [], gives=[])
    check.call(lists.invert, [True], gives=[False])
    check.call(lists.invert, [False, True, True, False, True], gives=[True, False, False, True, False])


def texts(check: Checks) -> None:
    limits = ["\0", "\x7f", "\x80", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"]
    for s, chars in [
        ("", []),
        ("\0", ["\0"]),
        ("\0\x7f\x80\ud7ff\ue000\uffff\U00010000\U0010ffff", limits),
        ("e\u0301", ["e", "\u0301"]),
        ("€" * MANY, ["€"] * MANY),
    ]:
        check.call(lists.explode, s, gives=chars)
        check.call(lists.implode, chars, gives=s)

    ascending = [f"{i:05}" for i in range(MANY)]
    check.call(lists.sort, [], gives=[])
    check.call(lists.sort, [""], gives=[""])
    check.call(lists.sort, ["b", "ab", "", "a\0", "b", "a"], gives=["", "a", "a\0", "ab", "b", "b"])
    # In UTF-16 U+10000 comes before U+FFFF.
    check.call(lists.sort, ["\U00010000", "\uffff", "é", "z", "Z"], gives=["Z", "z", "é", "\uffff", "\U00010000"])
    check.call(lists.sort, ascending[::-1], gives=ascending)


def nested(check: Checks) -> None:
    check.call(lists.flatten, [], gives=[])
    check.call(lists.flatten, [[]], gives=[])
    check.call(lists.flatten, [[""]], gives=[""])
    check.call(lists.flatten, [[], ["a"], [], ["é", "", "𝄞\0"], []], gives=["a", "é", "", "𝄞\0"])
    check.call(lists.flatten, [["x"] * 100] * 1000, gives=["x"] * MANY)

    check.call(lists.group_by_length, [], gives=[])
    check.call(lists.group_by_length, [""], gives=[[""]])
    check.call(lists.group_by_length, ["é", "x", "𝄞", "ab", "\0"], gives=[[], ["x", "\0"], ["é", "ab"], [], ["𝄞"]])
    check.call(lists.group_by_length, ["x" * 1000], gives=[[] for _ in range(1000)] + [["x" * 1000]])

    check.call(lists.translate, [], 1, -1, gives=[])
    check.call(
        lists.translate,
        [Point(0, 0, ""), Point(S32_MAX, S32_MIN, "é\0")],
        1,
        -1,
        gives=[Point(1, -1, "'"), Point(S32_MIN, S32_MAX, "é\0'")],
    )
    check.call(lists.translate, [Point(-1, 1, "p")], S32_MIN, S32_MAX, gives=[Point(S32_MAX, S32_MIN, "p'")])
    check.call(lists.translate, [Point(1, 2, "x")] * 1000, 3, 4, gives=[Point(4, 6, "x'")] * 1000)

    check.call(lists.weigh, [], gives=[])
    check.call(lists.weigh, [[]], gives=[0])
    check.call(lists.weigh, [[], [b""], [b"abc", b"", b"\0"], [bytes(MANY), b"abc"]], gives=[0, 0, 4, MANY + 3])


class CheckLists(exports.CheckLists):
    def run(self) -> int:
        check = Checks()
        numbers(check)
        texts(check)
        nested(check)
        return check.count
