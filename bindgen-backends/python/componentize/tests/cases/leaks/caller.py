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
    assert echo.reshape(SHAPE) == SHAPE
    assert echo.reshape(Shape_Circle(0.5)).value == 0.5
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


def rounds(count):
    """So many rounds of calls. An exception and its traceback refer to each other, which only the collector ends."""
    for number in range(count):
        calls()
        if number % 500 == 0:
            gc.collect()
    gc.collect()


def held():
    things = (ENTRIES, SHAPE, Entry, Token, Err)
    return [sys.getrefcount(thing) for thing in things], sys.getallocatedblocks(), onramp_runtime.memory_size()


class Run(exports.Run):
    def run(self) -> None:
        rounds(1000)
        references, blocks, memory = held()
        rounds(9100)
        references_then, blocks_then, memory_then = held()
        print("references", "stay" if references == references_then else (references, references_then))
        # Fewer than calls, by far.
        print("blocks", "stay" if blocks_then - blocks < 100 else blocks_then - blocks)
        print("memory", "stays" if memory_then - memory < 2**20 else memory_then - memory)
