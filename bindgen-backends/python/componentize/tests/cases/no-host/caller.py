from wit_world import exports
from wit_world.imports import alone


class Run(exports.Run):
    def run(self) -> None:
        print(alone.draw() != alone.draw())
        print(alone.nap(1500))
        alone.say("nobody hears this")
        print(alone.listing())
        print(alone.start())
