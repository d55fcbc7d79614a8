import sys

from wit_world import exports
from wit_world.imports import values


class Run(exports.Run):
    def run(self) -> None:
        _, name, which = sys.argv
        print(f"{name} {which}:", end=" ")
        print("no error:", getattr(values, name)(int(which)))
