from wit_world import exports
from wit_world.imports import of_callee

__all__ = ["OfBoth"]


class OfBoth(exports.OfBoth):
    def caller(self) -> int | None:
        return None

    def callee(self) -> int | None:
        return of_callee.live()
