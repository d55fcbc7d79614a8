from wit_world import exports
from wit_world.exports.calls import Floats, Point
from wit_world.imports import host

from componentize_py_types import Err

__all__ = ["Calls"]

TEXT = "sixteen bytes, y"
TEXTS = [TEXT] * 1000
BYTES = b"a" * 4096
FLOATS = Floats(1.0, 2.0, 3.0, 4.0)
POINTS = [Point(1.0, 2.0, 3.0)] * 1000
kept = []


class Calls(exports.Calls):
    def add(self, a: int, b: int) -> int:
        return (a + b) & 0xFFFF_FFFF

    def add_and_tick(self, a: int, b: int) -> int:
        host.tick()
        return (a + b) & 0xFFFF_FFFF

    def take_string(self, text: str) -> None:
        text[-1:]

    def give_string(self) -> str:
        return TEXT

    def take_bytes(self, bytes: bytes) -> None:
        bytes[-1:]

    def give_bytes(self) -> bytes:
        return BYTES

    def take_strings(self, texts: list[str]) -> None:
        texts[-1:]

    def give_strings(self) -> list[str]:
        return TEXTS

    def take_floats(self, floats: Floats) -> None:
        floats.d

    def give_floats(self) -> Floats:
        return FLOATS

    def give_option(self) -> int | None:
        return 1

    def give_result(self, ok: bool) -> Floats:
        if ok:
            return FLOATS
        raise Err(TEXT)

    def take_points(self, points: list[Point]) -> None:
        points[-1:]

    def give_points(self) -> list[Point]:
        return POINTS

    def keep(self, bytes: int) -> None:
        kept.append(bytearray(bytes))
