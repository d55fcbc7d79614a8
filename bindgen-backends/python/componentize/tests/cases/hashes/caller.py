import collections
import contextvars
import functools
import sys
import types
import weakref

import keys
from keys import FACTORIES, KEPT, Point, text
from wit_world import exports

PLAIN = {make(): name for name, make in FACTORIES.items()}
ALONE = {name: {make(): name} for name, make in FACTORIES.items()}
MEMBERS = {make() for make in FACTORIES.values()}
FROZEN = frozenset(make() for make in FACTORIES.values())
FROZEN_HASH = {FROZEN: "all"}
ORDERED = collections.OrderedDict((make(), name) for name, make in FACTORIES.items())
COUNTED = collections.Counter(make() for make in FACTORIES.values())
DEFAULTS = collections.defaultdict(list, PLAIN)
CHAIN = collections.ChainMap({text("a", "b"): 1}, PLAIN)
PROXY = types.MappingProxyType(PLAIN)
MANY = {f"name {number}": number for number in range(3000)}
MANY_MEMBERS = {f"name {number}" for number in range(3000)}
SHRUNK = {f"gone {number}": number for number in range(500)}
SHRUNK_MEMBERS = set(SHRUNK)
for number in range(490):
    del SHRUNK[f"gone {number}"]
    SHRUNK_MEMBERS.remove(f"gone {number}")
MIXED = {1: "one", "two": 2, (3,): "three"}
INTERNED = sys.intern(text("in", "terned"))
VARIABLE = contextvars.ContextVar(text("vari", "able"), default="no")
VARIABLE.set("yes")
CONTEXT = contextvars.copy_context()
OBJECTS = [Point(text("weak", "ly"), float(number)) for number in range(5)]
WEAK_KEYS = weakref.WeakKeyDictionary((point, point.at) for point in OBJECTS)
WEAK_SET = weakref.WeakSet(OBJECTS)
WEAK_VALUES = weakref.WeakValueDictionary({text("point ", str(point.at)): point for point in OBJECTS})
DYING = weakref.WeakSet([Point(text("dy", "ing"), 0.0)])
calls = []


@functools.lru_cache(maxsize=4)
def few(*arguments, **named):
    calls.append(arguments)
    return arguments


@functools.cache
def every(argument):
    calls.append(argument)
    return argument


@functools.singledispatch
def described(value):
    return "anything"


@described.register
def _(value: str):
    return "text"


class Attributes:
    def __init__(self):
        self.first = 1


ATTRIBUTES = Attributes()
setattr(ATTRIBUTES, text("sec", "ond"), 2)
for make in FACTORIES.values():
    every(make())
for letter in "abcd":
    few(letter, name=letter)


def looked_up():
    """What is not found, by name."""
    for name, make in FACTORIES.items():
        key = make()
        found = {
            "dict": PLAIN.get(key) == name,
            "dict of one": ALONE[name].get(key) == name,
            "set": key in MEMBERS,
            "frozenset": key in FROZEN,
            "OrderedDict": ORDERED.get(key) == name,
            "Counter": COUNTED[key] == 1,
            "defaultdict": DEFAULTS[key] == name,
            "ChainMap": key in CHAIN,
            "proxy": PROXY.get(key) == name,
            "hash": hash(key) == hash(make()),
        }
        yield from (f"{name} in {kind}" for kind, is_there in found.items() if not is_there)


def cached():
    """What the caches have forgotten."""
    before = len(calls)
    for make in FACTORIES.values():
        every(make())
    for letter in "abcd":
        few(text(letter), name=text(letter))
    yield from calls[before:]
    few("e", name="e")
    few(text("b"), name=text("b"))
    few(text("a"), name=text("a"))
    if calls[before:] != [("e",), ("a",)]:
        yield f"the oldest call goes first: {calls[before:]}"


def ordered():
    """What is wrong with the order of items."""
    if list(PLAIN.values()) != list(FACTORIES):
        yield "order of dict"
    ORDERED.move_to_end(text("a", "b"))
    ORDERED.move_to_end(keys.FACTORIES["path"](), last=False)
    del ORDERED[keys.FACTORIES["frozen sets"]()]
    if ORDERED.popitem()[1] != "string" or ORDERED.popitem(last=False)[1] != "path":
        yield "order of OrderedDict"
    for number in range(200):
        ORDERED[f"later {number}"] = number
    if any(ORDERED.pop(f"later {number}") != number for number in range(200)) or len(ORDERED) != len(FACTORIES) - 3:
        yield "growth of OrderedDict"


def grown():
    """What is wrong with tables that change their size now."""
    for number in range(3000, 9000):
        MANY[f"name {number}"] = number
        MANY_MEMBERS.add(f"name {number}")
    if any(MANY.get(f"name {number}") != number or f"name {number}" not in MANY_MEMBERS for number in range(9000)):
        yield "many"
    if list(SHRUNK) != [f"gone {number}" for number in range(490, 500)] or set(SHRUNK) != SHRUNK_MEMBERS:
        yield "shrunk"
    if "gone 3" in SHRUNK or "gone 3" in SHRUNK_MEMBERS:
        yield "what was removed"
    if (MIXED[1], MIXED[text("t", "wo")], MIXED[3,]) != ("one", 2, "three"):
        yield "mixed"


def referred():
    """What is wrong with weak references."""
    if [WEAK_KEYS.get(Point(text("weak", "ly"), point.at)) for point in OBJECTS] != [0.0, 1.0, 2.0, 3.0, 4.0]:
        yield "WeakKeyDictionary"
    if any(Point(text("weak", "ly"), point.at) not in WEAK_SET for point in OBJECTS) or len(WEAK_SET) != 5:
        yield "WeakSet"
    if any(WEAK_VALUES.get(text("point ", str(point.at))) is not point for point in OBJECTS):
        yield "WeakValueDictionary"
    OBJECTS.pop(0)
    if len(WEAK_KEYS) != 4 or len(WEAK_SET) != 4 or len(WEAK_VALUES) != 4 or len(DYING):
        yield "what died"


def named():
    """What is wrong with names."""
    if getattr(ATTRIBUTES, text("fir", "st")) + getattr(ATTRIBUTES, text("sec", "ond")) != 3 or vars(ATTRIBUTES) != {"first": 1, "second": 2}:
        yield "attributes"
    if globals()[text("IN", "TERNED")] is not sys.intern(text("in", "terned")):
        yield "interned strings"
    if CONTEXT[VARIABLE] != "yes" or CONTEXT.run(VARIABLE.get) != "yes":
        yield "context variables"
    if (described("a"), described(1)) != ("text", "anything"):
        yield "dispatch"
    if keys.Colour(text("r", "ed")) is not keys.Colour.RED or keys.Colour[text("BL", "UE")] is not keys.Colour.BLUE:
        yield "enumerations"
    if hash(FROZEN) != hash(frozenset(make() for make in FACTORIES.values())) or FROZEN not in FROZEN_HASH:
        yield "hash of a frozen set"
    if getattr(sys.modules[text("ke", "ys")], text("KE", "PT")) is not KEPT:
        yield "modules"


class Run(exports.Run):
    def run(self) -> None:
        print(sys.flags.hash_randomization)
        for check in looked_up, cached, ordered, grown, referred, named:
            print(check.__name__, *check())
