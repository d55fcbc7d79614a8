from wit_world import exports
from wit_world.imports import scalars


class Run(exports.Run):
    def run(self) -> None:
        print(scalars.add(2, 3), scalars.add(2**31 - 1, 1))
        print(scalars.widest(2**64 - 1, -(2**63), 0.5, 1e300))
        print(scalars.next("a"), scalars.next("\U0001f600"))
        print(scalars.all_of(True, False), scalars.all_of(True, True))
        print(scalars.smallest(-128, 65535))
        for _ in range(3):
            scalars.count()
        print(scalars.counted())
