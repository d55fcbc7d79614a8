from wit_world import exports

__all__ = ["Strings"]


class Strings(exports.Strings):
    def concat(self, a: str, b: str) -> str:
        return a + b

    def utf8_length(self, s: str) -> int:
        return len(s.encode())

    def utf16_length(self, s: str) -> int:
        # Python loads its codec for UTF-16 on first use, but a component can import modules only when it is built.
        return len(s) + sum(c > "\uffff" for c in s)

    def scalar_count(self, s: str) -> int:
        return len(s)

    def reverse(self, s: str) -> str:
        return s[::-1]

    def repeat(self, s: str, n: int) -> str:
        return s * n

    def checksum(self, s: str) -> int:
        checksum = 2166136261
        for byte in s.encode():
            checksum = (checksum ^ byte) * 16777619 % 2**32
        return checksum

    def at(self, s: str, index: int) -> str:
        return s[index]

    def from_char(self, c: str) -> str:
        return c
