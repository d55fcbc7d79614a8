from wit_world import exports

__all__ = ["OfCallee"]


class OfCallee(exports.OfCallee):
    def live(self) -> int | None:
        return None
