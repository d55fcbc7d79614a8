import weakref

import watch
from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import echo
from wit_world.exports.echo import Entry, Shape_Circle, Shape_Named

living = weakref.WeakSet()


class Token(echo.Token):
    def __init__(self, name):
        self.text = name
        living.add(self)

    def name(self):
        return self.text


class Echo(exports.Echo):
    def same(self, value):
        return value

    text = bytes = entries = table = reshape = number = pass_ = tokens = array_of = same

    def maybe(self, o):
        if o is None:
            raise Err(3)
        return o

    def trouble(self, s):
        raise Err(s)

    def look(self, t):
        return len(t.name())

    def give(self, t, n):
        pass

    def alive(self):
        return len(living)

    def lazy_make(self, n):
        return "ab€" * n

    def lazy_entries(self, n):
        return [Entry(f"entry {number}", [number], None) for number in range(n)]

    def lazy_length(self, s):
        return len(s[:5])

    def lazy_look(self, e):
        return e[0].name

    def settle(self):
        watch.settle()

    def held(self):
        return watch.held([Err, Token, Entry, Shape_Circle, Shape_Named, None, True, 3, ""])
