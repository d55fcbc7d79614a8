from componentize_py_types import Err
from wit_world import exports
from wit_world.imports import things
from wit_world.imports.things import Box, Thing


def wrong(function, *arguments):
    try:
        print("no error:", function(*arguments))
    except (TypeError, Err) as error:
        print(f"{type(error).__name__}: {error}")


class Run(exports.Run):
    def run(self) -> None:
        thing = Thing("abc")
        clone = Thing.clone_of(thing)
        print(clone.name(), things.live())
        print(things.take(thing))
        wrong(thing.name)
        wrong(things.take, thing)
        # Nothing leaves with a call that is not made.
        wrong(things.take_two, clone, Thing("x"), 5)
        print(clone.name())
        wrong(things.take_two, clone, clone, "")
        print(clone.name())
        with Thing("with") as short:
            print(short.name(), things.live())
        wrong(short.name)
        print(things.live())
        del clone
        print(things.live())
        wrong(things.take, "a text")
        wrong(things.take, Box(False))
        wrong(Box, True)
