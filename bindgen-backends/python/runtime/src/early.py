"""Keeps imports from starting threads while a component is made: a snapshot has no room for them."""

import _thread
import sys


def guarded(start):
    def start_later(*arguments, **options):
        if sys.modules["_onramp_bundle"].is_building:
            raise RuntimeError("an import starts a thread: a snapshot has no room for it, start it in a function")
        return start(*arguments, **options)

    return start_later


def install():
    for name in "start_new_thread", "start_new", "start_joinable_thread":
        setattr(_thread, name, guarded(getattr(_thread, name)))
