import weakref

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import things

objects = weakref.WeakSet()


class Thing(things.Thing):
    def __init__(self, name):
        self.text = name
        objects.add(self)

    def name(self):
        return self.text

    @classmethod
    def clone_of(cls, other):
        return cls(other.text + "'")


class Box(things.Box):
    def __init__(self, fail):
        if fail:
            raise Err("no box")


class Things(exports.Things):
    def take(self, t):
        return len(t.text)

    def take_two(self, a, b, s):
        return len(a.text + b.text + s)

    def live(self):
        return len(objects)
