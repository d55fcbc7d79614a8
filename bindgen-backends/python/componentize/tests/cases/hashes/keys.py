"""Keys of every kind: each function makes one that is equal to what it made before, and is another object where that can be."""

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import ipaddress
import pathlib
import re
import types
import typing
import uuid
import weakref
import zoneinfo  # noqa: F401


def text(*letters):
    """A string that was not there before."""
    return "".join(letters)


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Word(enum.StrEnum):
    YES = "yes"


class Bits(enum.Flag):
    ONE = 1
    TWO = 2


class Name(str):
    pass


class Folded(str):
    def __eq__(self, other):
        return self.casefold() == other.casefold()

    def __hash__(self):
        return hash(self.casefold())


@dataclasses.dataclass(frozen=True)
class Point:
    name: str
    at: float


@dataclasses.dataclass(frozen=True)
class Group:
    points: frozenset


@functools.total_ordering
class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        # Looks into a dictionary itself.
        return hash(tuple(RANKS[part] if part in RANKS else part for part in self.parts))


RANKS = {"alpha": "a", ("beta", 2): "b"}
Pair = collections.namedtuple("Pair", "left right")
LONG = datetime.timezone(datetime.timedelta(hours=2), "east")
KEPT = Point(text("k", "ept"), 1.0)

FACTORIES = {
    "string": lambda: text("a", "b"),
    "one character": lambda: text("q"),
    "latin-1": lambda: text("gr", "ü", "n"),
    "two bytes": lambda: text("日", "本"),
    "four bytes": lambda: text("😀", "!"),
    "empty": lambda: text(),
    "long": lambda: text(*("word " * 200)),
    "bytes": lambda: bytes([1, 2, 3]),
    "one byte": lambda: bytes([200]),
    "memoryview": lambda: memoryview(bytes([9, 8])),
    "integer": lambda: int(text("1", "2" * 30)),
    "float": lambda: float(text("1.", "25")),
    "none": lambda: None,
    "type": lambda: Point,
    "tuple": lambda: (text("t", "u"), 1, (text("v"), b"w"[:])),
    "frozen set": lambda: frozenset([text("f", "s"), 2]),
    "frozen sets": lambda: frozenset([frozenset([text("f", "t"), 2]), frozenset([frozenset([text("g", "t")])])]),
    "tuple of frozen sets": lambda: (frozenset([(text("x", "y"), frozenset([text("z", "z")]))]),),
    "date": lambda: datetime.date(2024, 2, 29),
    "time": lambda: datetime.time(12, 30),
    "datetime": lambda: datetime.datetime(2024, 2, 29, 12, 30),
    "datetime with zone": lambda: datetime.datetime(2024, 2, 29, 12, 30, tzinfo=LONG),
    "timedelta": lambda: datetime.timedelta(days=3),
    "timezone": lambda: datetime.timezone(datetime.timedelta(hours=3)),
    "decimal": lambda: decimal.Decimal(text("1", ".50")),
    "fraction": lambda: fractions.Fraction(3, 7),
    "uuid": lambda: uuid.UUID(int=77),
    "address": lambda: ipaddress.ip_address(text("192.", "0.2.1")),
    "network": lambda: ipaddress.ip_network(text("192.", "0.2.0/24")),
    "path": lambda: pathlib.PurePosixPath(text("/a", "/b")),
    "paths": lambda: (pathlib.PurePosixPath(text("/c", "/d")), pathlib.PureWindowsPath("C:/E")),
    "enum": lambda: Colour.RED,
    "string enum": lambda: Word.YES,
    "string enum's text": lambda: text("y", "es") + "!",
    "flag": lambda: Bits.ONE | Bits.TWO,
    "string of a class": lambda: Name(text("n", "n")),
    "string with its own hash": lambda: Folded(text("M", "ixed")),
    "dataclass": lambda: Point(text("p", "q"), 2.0),
    "dataclass of a set": lambda: Group(frozenset([Point(text("r", "s"), 3.0), Point("t", 4.0)])),
    "named tuple": lambda: Pair(text("l", "l"), text("r", "r")),
    "class that looks up": lambda: Version(text("al", "pha"), (text("be", "ta"), 2), 7),
    "pattern": lambda: re.compile(text("a+", "b")),
    "generic": lambda: list[typing.Literal["a", "b"]],
    "old generic": lambda: typing.Dict[str, typing.Optional[int]],
    "union": lambda: int | str,
    "range": lambda: range(3, 10, 2),
    "weak reference": lambda: weakref.ref(KEPT),
    "ellipsis": lambda: ...,
    "code": lambda: compile("x = 'y'", text("na", "me"), "exec"),
    "simple type": lambda: types.SimpleNamespace,
}
