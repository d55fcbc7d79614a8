from check import Checks
from wit_world import exports
from wit_world.imports import resources
from wit_world.imports.resources import Counter, Entry, Holder

__all__ = ["CheckResources"]

S64_MIN, S64_MAX = -(2**63), 2**63 - 1


def methods(check: Checks) -> None:
    with Counter(40) as counter:
        check.call(counter.get, gives=40)
        with counter.duplicate() as twin:
            check.call(twin.get, gives=40)
            check.call(counter.equals, twin, gives=True)
            check.call(counter.equals, counter, gives=True)
            check.call(counter.add, 2, gives=42)
            check.call(counter.get, gives=42)
            check.call(twin.get, gives=40)
            check.call(counter.equals, twin, gives=False)
            check.call(twin.add, -41, gives=-1)
        check.call(counter.get, gives=42)

    with Counter(S64_MAX) as largest, Counter(S64_MIN) as smallest:
        check.call(largest.get, gives=S64_MAX)
        check.call(smallest.get, gives=S64_MIN)
        check.call(largest.add, 1, gives=S64_MIN)
        check.call(smallest.add, -1, gives=S64_MAX)
        check.call(largest.equals, smallest, gives=False)
        check.call(smallest.add, 0, gives=S64_MAX)


def merges(check: Checks) -> None:
    for a, b, total in [(30, 12, 42), (-1, 1, 0), (S64_MAX, S64_MAX, -2), (S64_MIN, S64_MIN, 0)]:
        with Counter.merge(Counter(a), Counter(b)) as merged:
            check.call(merged.get, gives=total)


def holders(check: Checks) -> None:
    with Holder("é\0", Counter(5)) as holder:
        check.call(holder.name, gives="é\0")
        check.call(holder.add, 3, gives=8)
        check.call(holder.add, S64_MAX, gives=S64_MIN + 7)

    with Holder.open(Holder("", Counter(7))) as inner:
        check.call(inner.get, gives=7)
        check.call(inner.add, 1, gives=8)

    holder = Holder("𝄞", Counter(1))
    check.call(holder.name, gives="𝄞")
    check.call(holder.add, -2, gives=-1)
    inner = Holder.open(holder)
    check.call(resources.redeem, inner, gives=-1)


def lists(check: Checks) -> None:
    check.call(resources.make_many, 0, gives=[])
    many = resources.make_many(1000)
    check.equal("values of make-many(1000)", list(range(1000)), [counter.get() for counter in many])
    check.equal("total(make-many(1000))", 499500, resources.total(many))
    check.equal("total(one counter thrice)", 27, resources.total([many[9]] * 3))
    check.call(resources.total, [], gives=0)
    check.equal("consume(make-many(1000))", 499500, resources.consume(many))

    check.call(resources.consume, [], gives=0)
    check.equal("consume(limits)", S64_MAX, resources.consume([Counter(S64_MIN), Counter(-1)]))
    with Counter(S64_MAX) as largest, Counter(2) as two:
        check.equal("total(limits)", S64_MIN + 1, resources.total([largest, two]))


def entries(check: Checks) -> None:
    check.call(resources.label, [], gives=[])
    values = [7, S64_MIN, 7, 0]
    labelled = resources.label([Counter(value) for value in values])
    names = ["7", "-9223372036854775808", "7", "0"]
    check.equal("names of label(four counters)", names, [entry.name for entry in labelled])
    check.equal("values of label(four counters)", values, [entry.value.get() for entry in labelled])

    # Tells the first 7 from the second.
    check.call(labelled[0].value.add, 1, gives=8)
    picked = resources.pick(labelled, "7")
    check.equal('pick(four entries, "7") is none', False, picked is None)
    check.call(picked.get, gives=8)
    check.call(resources.redeem, picked, gives=8)

    check.call(resources.pick, [], "", gives=None)
    two = [Entry("a", Counter(1)), Entry("b\0", Counter(2))]
    check.equal('pick(two entries, "b")', None, resources.pick(two, "b"))
    one = resources.pick([Entry("é", Counter(3))], "é")
    check.equal('pick(one entry, "é") is none', False, one is None)
    check.call(one.get, gives=3)
    check.call(resources.redeem, one, gives=3)
    check.call(resources.redeem, None, gives=-1)


class CheckResources(exports.CheckResources):
    def run(self) -> int:
        check = Checks()
        methods(check)
        merges(check)
        holders(check)
        lists(check)
        entries(check)
        return check.count
