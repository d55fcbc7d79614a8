from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import adder

__all__ = ["CheckAdder"]


class CheckAdder(exports.CheckAdder):
    def run(self) -> int:
        total = adder.add(2, 3)
        if total != 5:
            raise Err(f"add(2, 3): expected 5, got {total}")
        return 1
