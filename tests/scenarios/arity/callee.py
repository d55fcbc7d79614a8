from typing import Tuple

from wit_world import exports
from wit_world.exports.arity import Wide

__all__ = ["Arity"]


def signed(n: int, bits: int) -> int:
    """Wraps to a signed integer of so many bits."""
    half = 2 ** (bits - 1)
    return (n + half) % (2 * half) - half


class Arity(exports.Arity):
    def sum16(self, *a: int) -> int:
        return sum(i * n for i, n in enumerate(a, 1)) % 2**64

    def sum17(self, *a: int) -> int:
        return sum(i * n for i, n in enumerate(a, 1)) % 2**64

    def sum40(self, *a: float) -> float:
        return float(sum(i * n for i, n in enumerate(a, 1)))

    def join8(self, *a: str) -> str:
        return ",".join(a)

    def join9(self, *a: str) -> str:
        return ",".join(a)

    def make_wide(self, seed: int) -> Wide:
        return Wide(
            f0=seed % 2**8,
            f1=seed + 1,
            f2=str(seed),
            f3=float(seed + 3),
            f4=signed(seed + 4, 16),
            f5=bytes(i % 2**8 for i in range(seed)),
            f6=float(seed + 6),
            f7=seed % 2 == 1,
            f8=chr(0x40 + seed % 26),
            f9=(seed + 9) % 2**32 if seed % 2 == 0 else None,
            f10=seed + 10,
            f11=(seed + 11) % 2**16,
            f12=signed(seed + 12, 8),
            f13=signed(seed + 13, 32),
            f14=(seed + 14) % 2**32,
            f15=(15, seed + 15),
            f16=str(seed),
            f17=float(seed + 17),
            f18=seed + 18,
            f19=(seed + 19) % 2**8,
        )

    def seed_of(self, w: Wide) -> int:
        seed = len(w.f5)
        return seed if w == self.make_wide(seed) else 2**32 - 1

    def divisions(
        self, n: int
    ) -> Tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int]:
        return tuple(part for divisor in range(1, 11) for part in divmod(n, divisor))

    def around(self, before: int, w: Wide, after: int) -> int:
        return (before + self.seed_of(w) + after) % 2**32
