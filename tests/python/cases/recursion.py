#@ seeds: 1
# Recursion that does not end is an exception, in Python and in C, on the first thread and on others.
import json
import threading


def python():
    return python()


def c():
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return repr(nested)


def told(function):
    try:
        function()
    except RecursionError as error:
        print(function.__name__, "RecursionError")


for function in (python, c):
    told(function)
    thread = threading.Thread(target=told, args=(function,))
    thread.start()
    thread.join()
