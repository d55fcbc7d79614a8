from typing import List, Tuple

from wit_world import exports
from wit_world.exports.enums import Big, Color

__all__ = ["Enums"]


class Enums(exports.Enums):
    def next_color(self, c: Color) -> Color:
        return Color((c.value + 1) % len(Color))

    def next_big(self, c: Big) -> Big:
        return Big((c.value + 1) % len(Big))

    def index(self, c: Big) -> int:
        return c.value

    def from_index(self, n: int) -> Big:
        return Big(n % len(Big))

    def tally(self, colors: List[Color]) -> Tuple[int, int, int]:
        return colors.count(Color.RED), colors.count(Color.GREEN), colors.count(Color.BLUE)

    def reverse(self, cases: List[Big]) -> List[Big]:
        return cases[::-1]
