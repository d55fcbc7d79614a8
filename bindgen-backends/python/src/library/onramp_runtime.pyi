"""The runtime's own module: what the generated package calls. There is no such file at run time."""

from collections.abc import Iterator
from typing import Any, Generic, SupportsIndex, TypeVar, overload

Whole = TypeVar("Whole", covariant=True)
Element = TypeVar("Element", covariant=True)
Key = TypeVar("Key")
Value = TypeVar("Value")

def call(index: int, /, *arguments: object) -> Any:
    """Calls an import of the world, by its index in the table."""

def construct(resource: object, index: int, /, *arguments: object) -> None:
    """Calls the constructor of an imported resource: the handle that it returns becomes the object's."""

def drop(resource: int, handle: int, /) -> None:
    """Drops a handle of a resource of the table."""

class Finalizer:
    """What drops the handle of an imported resource's object, now or when the object goes."""

    @property
    def alive(self) -> bool:
        """Whether the handle is still the object's."""

    def __call__(self) -> None:
        """Drops the handle, if it is still the object's."""

    def detach(self) -> int | None:
        """The handle is no longer the object's, and nobody drops it."""

class Lazy(Generic[Whole, Element]):
    """A string, list or map that is still where it came from.

    A part is read when it is asked for, all of it when an operation needs all of it, and nothing when it is passed on. Methods
    of what it stands for are there too.
    """

    @property
    def size(self) -> int:
        """How many elements it has; of a string, how many bytes of UTF-8. Nothing is read for that."""

    @property
    def unread(self) -> bool:
        """Whether it was not read, or parts only."""

    def materialize(self) -> Whole:
        """All of it."""

    def pieces(self, count: int, /) -> Iterator[Whole]:
        """Pieces of a string or list, each with so many elements at most; of a string, with so many bytes."""

    def __len__(self) -> int:
        """How many elements it has. Of a string, how many characters: it is read for that."""

    def __bool__(self) -> bool: ...
    @overload
    def __getitem__(self: Lazy[dict[Key, Value], Value], key: Key, /) -> Value: ...
    @overload
    def __getitem__(self, index: slice[Any, Any, Any], /) -> Whole: ...
    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Element: ...
    @overload
    def __iter__(self: Lazy[dict[Key, Value], Value]) -> Iterator[Key]: ...
    @overload
    def __iter__(self) -> Iterator[Element]: ...
    def __contains__(self, value: object, /) -> bool: ...
    def __bytes__(self) -> bytes: ...
    def __add__(self, other: object, /) -> Whole: ...
    def __radd__(self, other: object, /) -> Whole: ...
    def __mul__(self, times: SupportsIndex, /) -> Whole: ...
    def __getattr__(self, name: str, /) -> Any: ...
