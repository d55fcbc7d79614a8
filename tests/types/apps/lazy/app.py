"""What a checker knows of lazy values."""

from __future__ import annotations

from onramp_runtime import Lazy
from wit_world import exports
from wit_world.imports import reading


class Reading(exports.Reading):
    def head(self, text: Lazy[str, str], numbers: Lazy[list[int], int]) -> tuple[str | Lazy[str, str], int]:
        total = sum(numbers) + sum(numbers[1:]) + numbers[0] + numbers.size + len(numbers.materialize())
        pieces: list[str] = list(text.pieces(16))
        return text[:3] + text[4] + "".join(pieces) + str(text), total

    def bytes(self, data: Lazy[bytes, int]) -> int:
        return data[0] + len(data[1:3]) + len(data.materialize())

    def look_up(self, table: Lazy[dict[str, float], float], key: Lazy[str, str]) -> float | None:
        names: list[str] = list(table)
        return table[names[0]] if key in table else None

    def back(self, text: Lazy[str, str]) -> str | Lazy[str, str]:
        again = reading.back(text)
        return again if again.unread else reading.back("text")
