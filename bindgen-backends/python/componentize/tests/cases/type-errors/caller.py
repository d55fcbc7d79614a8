from componentize_py_types import Ok, Some
from wit_world import exports
from wit_world.imports import values
from wit_world.imports.values import Box, Color, Entry, Modes, Point, Shape_Circle, Shape_Polygon, Thing


class Both:
    """No `Point`, but it has what one has."""

    name, x = "duck", 3


class Index:
    def __index__(self):
        return 7


def wrong(function, *arguments):
    try:
        function(*arguments)
    except TypeError as error:
        print(error)
    else:
        print(f"{function.__name__}{arguments}: no error")


class Run(exports.Run):
    def run(self) -> None:
        wrong(values.number, 256)
        wrong(values.number, -1)
        wrong(values.number, "1")
        wrong(values.number, 1.0)
        wrong(values.number, None)
        wrong(values.wide, 2**64, 0)
        wrong(values.wide, -1, 0)
        wrong(values.wide, 0, 2**63)
        wrong(values.wide, 10**100, 0)
        wrong(values.real, "x")
        wrong(values.real, 10**400)
        wrong(values.truth, 1)
        wrong(values.letter, "ab")
        wrong(values.letter, "")
        wrong(values.letter, "\ud800")
        wrong(values.text, b"bytes")
        wrong(values.text, "a\udc00")
        wrong(values.join, 3)
        wrong(values.join, "text")
        wrong(values.join, [Point("a", 1), Point("b", 2), Point(4, 3)])
        wrong(values.join, [Point("a", 1000)])
        wrong(values.join, [Point("a", 1), "b"])
        wrong(values.draw, 1.5)
        wrong(values.draw, Shape_Circle("wide"))
        wrong(values.draw, Shape_Polygon([Point("a", None)]))
        wrong(values.paint, 0, Modes(0))
        wrong(values.paint, Color.RED, 3)
        wrong(values.pair, (1,))
        wrong(values.pair, [1, None])
        wrong(values.pair, (1, 2))
        wrong(values.outcome, 5)
        wrong(values.outcome, Ok("five"))
        wrong(values.nested, 5)
        wrong(values.nested, Some("five"))
        wrong(values.table, [("a", [1]), ("b", [1, 2, 65536])])
        wrong(values.bytes, [1, 2, 300])
        wrong(values.bytes, "text")
        self.nested()
        print(values.calls(), "calls")
        # What may be given, though it is not what is declared.
        print(values.join([Both(), Point("a", True)]), values.join((Point("b", Index()),)))
        values.real(1)
        values.bytes([1, 2])
        values.bytes(bytearray(b"12"))
        values.bytes(memoryview(b"1234")[1:3])
        print(values.calls(), "calls")

    def nested(self) -> None:
        good = Entry(1, ["a", None], None)
        wrong(values.entries, [good, Entry("1", [], None)], None)
        wrong(values.entries, [good, Entry(None, [None, b"b"], None)], None)
        wrong(values.entries, [good, Entry(None, ["\udcff"], None)], None)
        wrong(values.entries, [good, Entry(None, [], Point("a", 300))], None)
        wrong(values.entries, [good, None], None)
        wrong(values.entries, [good], [good, Entry(None, {}, None)])
        wrong(values.entries, [Point("a", 1)], None)
        empty = Point("a", 1)
        del empty.x
        wrong(values.entries, [Entry(None, [], empty)], None)
        wrong(values.lookup, {"a": ["b"], "d": ["e", float("nan")]})
        wrong(values.lookup, {"a": ["bc"]})
        wrong(values.lookup, {"a": [], 3: []})
        wrong(values.lookup, {"\ud800": []})
        wrong(values.lookup, [("a", [])])
        wrong(values.letter, float("nan"))
        wrong(values.number, float("nan"))
        thing = Thing()
        wrong(values.things, Box(), [], None)
        wrong(values.things, Thing, [], None)
        wrong(values.things, thing, [thing, None], None)
        wrong(values.things, thing, [thing, Box()], None)
        wrong(values.things, thing, [], (1, 2))
        wrong(values.things, thing, [], (256, thing))
        closed = Thing()
        closed.__exit__(None, None, None)
        wrong(values.things, thing, [closed], None)
        wrong(values.things, thing, [thing, thing], None)
        values.things(thing, [Thing()], None)
