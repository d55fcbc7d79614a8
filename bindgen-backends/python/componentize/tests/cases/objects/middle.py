from wit_world import exports
from wit_world.imports import back
from wit_world.imports.objects import GcEntry, GcListEntry, GcListString, GcString

seen = []


class Front(exports.Front):
    def make(self, n):
        made = back.make(n)
        seen.append(f"{type(made) is GcListEntry} {made.length()}")
        return made

    def total(self, entries):
        ids = sum(entries.keep_at(index).id() for index in range(entries.length()))
        total = back.total(entries)
        seen.append(f"{total - ids}")
        return total

    def last(self, entries):
        last = entries.keep_at(entries.length() - 1)
        mark, tags = last.keep_mark(), last.keep_tags()
        seen.append(f"{last.name()} {last.keep_name().length()} {last.small()} {mark.case()} {tags.case()}")
        if mark.case() == 1:
            seen.append(f"{mark.noted()} {tags.keep_some().at(1)} {entries.at(0)}")
        return back.last(entries)

    def twice(self, name):
        twice = back.twice(name)
        seen.append(f"{type(name) is GcString} {name.read()} {name.length()} {twice.length()}")
        return twice

    def rename(self, e, name):
        entry = e.read()
        entry.name = name.read()
        return GcEntry(entry)

    def seen(self):
        return GcListString(seen)
