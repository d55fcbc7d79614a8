from array import array

import watch
from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import echo
from wit_world.imports.echo import Entry, Shape_Circle, Shape_Named, Token

ENTRIES = [Entry("é", [1, 2, 3], None), Entry("b", [], 7)]
SHAPE = Shape_Named("n")
TABLE = [("a", b"1"), ("é", b"")]


def values():
    """8 calls."""
    assert echo.text("größer") == "größer"
    assert echo.bytes(b"12345") == b"12345"
    assert echo.entries(ENTRIES) == ENTRIES
    assert echo.table(TABLE) == TABLE
    assert echo.reshape(SHAPE) == SHAPE
    assert echo.reshape(Shape_Circle(0.5)).value == 0.5
    assert echo.number(1000) == 1000
    assert echo.array_of(array("I", [1, 2, 3])) == array("I", [1, 2, 3])


def refused(error, function, *arguments):
    try:
        function(*arguments)
    except error as raised:
        return raised
    raise AssertionError("no error")


def errors():
    """5 calls, 3 of which are not made."""
    assert echo.maybe("x") == "x"
    assert refused(Err, echo.maybe, None).value == 3
    assert refused(Err, echo.trouble, SHAPE).value == SHAPE
    refused(TypeError, echo.number, "wrong")
    refused(TypeError, echo.entries, [*ENTRIES, Entry("c", [1, 70000], None)])
    refused(TypeError, echo.table, [("a", "text")])


def resources():
    """9 calls: constructors, and a token that stays because a call was not made."""
    token = echo.pass_(Token("abc"))
    assert echo.look(token) == 3
    refused(TypeError, echo.give, token, "wrong")
    assert token.name() == "abc"
    two = echo.tokens([token, Token("d")])
    echo.give(two.pop(), 1)
    assert [token.name() for token in two] == ["abc"]


def lazy():
    """8 calls: read, read in part, passed on unread, and dropped unread."""
    text = echo.lazy_make(20)
    assert echo.lazy_length(text) == 5
    assert str(text) == "ab€" * 20
    assert echo.lazy_length(text) == 5 and echo.lazy_length("some text") == 5
    entries = echo.lazy_entries(3)
    assert entries[1].name == "entry 1"
    assert echo.lazy_look(entries) == "entry 0"
    assert echo.lazy_look(ENTRIES) == "é"
    echo.lazy_entries(2)


def rounds(count):
    """So many rounds of 30 calls."""
    for _ in range(count):
        values()
        errors()
        resources()
        lazy()


def held():
    things = [ENTRIES, SHAPE, TABLE, Entry, Token, Err, Shape_Circle, None, True, 3, ""]
    return *watch.held(things), *echo.held()


class Run(exports.Run):
    def run(self) -> None:
        rounds(100)
        watch.settle()
        echo.settle()
        # Garbage that awaits the collector needs some room of its own.
        rounds(600)
        before = held()  # so that the next one knows what the last one brought
        before = held()
        rounds(3400)
        after = held()
        for name, side in ("caller", 0), ("callee", 3):
            for kind, was, now in zip(("references", "objects", "memory"), before[side:], after[side:]):
                print(name, kind, "stay" if was == now else (was, now))
        print("tokens alive:", echo.alive())
