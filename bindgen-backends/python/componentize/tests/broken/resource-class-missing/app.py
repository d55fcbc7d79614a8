import wit_world
from wit_world import exports


class WitWorld(wit_world.WitWorld):
    def go(self) -> None:
        pass


class Numbers(exports.Numbers):
    def twice(self, n: int) -> int:
        return 2 * n
