from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import failing


def outcome(function, *arguments):
    try:
        print(function(*arguments))
    except Err as error:
        print("Err", error.value)


class Run(exports.Run):
    def run(self) -> None:
        outcome(failing.divide, 7, 2)
        outcome(failing.divide, 7, 0)
        outcome(failing.only_error, False)
        outcome(failing.only_error, True)
        outcome(failing.only_ok, 1)
        outcome(failing.only_ok, 0)
        outcome(failing.neither, False)
        outcome(failing.neither, True)
        failing.wrong()
