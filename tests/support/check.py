"""Counts the checks of a caller and words the first that fails."""

from collections.abc import Callable, Sized
from typing import Any

from componentize_py_types import Err


class Checks:
    """The checks of one run. The first that fails ends it by raising the `Err` that `run` returns."""

    def __init__(self) -> None:
        self.count = 0

    def call(self, function: Callable[..., Any], *arguments: Any, gives: Any) -> None:
        """Calls `function`, which is to return `gives`, or to raise it when that is an `Err`."""
        try:
            result = function(*arguments)
        except Err as error:
            result = error
        name = function.__qualname__.replace("_", "-")
        self.equal(f"{name}({', '.join(map(shown, arguments))})", gives, result)

    def equal(self, call: str, expected: Any, actual: Any) -> None:
        """Compares what `call` has given with what it is to give."""
        self.count += 1
        # As text any NaN is like any other, but 0.0 is not like -0.0, nor 1 like True.
        if repr(actual) != repr(expected):
            raise Err(f"{call}: expected {shown(expected)}, got {shown(actual)}")


def shown(value: Any) -> str:
    """A value on one line, abbreviated when it is long."""
    text = repr(value)
    if len(text) <= 80:
        return text
    length = f" (length {len(value)})" if isinstance(value, Sized) else ""
    return f"{text[:77]}...{length}"
