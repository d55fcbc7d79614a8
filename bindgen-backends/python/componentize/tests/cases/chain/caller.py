import gc

from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import back, front
from wit_world.imports.back import Note


def outcome(function, *arguments):
    try:
        return function(*arguments)
    except Err as error:
        return error


class Run(exports.Run):
    def run(self) -> None:
        self.values()
        self.resources()
        gc.collect()
        print("stores:", back.alive(), "touched:", list(front.touched()))

    def values(self) -> None:
        print(front.length("größer" * 10_000), front.length(""), front.sum(list(range(10_000))), front.sum([]))
        text = front.repeat("aä€😁", 50_000)
        print(len(text), text[:6], front.length(text), front.length(str(text)))
        print(front.notes([Note("a", []), Note("b", ["1", "", "ü"])]))
        many = front.notes([Note(str(number), ["x"] * (number % 7)) for number in range(1000)])
        print(len(many), many[0], many[999], front.notes(many)[5])

    def resources(self) -> None:
        store = front.open("first")
        print(type(store) is back.Store, store.name(), front.name(store), back.alive())
        print(store.put(Note("one", ["1"])), front.put(store, Note("two", [])))
        print(outcome(front.put, store, Note("three", [])), outcome(store.put, Note("", [])))
        store = front.pass_(store)
        view = front.View(store)
        print(view.show())
        try:
            store.name()
        except Exception as error:
            print(type(error).__name__, error)
        store = front.View.take(view)
        both = front.both([store, back.Store("second")])
        print(both.name(), both.get(1), both.get(2), front.both([both, back.Store("3"), back.Store("4")]))
        gc.collect()
        left = back.Store("left")
        print(back.alive(), front.drop(left), back.alive())
