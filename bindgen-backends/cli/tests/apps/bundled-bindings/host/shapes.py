from wit_world import exports
from wit_world.exports.shapes import Kind


class Shape(exports.shapes.Shape):
    def __init__(self, kind: Kind, size: int) -> None:
        self.kind, self.size = kind, size

    def area(self) -> int:
        return self.size**2 if self.kind is Kind.SQUARE else 3 * self.size**2
