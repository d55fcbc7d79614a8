#@ seeds: 1
# A traceback has the program's frames only, and the exit code is told.
import atexit

atexit.register(print, "at exit")


def fail():
    raise ValueError("on purpose")


fail()
