import gc

from wit_world import exports
from wit_world.imports import reading
from wit_world.imports.reading import Line


class Run(exports.Run):
    def run(self) -> None:
        for text in reading.describe("aä€😁bcdefg"):
            print(text)
        for text in reading.pick(list(range(10)), [Line(1, "one"), Line(2, "two"), Line(3, "")]):
            print(text)
        print(reading.bytes(b"\x01\x02\x03\x04\x05\x06"))
        print(reading.none("", []))
        print(reading.back("there and back"))
        reading.keep("kept")
        print(reading.kept())
        # Results.
        lines = reading.make(1000)
        print(repr(lines), lines[999].text, lines[10:12], lines.unread)
        text = reading.make_text(100_000)
        print(repr(text), text[299_999], text[:4], text.unread, sum(map(len, text.pieces(1000))))
        # Passed on, unread.
        print(len(reading.back(text)), text.unread, reading.back(text) == text, text.unread)
        again = reading.make(3)
        print(again == [Line(0, "line 0"), Line(1, "line 1"), Line(2, "line 2")], again.unread)
        for _ in range(2000):
            reading.make(5)
        gc.collect()
