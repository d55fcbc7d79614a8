import sys

from wit_world import exports


class Key:
    def __init__(self, left, right):
        self.left = left
        self.right = right
        self.mixed = hash(left) ^ hash(right) & 0xFFFF

    def __eq__(self, other):
        return (self.left, self.right) == (other.left, other.right)

    def __hash__(self):
        return self.mixed


class Late:
    mixed = None

    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return self.name == other.name

    def __hash__(self):
        if self.mixed is None:
            self.mixed = hash(self.name) // 2
        return self.mixed


class Harmless:
    def __eq__(self, other):
        return type(self) is type(other)

    def __hash__(self):
        return hash("harmless") + 1


KEYS = {Key("a", "b"): 1, Late("late"): 2, Harmless(): 3}


class Run(exports.Run):
    def run(self) -> None:
        found = KEYS[Key("".join("a"), "".join("b"))], KEYS[Late("".join("late"))], KEYS[Harmless()]
        print(sys.flags.hash_randomization, *found)
