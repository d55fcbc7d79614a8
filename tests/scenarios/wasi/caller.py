import os
import sys
import time

from check import Checks
from wit_world import exports
from wit_world.imports import surroundings

__all__ = ["CheckWasi"]


def output(number: int) -> None:
    print(f"round {number} of the caller", flush=True)
    surroundings.say(f"round {number} of the callee")
    print(f"round {number} of the caller again", file=sys.stderr, flush=True)


def clocks(check: Checks) -> None:
    start = time.monotonic_ns()
    check.equal("sleep(2) >= 2000000", True, surroundings.sleep(2) >= 2_000_000)
    time.sleep(0.002)
    check.equal("both slept 4 ms", True, time.monotonic_ns() - start >= 4_000_000)


def entropy(check: Checks) -> None:
    numbers = {surroundings.random(), surroundings.random(), int.from_bytes(os.urandom(8), "little")}
    check.equal("random() and others differ", 3, len(numbers))


def files(check: Checks) -> None:
    check.call(surroundings.input, gives=b"")
    check.equal("the caller's input", b"", sys.stdin.buffer.read())
    check.call(surroundings.opens, "/none", gives=False)
    check.equal("the caller's /none exists", False, os.path.exists("/none"))


class CheckWasi(exports.CheckWasi):
    def run(self) -> int:
        check = Checks()
        for number in range(3):
            output(number)
            clocks(check)
            entropy(check)
            check.call(surroundings.variable, "ONRAMP_UNSET", gives=os.environ.get("ONRAMP_UNSET"))
            files(check)
        return check.count
