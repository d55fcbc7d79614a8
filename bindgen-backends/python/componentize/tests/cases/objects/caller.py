from wit_world import exports
from wit_world.imports import front


class Run(exports.Run):
    def run(self) -> None:
        for n in (1, 2, 21):
            made = front.make(n)
            print(len(made), made[-1], front.total(made))
            print(front.last(made))
        many = front.make(120)
        print(front.make(0), front.total([]), front.total(many), front.total(many) == 119 * 60)
        print(front.rename(made[4], "größer"))
        print(front.twice("é"), len(front.twice("ab€" * 10_000)))
        for line in front.seen():
            print(line if len(line) < 200 else len(line))
