"""A resource that is imported and exported."""

from __future__ import annotations

from typing import Self

from componentize_py_types import Err, Some
from wit_world import exports
from wit_world.exports import store
from wit_world.imports.store import Item as Imported


class Item(store.Item):
    def __init__(self, name: str) -> None:
        if not name:
            raise Err("no name")
        with Imported(name) as inner:
            self.text = inner.name()

    def name(self) -> str:
        return self.text

    @classmethod
    def join(cls, a: Self, b: Self) -> Self:
        return cls(a.text + b.name())


class Store(exports.Store):
    def open(self, b: store.Boxed) -> Some[store.Item | None] | None:
        return Some(b.inside) if b.count > 0 else None
