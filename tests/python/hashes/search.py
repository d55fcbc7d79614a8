"""Looks for every key of every dictionary and set, as it is and made anew, and compares the hashes of all texts."""

import gc

import library


def reachable():
    """Every object that the garbage collector's lead to."""
    rest = gc.get_objects()
    seen = set(map(id, rest))
    while rest:
        one = rest.pop()
        yield one
        for other in gc.get_referents(one):
            if id(other) not in seen:
                seen.add(id(other))
                rest.append(other)


def again(text):
    """An equal text that is another object."""
    return (text + text[:1])[:-1] if len(text) > 1 else text


def lost(one):
    """What is wrong with an object."""
    if isinstance(one, dict):
        for key in list(dict.keys(one)):
            if not dict.__contains__(one, key) or type(key) in (str, bytes) and not dict.__contains__(one, again(key)):
                yield f"{key!r} of a {type(one).__name__}"
    elif isinstance(one, (set, frozenset)):
        kind = set if isinstance(one, set) else frozenset
        for key in list(kind.__iter__(one)):
            if not kind.__contains__(one, key) or type(key) in (str, bytes) and not kind.__contains__(one, again(key)):
                yield f"{key!r} of a {type(one).__name__}"
        if kind is frozenset and hash(one) != hash(frozenset(list(one))):
            yield f"the hash of {one!r}"
    elif type(one) in (str, bytes) and hash(one) != hash(again(one)):
        yield f"the hash of {one!r}"


objects = list(reachable())
print(len(library.imported) > 150, len(objects) > 50_000)
print(*(what for one in objects for what in lost(one)))
