import sys
from typing import List, Optional, Self

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import drops

__all__ = ["Drops"]

# componentize-py looks for the classes of exported resources in a module named after the interface.
sys.modules["drops"] = sys.modules[__name__]


class Token(drops.Token):
    alive = 0
    destroyed = 0

    def __init__(self) -> None:
        Token.alive += 1

    # componentize-py 0.25.1 keeps every resource that it has exported alive, so this is not called yet, and no
    # caller passes.
    def __del__(self) -> None:
        Token.alive -= 1
        Token.destroyed += 1

    def live(self) -> int:
        return Token.alive

    @classmethod
    def pass_(cls, t: Self) -> Self:
        return t


class Bag(drops.Bag):
    def __init__(self, tokens: List[drops.Token]) -> None:
        self.tokens = tokens

    def draw(self) -> Optional[drops.Token]:
        return self.tokens.pop() if self.tokens else None


class Drops(exports.Drops):
    # Of the class, since componentize-py makes an instance for every function.
    kept: Optional[drops.Token] = None

    def live(self) -> int:
        return Token.alive

    def destroyed(self) -> int:
        return Token.destroyed

    def make(self, n: int) -> List[drops.Token]:
        return [Token() for _ in range(n)]

    def choose(self, p: drops.Pair) -> drops.Token:
        return p.second

    def count(self, tokens: List[drops.Token]) -> int:
        return len(tokens)

    def consume(self, tokens: List[drops.Token]) -> None:
        tokens.clear()

    def keep(self, t: drops.Token) -> None:
        Drops.kept = t

    def take(self) -> Optional[drops.Token]:
        taken, Drops.kept = Drops.kept, None
        return taken

    def offer(self, t: drops.Token, refuse: bool) -> None:
        if refuse:
            raise Err(t)
