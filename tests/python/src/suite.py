"""Runs a module of CPython's tests and writes what became of it to standard output, as JSON.

Arguments: the module's name, and pairs of a test and the reason why it is left out.
"""

import json
import sys
import unittest

sys.path.append("/Lib")
from test import support
from test.support import threading_helper

# CPython's own support says that WASI has no threads, and no sockets, which asyncio asks for: neither is so here, as far as tests need it.
threading_helper.can_start_thread = support.has_socket_support = True


def tests(suite):
    """Every test in a suite."""
    for part in suite:
        if isinstance(part, unittest.TestSuite):
            yield from tests(part)
        else:
            yield part


def main(module, *left_out):
    suite = unittest.defaultTestLoader.loadTestsFromName(f"test.{module}")
    reasons = dict(zip(left_out[::2], left_out[1::2]))
    for test in tests(suite):
        name = test.id().rpartition(".")[2]
        if reason := reasons.get(name):
            setattr(type(test), name, unittest.skip(reason)(getattr(test, name)))
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    told = {
        "run": result.testsRun,
        "skipped": [[test.id(), reason] for test, reason in result.skipped],
        "failed": [test.id() for test, _ in result.failures + result.errors],
    }
    # Some tests leave a line of theirs open.
    print()
    print(json.dumps(told))
    sys.exit(not result.wasSuccessful())


main(*sys.argv[1:])
