from contextlib import ExitStack
from functools import reduce
from typing import List

from wit_world import exports
from wit_world.imports import host
from wit_world.imports.host import Ticket

__all__ = ["Desk"]


class Desk(exports.Desk):
    def issue(self, label: str) -> Ticket:
        return Ticket(label)

    def inspect(self, t: Ticket) -> str:
        return f"{t.number()}:{t.label()}"

    def collect(self, t: Ticket) -> int:
        with t:
            return t.number()

    def product(self, numbers: List[int]) -> int:
        return reduce(host.multiply, numbers, 1)

    def labels(self, tickets: List[Ticket]) -> str:
        with ExitStack() as stack:
            return host.join([stack.enter_context(ticket).label() for ticket in tickets], "+")
