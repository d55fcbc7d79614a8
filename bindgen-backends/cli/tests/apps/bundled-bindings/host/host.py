import shapes
import wit_world
from wit_world import exports


class Shapes(exports.Shapes):
    def largest(self, all: list[shapes.Shape]) -> int:
        return max(shape.area() for shape in all)


class TestShapesSizes(exports.TestShapesSizes):
    def from_size(self, size: int) -> str:
        return f"a shape of {size}"


class TestPaintSizes(exports.TestPaintSizes):
    def from_size(self, size: int) -> str:
        return f"{size} l of paint"


class Names(exports.Names):
    def name(self, number: int) -> str:
        return f"colour {number}"


class WitWorld(wit_world.WitWorld):
    def sum(self, a: int, b: int) -> int:
        return a + b

    def version(self) -> str:
        return "1.0.0"
