from check import Checks
from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import drops
from wit_world.imports.drops import Bag, Pair, Token

__all__ = ["CheckDrops"]


class Ledger:
    """How many tokens the callee has to have, now and destroyed."""

    def __init__(self, check: Checks) -> None:
        self.check = check
        self.live = drops.live()
        self.destroyed = drops.destroyed()

    def book(self, event: str, *, made: int = 0, gone: int = 0) -> None:
        """Checks the counts after some tokens have been made and some have been dropped, here or there."""
        self.live += made - gone
        self.destroyed += gone
        self.check.equal(f"live() after {event}", self.live, drops.live())
        self.check.equal(f"destroyed() after {event}", self.destroyed, drops.destroyed())


def single(check: Checks, ledger: Ledger) -> None:
    with Token() as first:
        ledger.book("Token()", made=1)
        second = Token()
        ledger.book("a second Token()", made=1)
        check.call(first.live, gives=ledger.live)
    ledger.book("leaving the `with` of the first", gone=1)
    check.call(second.live, gives=ledger.live)

    passed = Token.pass_(second)
    ledger.book("Token.pass(token)")
    check.call(passed.live, gives=ledger.live)
    passed = Token.pass_(passed)
    ledger.book("passing it again")
    # Without `with`, a token is dropped together with the Python object.
    del passed
    ledger.book("del", gone=1)


def lists(check: Checks, ledger: Ledger, length: int) -> None:
    tokens = drops.make(length)
    ledger.book(f"make({length})", made=length)
    check.equal(f"length of make({length})", length, len(tokens))
    check.equal(f"count({length} tokens)", length, drops.count(tokens))
    ledger.book("count")
    drops.consume(tokens)
    ledger.book(f"consume({length} tokens)", gone=length)

    tokens = drops.make(length)
    half = length // 2
    del tokens[half:]
    ledger.book("del of half a list", made=length, gone=length - half)
    del tokens
    ledger.book("del of the other half", gone=half)


def bags(check: Checks, ledger: Ledger, length: int, draws: int) -> None:
    with Bag(drops.make(length)) as bag:
        ledger.book(f"Bag({length} tokens)", made=length)
        drawn = [bag.draw() for _ in range(draws)]
        check.equal(f"none in {draws} draw()", False, None in drawn)
        if draws == length:
            check.call(bag.draw, gives=None)
        ledger.book("drawing")
    ledger.book(f"dropping a bag of {length} tokens after {draws} draw()", gone=length - draws)
    del drawn
    ledger.book("dropping the drawn tokens", gone=draws)


def records(check: Checks, ledger: Ledger) -> None:
    with drops.choose(Pair(Token(), Token())) as chosen:
        ledger.book("choose(pair)", made=2, gone=1)
        check.call(chosen.live, gives=ledger.live)
    ledger.book("dropping the chosen token", gone=1)


def kept(check: Checks, ledger: Ledger) -> None:
    check.call(drops.take, gives=None)
    drops.keep(Token())
    ledger.book("keep(token)", made=1)
    drops.keep(Token())
    ledger.book("keep(token) in place of another", made=1, gone=1)
    taken = drops.take()
    ledger.book("take()")
    check.equal("take() is none", False, taken is None)
    check.call(drops.take, gives=None)
    drops.keep(Token())
    ledger.book("keep(token) after take()", made=1)
    del taken
    ledger.book("dropping the taken token", gone=1)
    last = drops.take()
    check.equal("take() at last is none", False, last is None)
    del last
    ledger.book("dropping the token kept last", gone=1)


def offers(check: Checks, ledger: Ledger) -> None:
    try:
        drops.offer(Token(), True)
        refused = None
    except Err as error:
        refused = error.value
    check.equal("offer(token, true) is ok", False, refused is None)
    ledger.book("offer(token, true)", made=1)
    with refused:
        check.call(refused.live, gives=ledger.live)
    ledger.book("dropping the refused token", gone=1)
    check.call(drops.offer, Token(), False, gives=None)
    ledger.book("offer(token, false)", made=1, gone=1)


class CheckDrops(exports.CheckDrops):
    def run(self) -> int:
        check = Checks()
        ledger = Ledger(check)
        single(check, ledger)
        for length in 0, 1, 1000:
            lists(check, ledger, length)
        for length, draws in (0, 0), (1, 0), (1, 1), (1000, 0), (1000, 1), (1000, 1000):
            bags(check, ledger, length, draws)
        records(check, ledger)
        kept(check, ledger)
        offers(check, ledger)
        return check.count
