import colours
import paint_sdk
import shapes_sdk
import wit_world
from shapes_sdk import Kind, Shape
from shapes_sdk import wit as shapes_wit
from shapes_sdk.wit import exports as shapes_exports
from shapes_sdk.wit.imports import test_shapes_sizes
from wit_world import exports
from wit_world.imports import colour_names

try:
    from shapes_sdk.wit.imports import unsupported

    raise AssertionError("what is not in the intersection is there")
except ImportError:
    pass


class Run(exports.Run):
    def run(self) -> None:
        print(shapes_sdk.area_of_square(3), shapes_sdk.largest(Shape(Kind.CIRCLE, 2), Shape(Kind.SQUARE, 5)))
        print(paint_sdk.shapes.Shape is Shape, paint_sdk.sizes.from_size(1), test_shapes_sizes.from_size(2))
        print(colour_names.name(7), wit_world.sum(20, 22), shapes_wit.version())


class Sizes(shapes_exports.Sizes):
    def from_size(self, size: int) -> str:
        return f"from {size}"


class ShapesSdkWit(shapes_wit.ShapesSdkWit):
    def describe(self, size: int) -> str:
        return f"a size of {size}"
