from wit_world import exports


class Scalars(exports.Scalars):
    def __init__(self) -> None:
        self.calls = 0

    def add(self, a: int, b: int) -> int:
        return (a + b + 2**31) % 2**32 - 2**31

    def widest(self, a: int, b: int, c: float, d: float) -> float:
        return a + b + c + d

    def next(self, c: str) -> str:
        return chr(ord(c) + 1)

    def all_of(self, a: bool, b: bool) -> bool:
        return a and b

    def smallest(self, a: int, b: int) -> int:
        return min(a, b)

    def count(self) -> None:
        self.calls += 1

    def counted(self) -> int:
        return self.calls
