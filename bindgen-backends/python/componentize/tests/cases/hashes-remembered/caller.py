import sys

from wit_world import exports


class Key:
    __slots__ = ("name", "kept")

    def __init__(self, name):
        self.name = name
        self.kept = hash(name)

    def __eq__(self, other):
        return self.name == other.name

    def __hash__(self):
        return self.kept


class Cached:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        if not hasattr(self, "_hash"):
            self._hash = hash((self.name, 1))
        return self._hash

    def __eq__(self, other):
        return self.name == other.name


KEYS = {Key("key"): 1, Cached("cached"): 2}
NUMBER = hash("number")
ITEMS = {"item": "name".__hash__()}
HARMLESS = [hash(10**40), hash((1, 2.5)), hash(None)]


class Run(exports.Run):
    def run(self) -> None:
        print(sys.flags.hash_randomization, KEYS[Key("".join("key"))], KEYS[Cached("".join("cached"))])
        print(NUMBER == hash("".join("number")), ITEMS["item"] == hash("".join("name")))
