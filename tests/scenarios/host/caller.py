from check import Checks
from wit_world import exports
from wit_world.imports import desk, host
from wit_world.imports.host import Ticket

__all__ = ["CheckHost"]

U32_MAX = 2**32 - 1


def functions(check: Checks) -> None:
    check.call(host.multiply, 6, 7, gives=42)
    check.call(host.multiply, U32_MAX, 0, gives=0)
    check.call(host.multiply, 65536, 65536, gives=0)
    check.call(host.multiply, U32_MAX, U32_MAX, gives=1)
    check.call(host.join, [], "-", gives="")
    check.call(host.join, ["one"], "-", gives="one")
    check.call(host.join, ["é", "", "𝄞\0"], "€ ", gives="é€ € 𝄞\0")

    check.call(desk.product, [], gives=1)
    check.call(desk.product, [U32_MAX], gives=U32_MAX)
    check.call(desk.product, [2, 3, 7], gives=42)
    check.call(desk.product, [65537, 65537, 3], gives=393219)
    check.call(desk.product, [7, 0, 7], gives=0)


def tickets(check: Checks, before: int) -> None:
    """`before` is how many tickets there are already."""
    with Ticket("é\0") as first:
        check.call(host.open_tickets, gives=before + 1)
        number = first.number()
        check.equal("number of the first ticket >= 1", True, number >= 1)
        check.call(first.label, gives="é\0")
        with desk.issue("") as second:
            check.call(host.open_tickets, gives=before + 2)
            check.call(second.number, gives=number + 1)
            check.call(second.label, gives="")
            check.equal("inspect(the first ticket)", f"{number}:é\0", desk.inspect(first))
            check.equal("inspect(the second ticket)", f"{number + 1}:", desk.inspect(second))
            check.equal("inspect(the second ticket) again", f"{number + 1}:", desk.inspect(second))
            check.call(host.open_tickets, gives=before + 2)
        check.call(host.open_tickets, gives=before + 1)
        check.call(first.label, gives="é\0")
    check.call(host.open_tickets, gives=before)

    own, issued = Ticket("own"), desk.issue("issued \0𝄞")
    check.call(issued.label, gives="issued \0𝄞")
    check.equal("collect(an own ticket)", number + 2, desk.collect(own))
    check.call(host.open_tickets, gives=before + 1)
    check.equal("collect(an issued ticket)", number + 3, desk.collect(issued))
    check.call(host.open_tickets, gives=before)

    check.call(desk.labels, [], gives="")
    check.equal("labels(one ticket)", "one", desk.labels([Ticket("one")]))
    three = [Ticket("é"), desk.issue(""), Ticket("\0𝄞")]
    check.call(host.open_tickets, gives=before + 3)
    check.equal("labels(three tickets)", "é++\0𝄞", desk.labels(three))
    check.call(host.open_tickets, gives=before)
    with desk.issue("x" * 2**20) as last:
        check.call(last.number, gives=number + 8)
        check.equal("inspect(a long ticket)", f"{number + 8}:{'x' * 2**20}", desk.inspect(last))
    check.call(host.open_tickets, gives=before)


class CheckHost(exports.CheckHost):
    def run(self) -> int:
        check = Checks()
        functions(check)
        tickets(check, host.open_tickets())
        return check.count
