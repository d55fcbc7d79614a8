"""A package that wraps an interface: its bindings are in it."""

from shapes_sdk.wit.imports import shapes
from shapes_sdk.wit.imports.shapes import Kind, Shape


def area_of_square(size: int) -> int:
    return Shape(Kind.SQUARE, size).area()


def largest(*all: Shape) -> int:
    return shapes.largest(list(all))
