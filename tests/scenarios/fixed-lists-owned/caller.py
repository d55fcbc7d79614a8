from check import Checks
from wit_world import exports
from wit_world.imports import fixed_lists_owned

__all__ = ["CheckFixedListsOwned"]


class CheckFixedListsOwned(exports.CheckFixedListsOwned):
    def run(self) -> int:
        check = Checks()
        long = "0123456789abcdef" * 2**16
        for strings, backwards in [
            (["", "", "", ""], ["", "", "", ""]),
            (["a", "b", "c", "d"], ["d", "c", "b", "a"]),
            (["é", "", "€\0", "𝄞"], ["𝄞", "€\0", "", "é"]),
            (["short", long, "", "end"], ["end", "", long, "short"]),
        ]:
            check.call(fixed_lists_owned.reverse, strings, gives=backwards)
        check.call(fixed_lists_owned.staircase, gives=[[], [1], [2, 2]])
        words = ["", "é", "€\0", "𝄞", "a", "b", "", "c", "end"]
        check.call(fixed_lists_owned.join, words, gives=",é,€\0,𝄞,a,b,,c,end")
        return check.count
