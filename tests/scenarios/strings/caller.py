from check import Checks
from wit_world import exports
from wit_world.imports import strings

__all__ = ["CheckStrings"]

MIB = 2**20

# Bytes in UTF-8, code units in UTF-16, scalar values and checksum.
MEASURES = [
    ("", 0, 0, 0, 2166136261),
    ("a", 1, 1, 1, 3826002220),
    ("foobar", 6, 6, 6, 3214735720),
    ("\0", 1, 1, 1, 84696351),
    ("é", 2, 1, 1, 513665217),
    ("e\u0301", 3, 2, 2, 4204513055),
    ("€", 3, 1, 1, 697271083),
    ("𝄞", 4, 2, 1, 997838904),
    ("a\0é€𝄞", 11, 6, 5, 411141409),
    ("x" * MIB, MIB, MIB, MIB, 2153553349),
    ("𝄞" * (MIB // 4), MIB, MIB // 2, MIB // 4, 2368511429),
]

CHARS = ["\0", "a", "\x7f", "\x80", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"]


class CheckStrings(exports.CheckStrings):
    def run(self) -> int:
        check = Checks()

        check.call(strings.concat, "", "", gives="")
        check.call(strings.concat, "a", "", gives="a")
        check.call(strings.concat, "", "b", gives="b")
        check.call(strings.concat, "a\0", "\0b", gives="a\0\0b")
        check.call(strings.concat, "e", "\u0301€", gives="e\u0301€")
        check.call(strings.concat, "é" * (MIB // 4), "€" * (MIB // 6), gives="é" * (MIB // 4) + "€" * (MIB // 6))

        for s, utf8, utf16, scalars, checksum in MEASURES:
            check.call(strings.utf8_length, s, gives=utf8)
            check.call(strings.utf16_length, s, gives=utf16)
            check.call(strings.scalar_count, s, gives=scalars)
            check.call(strings.checksum, s, gives=checksum)

        check.call(strings.reverse, "", gives="")
        check.call(strings.reverse, "a", gives="a")
        check.call(strings.reverse, "a\0é€𝄞", gives="𝄞€é\0a")
        check.call(strings.reverse, "e\u0301", gives="\u0301e")
        check.call(strings.reverse, "a" * (MIB - 4) + "𝄞", gives="𝄞" + "a" * (MIB - 4))

        check.call(strings.repeat, "", 1000, gives="")
        check.call(strings.repeat, "é\0", 0, gives="")
        check.call(strings.repeat, "é\0", 1, gives="é\0")
        check.call(strings.repeat, "a€", 3, gives="a€a€a€")
        check.call(strings.repeat, "x", MIB, gives="x" * MIB)
        check.call(strings.repeat, "𝄞" * 256, 1024, gives="𝄞" * (MIB // 4))

        for index, c in enumerate(["a", "\0", "é", "€", "𝄞"]):
            check.call(strings.at, "a\0é€𝄞", index, gives=c)
        check.call(strings.at, "𝄞" * 1000 + "z", 1000, gives="z")
        for c in CHARS:
            check.call(strings.from_char, c, gives=c)
            check.call(strings.at, f"é{c}", 1, gives=c)

        return check.count
