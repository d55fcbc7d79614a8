from typing import Any, Dict, List, Tuple

from check import Checks
from wit_world import exports
from wit_world.imports import maps

__all__ = ["CheckMaps"]

U32_MAX, U64_MAX = 2**32 - 1, 2**64 - 1


def ordered(m: Dict[Any, Any]) -> Dict[Any, Any]:
    """The map with its keys in order, which is not part of its value."""
    return dict(sorted(m.items()))


def inversions(check: Checks) -> None:
    many = {f"#{i}": i for i in range(10_000)}
    for m in [{}, {"": 0}, {"é\0": U32_MAX, "𝄞": 1, "z": 2}, many]:
        inverted = {value: key for key, value in m.items()}
        check.equal(f"invert(map of {len(m)})", ordered(inverted), ordered(maps.invert(m)))


def merges(check: Checks) -> None:
    numbers = {0: 0, 7: 2**63, U32_MAX: U64_MAX}
    evens = {2 * i: 0 for i in range(50_000)}
    threes = {3 * i: 1 for i in range(50_000)}
    either = {i: int(i % 3 == 0) for i in range(150_000) if i % 3 == 0 or (i % 2 == 0 and i < 100_000)}
    for a, b, merged in [
        ({}, {}, {}),
        (numbers, {}, numbers),
        ({}, numbers, numbers),
        ({1: 10, 2: 20}, {2: 21, 3: 31}, {1: 10, 2: 21, 3: 31}),
        ({7: 0, U32_MAX: 0}, numbers, numbers),
        (evens, threes, either),
    ]:
        check.equal(f"merge(maps of {len(a)} and {len(b)})", merged, ordered(maps.merge(a, b)))


def finds(check: Checks) -> None:
    lists = {"": ["nameless"], "none": [], "é\0": ["", "é\0", "𝄞"], "é": ["other"]}
    for key in lists:
        check.call(maps.find, lists, key, gives=lists[key])
    for m, key in [(lists, "e"), (lists, "\0"), ({}, "")]:
        check.call(maps.find, m, key, gives=None)


def counts(check: Checks) -> None:
    for s, expected in [
        ("", {}),
        ("a", {"a": 1}),
        ("hello", {"e": 1, "h": 1, "l": 2, "o": 1}),
        ("é€\0𝄞€\0€", {"\0": 2, "é": 1, "€": 3, "𝄞": 1}),
        ("\ud7ff\U0010ffff\ue000\U0010ffff", {"\ud7ff": 1, "\ue000": 1, "\U0010ffff": 2}),
        ("ab𝄞a" * 25_000, {"a": 50_000, "b": 25_000, "𝄞": 25_000}),
    ]:
        check.equal(f"count(text of {len(s)})", expected, ordered(maps.count(s)))


def nested(check: Checks) -> None:
    squares = {str(i): {str(j): i for j in range(i)} for i in range(100)}
    cases: List[Tuple[Dict[str, Dict[str, int]], Dict[str, int]]] = [
        ({}, {}),
        ({"empty": {}}, {"empty": 0}),
        ({"a": {"x": 1, "y": 20, "": 300}, "é\0": {"x": U32_MAX}}, {"a": 321, "é\0": U32_MAX}),
        ({"": {"": 5}, "none": {}}, {"": 5, "none": 0}),
        (squares, {str(i): i * i for i in range(100)}),
    ]
    for m, expected in cases:
        check.equal(f"totals(map of {len(m)})", ordered(expected), ordered(maps.totals(m)))


def lists(check: Checks) -> None:
    every = {i: i % 2 == 0 for i in range(256)}
    check.call(maps.sizes, [], gives=[])
    check.call(maps.sizes, [{}], gives=[0])
    check.call(maps.sizes, [{255: True}], gives=[1])
    check.call(maps.sizes, [{}, every, {}, {0: False, 1: True}], gives=[0, 256, 0, 2])
    check.call(maps.sizes, [{1: True, 2: False, 3: True}] * 1000, gives=[3] * 1000)


class CheckMaps(exports.CheckMaps):
    def run(self) -> int:
        check = Checks()
        inversions(check)
        merges(check)
        finds(check)
        counts(check)
        nested(check)
        lists(check)
        return check.count
