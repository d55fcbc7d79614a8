import os
import sys
import time
from typing import Optional

from wit_world import exports

__all__ = ["Surroundings"]


class Surroundings(exports.Surroundings):
    def say(self, line: str) -> None:
        print(line, flush=True)
        print(line, file=sys.stderr, flush=True)

    def sleep(self, milliseconds: int) -> int:
        start = time.monotonic_ns()
        time.sleep(milliseconds / 1000)
        return time.monotonic_ns() - start

    def random(self) -> int:
        return int.from_bytes(os.urandom(8), "little")

    def variable(self, name: str) -> Optional[str]:
        return os.environ.get(name)

    def input(self) -> bytes:
        return sys.stdin.buffer.read()

    def opens(self, path: str) -> bool:
        try:
            with open(path):
                return True
        except OSError:
            return False
