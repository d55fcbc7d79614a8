"""Maps and lists of fixed length."""

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.maps import Matrix
from wit_world.imports import maps


class Maps(exports.Maps):
    def turn(self, m: dict[str, list[int]]) -> dict[int, str]:
        return {number: name for name, numbers in m.items() for number in numbers}

    def transposed(self, m: Matrix) -> Matrix:
        try:
            return maps.transposed(m)
        except Err:
            raise Err({"failed": True}) from None
