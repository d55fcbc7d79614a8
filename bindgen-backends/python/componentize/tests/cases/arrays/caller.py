from array import array

from wit_world import exports
from wit_world.imports import numbers


class Run(exports.Run):
    def run(self) -> None:
        print(numbers.all(array("b", [-1]), [2], (3,), array("L", [4]), range(5, 7), array("Q", [2**53]), [-7], [0.5], [1]))
        print(numbers.same(array("I", range(5))), numbers.same([1]), numbers.same(memoryview(bytes(12)).cast("I")))
        try:
            numbers.same(array("d", [1.0]))
        except TypeError as error:
            print(error)
