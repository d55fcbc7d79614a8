from check import Checks
from wit_world import exports
from wit_world.imports import enums
from wit_world.imports.enums import Big, Color

__all__ = ["CheckEnums"]


class CheckEnums(exports.CheckEnums):
    def run(self) -> int:
        check = Checks()

        check.call(enums.next_color, Color.RED, gives=Color.GREEN)
        check.call(enums.next_color, Color.GREEN, gives=Color.BLUE)
        check.call(enums.next_color, Color.BLUE, gives=Color.RED)

        cases = list(Big)
        check.equal("number of cases", 300, len(cases))
        for n, case in enumerate(cases):
            check.call(enums.next_big, case, gives=cases[n + 1] if n < 299 else Big.C0)
            check.call(enums.index, case, gives=n)
            check.call(enums.from_index, n, gives=case)
        check.call(enums.from_index, 300, gives=Big.C0)
        check.call(enums.from_index, 599, gives=Big.C299)
        check.call(enums.from_index, 2**32 - 1, gives=Big.C195)

        check.call(enums.tally, [], gives=(0, 0, 0))
        check.call(enums.tally, [Color.BLUE], gives=(0, 0, 1))
        check.call(enums.tally, [Color.GREEN, Color.RED, Color.GREEN, Color.BLUE, Color.GREEN], gives=(1, 3, 1))
        check.call(enums.tally, [Color.BLUE, Color.RED, Color.BLUE, Color.GREEN] * 25_000, gives=(25000, 25000, 50000))

        check.call(enums.reverse, [], gives=[])
        check.call(enums.reverse, [Big.C256], gives=[Big.C256])
        check.call(
            enums.reverse,
            [Big.C0, Big.C0, Big.C255, Big.C256, Big.C299],
            gives=[Big.C299, Big.C256, Big.C255, Big.C0, Big.C0],
        )
        check.call(enums.reverse, cases, gives=[Big(299 - n) for n in range(300)])

        return check.count
