"""What WIT's own types are in Python."""

from dataclasses import dataclass
from typing import Generic, TypeVar, Union

S = TypeVar("S")
T = TypeVar("T")
E = TypeVar("E")


@dataclass
class Some(Generic[S]):
    """A value that is there, of an option whose value may be `None` itself.

    Any other option is the value or `None`.
    """

    value: S


@dataclass
class Ok(Generic[T]):
    """A result of a call that succeeded."""

    value: T


@dataclass(unsafe_hash=True)
class Err(Generic[E], Exception):
    """A result of a call that failed, which is raised where a function's own result is one."""

    value: E


Result = Union[Ok[T], Err[E]]
"""A result: `Ok` or `Err`."""
