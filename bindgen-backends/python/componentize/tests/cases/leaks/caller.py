import gc
import sys

import onramp_runtime
from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import echo
from wit_world.imports.echo import Entry, Shape_Circle, Shape_Named, Token

ENTRIES = [Entry("é", [1, 2, 3], None), Entry("b", [], 7)]
SHAPE = Shape_Named("n")


def calls():
    """11 calls."""
    assert echo.text("größer") == "größer"
    assert echo.bytes(b"12345") == b"12345"
    assert echo.entries(ENTRIES) == ENTRIES
    assert echo.shape(SHAPE) == SHAPE
    assert echo.shape(Shape_Circle(0.5)).value == 0.5
    assert echo.maybe("x") == "x"
    try:
        echo.maybe(None)
    except Err as error:
        assert error.value == 3
    token = echo.pass_(Token("abc"))
    assert echo.look(token) == 3
    try:
        echo.number("wrong")
    except TypeError:
        pass
    assert echo.number(1000) == 1000


def held():
    gc.collect()
    return {"blocks of Python": sys.getallocatedblocks(), "memory": onramp_runtime.memory_size()}


class Run(exports.Run):
    def run(self) -> None:
        for _ in range(100):
            calls()
        references = [sys.getrefcount(thing) for thing in (ENTRIES, SHAPE, Entry, Token, Err)]
        before = held()
        for _ in range(9100):
            calls()
        after = held()
        print(references == [sys.getrefcount(thing) for thing in (ENTRIES, SHAPE, Entry, Token, Err)])
        for name in before:
            print(name, after[name] - before[name] < 64)
