from array import array

from wit_world import exports


class Numbers(exports.Numbers):
    def all(self, *lists):
        return array("d", [x for numbers in lists for x in numbers])

    def same(self, a):
        assert isinstance(a, array) and a.typecode == "I", a
        return memoryview(a)[1:]
