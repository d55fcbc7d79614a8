import wit_world
from wit_world import Choice_Named, Choice_None_, Setting
from wit_world.imports.types import Point


class WitWorld(wit_world.WitWorld):
    def make(self, n):
        def kind(id):
            return Choice_Named("é") if id % 2 else Choice_None_()

        return [Setting(f"k{id}", [Point(-x, f"p{x}") for x in range(id)], kind(id)) for id in range(n)]

    def pick(self, settings, at):
        return settings[at] if at < len(settings) else None
