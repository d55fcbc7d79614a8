from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import values
from wit_world.exports.values import Color, Modes, Point, Shape_Circle, Shape_Nothing, Shape_Polygon


class Thing(values.Thing):
    def __init__(self):
        pass


class Box(values.Box):
    def __init__(self):
        pass


WRONG = {
    "number": [256, float("nan"), None],
    "nothing": [],
    "letter": [float("nan"), "\udfff", "ab"],
    "text": ["a\ud800b", b"bytes"],
    "points": [[None, Point("a", 3), Point("b", 256)], [Point(None, None)], [None, 0.5], "text", {Point}],
    "draw": [
        (Shape_Polygon([None, Point("a", "3")]), Color.RED, Modes.A),
        (Shape_Circle(None), Color.RED, Modes.A),
        (Shape_Nothing(), 0, Modes.A),
        (Shape_Nothing(), Color.RED, Color.RED),
        (Shape_Nothing(), Color.RED),
        [Shape_Nothing(), Color.RED, Modes.A],
    ],
    "table": [{"a": [1], "b": [2, -1]}, {3: []}, [("a", [1])], {"a": "text"}],
    "outcome": [[Point("a", 1), None], None],
    "things": [[(1, Thing()), (2, Box())], [(1, None)], [(1, Thing)]],
    "fixed": [[1, 2], [1, 2, 65536], 3],
}


def wrong(name):
    return lambda self, which: WRONG[name][which]


class Values(exports.Values):
    number, nothing, letter, text, points, draw, table, things, fixed = map(
        wrong, ["number", "nothing", "letter", "text", "points", "draw", "table", "things", "fixed"]
    )

    def outcome(self, which):
        if which >= 2:
            raise Err([Shape_Polygon([Point("a", "b")]), 7, Point("a", 1)][which - 2])
        return WRONG["outcome"][which]
