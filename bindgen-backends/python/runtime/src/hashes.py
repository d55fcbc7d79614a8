"""Names who remembers hashes."""

import gc
import sys


def explained(numbers, callers):
    """A sentence about hashes that are remembered, or that may be."""
    if not numbers:
        return f"the hash of an object may be remembered: {', '.join(sorted(map(called, callers)))}"
    places = {holder for number in numbers for holder in list(holders(number, numbers)) or ["in a dictionary of numbers"]}
    return f"the hash of an object is remembered {', '.join(sorted(places))}"


def called(code):
    """Which code asks for a hash."""
    return f"`{code.co_qualname}` calls `hash` ({code.co_filename}:{code.co_firstlineno})"


def holders(number, numbers):
    """Who has this object, in words."""
    for referrer in gc.get_referrers(number):
        if referrer is numbers or type(referrer).__name__ == "frame":
            continue
        yield from (named(referrer, number) if not isinstance(referrer, dict) else in_dictionary(referrer, number))


def named(owner, number):
    """The attributes of an object that have a number."""
    kind = type(owner)
    names = [name for name in attributes(owner) if getattr(owner, name, None) is number]
    for name in names:
        yield f"in `{name}` of `{kind.__module__}.{kind.__qualname__}`"
    if not names:
        yield f"in a `{kind.__qualname__}`"


def attributes(owner):
    """The names of an object's attributes that are its own."""
    yield from getattr(owner, "__dict__", ())
    for kind in type(owner).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        yield from (slots,) if isinstance(slots, str) else slots


def in_dictionary(dictionary, number):
    """The owners of a dictionary that has a number."""
    for name, value in dictionary.items():
        if value is not number:
            continue
        owner = owner_of(dictionary)
        yield f"in `{name}` of {owner}" if owner else f"in a dictionary, under {name!r}"


def owner_of(dictionary):
    """The module, class or object whose attributes are in a dictionary."""
    for module in sys.modules.values():
        if getattr(module, "__dict__", None) is dictionary:
            return f"the module `{module.__name__}`"
    for owner in gc.get_referrers(dictionary):
        if getattr(owner, "__dict__", None) is dictionary:
            return f"`{type(owner).__module__}.{type(owner).__qualname__}`"
    return None
