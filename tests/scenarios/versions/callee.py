from typing import List, Tuple

from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import dep_geometry_shapes_1_0_0 as old
from wit_world.imports import dep_geometry_shapes_2_0_0 as new

__all__ = ["Versions"]


class Versions(exports.Versions):
    def double_old(self, s: old.Size) -> old.Size:
        return old.Size(s.width * 2 % 2**16, s.height * 2 % 2**16)

    def upgrade(self, s: old.Size, u: new.Unit) -> new.Size:
        return new.Size(s.width, s.height, u)

    def downgrade(self, s: new.Size) -> old.Size:
        larger = max(s.width, s.height)
        if larger >= 2**16:
            raise Err(str(larger))
        return old.Size(s.width, s.height)

    def census(self, sizes: List[new.Size]) -> Tuple[int, int]:
        units = [size.unit for size in sizes]
        return units.count(new.Unit.PIXELS), units.count(new.Unit.POINTS)
