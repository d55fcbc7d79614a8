import os
import random
import threading
import time

from wit_world import exports


class Alone(exports.Alone):
    def draw(self) -> int:
        return random.getrandbits(32)

    def nap(self, milliseconds: int) -> int:
        before = time.time_ns()
        time.sleep(milliseconds / 1000)
        return time.time_ns() - before

    def say(self, what: str) -> None:
        print(what)

    def listing(self) -> str:
        try:
            return str(os.listdir("."))
        except OSError as error:
            return str(error)

    def start(self) -> str:
        try:
            threading.Thread(target=print).start()
        except RuntimeError as error:
            return str(error)
        return "started"
