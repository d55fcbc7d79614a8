from wit_world import exports
from wit_world.exports.back import Entry, Mark_Noted, Mark_Plain


def entry(id):
    even = id % 2 == 0
    return Entry(f"n{id}", id, -1 - id, Mark_Noted("hé") if even else Mark_Plain(), ["a", "b"] if even else None)


class Back(exports.Back):
    def make(self, n):
        return [entry(id) for id in range(n)]

    def total(self, entries):
        return sum(entry.id for entry in entries)

    def last(self, entries):
        return entries[-1]

    def twice(self, name):
        return name * 2
