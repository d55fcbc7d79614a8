import wit_world
from wit_world import exports


class Run(exports.Run):
    def run(self) -> None:
        made = wit_world.make(4)
        print(len(made), made[3])
        print(wit_world.pick(made, 1))
        print(wit_world.pick(made, 0))
        print(wit_world.pick(made, 4))
