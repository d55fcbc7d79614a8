import wit_world
from wit_world import Choice_Named, Setting
from wit_world.imports import objects
from wit_world.imports.types import Point


class WitWorld(wit_world.WitWorld):
    def make(self, n):
        made = wit_world.make(n)
        assert type(made) is objects.GcListSetting and made.length() == n
        return made

    def pick(self, settings, at):
        picked = wit_world.pick(settings, at)
        assert picked.case() == (at < settings.length())
        if picked.case():
            setting = settings.keep_at(at)
            assert picked.keep_some().key() == setting.key()
            places = setting.keep_places()
            assert [places.at(index) for index in range(places.length())] == [Point(-x, f"p{x}") for x in range(at)]
            assert setting.keep_kind().case() == at % 2
            return picked
        return objects.GcOptionSetting(Setting("none", [], Choice_Named("made here")))
