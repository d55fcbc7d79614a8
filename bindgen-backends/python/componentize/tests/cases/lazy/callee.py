from onramp_runtime import Lazy
from wit_world import exports
from wit_world.exports.reading import Line


class Reading(exports.Reading):
    def describe(self, s):
        assert isinstance(s, Lazy)
        seen = [repr(s), str(s.size), s[:3], s[2], s[1:6:2], s[100:200]]
        seen += [str(s.unread), "".join(s.pieces(5)), str(s.unread)]
        seen += ["".join(s) == str(s) and "equal", str(len(s)), str(s.unread), s[-2:], s.upper(), s + "!", f"{s:>12}"]
        return seen

    def pick(self, numbers, lines):
        seen = [repr(numbers), repr(numbers[2]), repr(numbers[-1]), repr(numbers[1:4]), repr(numbers[::-2])]
        seen += [repr(sum(numbers)), repr(list(numbers.pieces(4))), repr(numbers.unread)]
        seen += [repr(lines[1]), repr(lines[:2]), repr([line.text for line in lines]), repr(lines.unread)]
        try:
            numbers[100]
        except IndexError as error:
            seen.append(str(error))
        return seen + [repr(numbers.materialize()), repr(numbers.unread), repr(5 in numbers), repr(numbers == [0])]

    def bytes(self, b):
        return b[1] * 1000 + len(b[2:5]) * 100 + len(bytes(b))

    def none(self, s, l):
        return not s and not l and str(s) == "" and list(l) == [] and l[:] == []

    def back(self, s):
        return s

    def keep(self, s):
        self.saved = s

    def kept(self):
        try:
            return str(self.saved)
        except RuntimeError as error:
            return str(error)

    def make(self, count):
        return [Line(n, f"line {n}") for n in range(count)]

    def make_text(self, count):
        return "ab€" * count
