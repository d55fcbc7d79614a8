from wit_world import exports
from wit_world.exports import values


class Thing(values.Thing):
    def __init__(self):
        pass


class Box(values.Box):
    def __init__(self):
        pass


class Values(exports.Values):
    def __init__(self):
        self.count = 0

    def calls(self):
        return self.count

    def join(self, xs):
        self.count += 1
        return ",".join(f"{x.name}={x.x}" for x in xs)

    def called(self, *arguments):
        self.count += 1

    number = wide = real = truth = letter = text = draw = paint = pair = outcome = nested = table = bytes = called
    entries = lookup = things = called
