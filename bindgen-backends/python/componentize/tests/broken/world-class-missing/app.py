from wit_world import exports


class Counter(exports.numbers.Counter):
    def __init__(self, start: int) -> None:
        self.start = start

    def get(self) -> int:
        return self.start


class Numbers(exports.Numbers):
    def twice(self, n: int) -> int:
        return 2 * n
