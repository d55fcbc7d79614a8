import weakref

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import back
from wit_world.exports.back import Trouble_Full, Trouble_Missing

stores = weakref.WeakSet()


class Store(back.Store):
    def __init__(self, name):
        self.called, self.kept = str(name), []
        stores.add(self)

    def name(self):
        return self.called

    def put(self, n):
        if not n.title:
            raise Err(Trouble_Missing("title"))
        if len(self.kept) == 2:
            raise Err(Trouble_Full(len(self.kept)))
        self.kept.append(n)
        return len(self.kept)

    def get(self, at):
        return self.kept[at] if at < len(self.kept) else None

    @staticmethod
    def merge(a, b):
        merged = Store(f"{a.called}+{b.called}")
        merged.kept = a.kept + b.kept
        return merged


class Back(exports.Back):
    def length(self, text):
        return len(text)

    def sum(self, numbers):
        return sum(numbers)

    def repeat(self, text, count):
        return str(text) * count

    def notes(self, all):
        return list(reversed(list(all)))

    def alive(self):
        return len(stores)
