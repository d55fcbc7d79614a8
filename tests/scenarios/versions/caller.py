from check import Checks
from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import dep_geometry_shapes_1_0_0 as old
from wit_world.imports import dep_geometry_shapes_2_0_0 as new
from wit_world.imports import versions
from wit_world.imports.dep_geometry_shapes_2_0_0 import Unit

__all__ = ["CheckVersions"]

U64_MAX = 2**64 - 1


class CheckVersions(exports.CheckVersions):
    def run(self) -> int:
        check = Checks()

        check.call(versions.double_old, old.Size(0, 0), gives=old.Size(0, 0))
        check.call(versions.double_old, old.Size(1, 32767), gives=old.Size(2, 65534))
        check.call(versions.double_old, old.Size(32768, 65535), gives=old.Size(0, 65534))

        for unit in Unit:
            check.call(versions.upgrade, old.Size(0, 65535), unit, gives=new.Size(0, 65535, unit))
            check.call(versions.upgrade, old.Size(640, 480), unit, gives=new.Size(640, 480, unit))
            check.call(versions.downgrade, new.Size(0, 65535, unit), gives=old.Size(0, 65535))
            check.call(versions.downgrade, new.Size(640, 480, unit), gives=old.Size(640, 480))
            check.call(versions.downgrade, new.Size(65536, 1, unit), gives=Err("65536"))
            check.call(versions.downgrade, new.Size(1, 2**32, unit), gives=Err("4294967296"))
            check.call(versions.downgrade, new.Size(70000, 80000, unit), gives=Err("80000"))
            check.call(versions.downgrade, new.Size(U64_MAX, 65536, unit), gives=Err("18446744073709551615"))

        pixels, points = new.Size(1, U64_MAX, Unit.PIXELS), new.Size(U64_MAX, 1, Unit.POINTS)
        check.call(versions.census, [], gives=(0, 0))
        check.call(versions.census, [pixels], gives=(1, 0))
        check.call(versions.census, [points, pixels, points], gives=(1, 2))
        check.call(versions.census, [pixels, points, pixels, pixels] * 25_000, gives=(75_000, 25_000))

        return check.count
