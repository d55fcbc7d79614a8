from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.failing import Trouble_Code


class Failing(exports.Failing):
    def divide(self, a, b):
        if b == 0:
            raise Err("by zero")
        return a // b

    def only_error(self, fail):
        if fail:
            raise Err(Trouble_Code(7))

    def only_ok(self, n):
        if n == 0:
            raise Err(None)
        return n

    def neither(self, fail):
        if fail:
            raise Err(None)

    def wrong(self):
        return deeper()


def deeper():
    return {}["no such key"]
