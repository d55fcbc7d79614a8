"""The files of the app's packages, for importlib.resources and importlib.metadata."""

import io
import pathlib
from importlib.metadata import Distribution, DistributionFinder, Prepared
from importlib.resources.abc import Traversable, TraversableResources

import _onramp_bundle as bundle


class Place(Traversable):
    """A file or folder of the bundle."""

    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"Place({self.path!r})"

    @property
    def name(self):
        return self.path.rpartition("/")[2]

    def is_file(self):
        return self.path in everything()

    def is_dir(self):
        return any(path.startswith(self.path + "/") for path in everything())

    def iterdir(self):
        beginning = self.path + "/"
        inside = (path.removeprefix(beginning) for path in everything() if path.startswith(beginning))
        for name in dict.fromkeys(path.partition("/")[0] for path in inside):
            yield Place(beginning + name)

    def joinpath(self, *descendants):
        return Place("/".join([self.path, *(str(pathlib.PurePosixPath(part)) for part in descendants)]))

    def open(self, mode="r", *arguments, **options):
        content = everything().get(self.path)
        if content is None:
            raise FileNotFoundError(f"the component has no file `{self.path}`")
        opened = io.BytesIO(content)
        return opened if "b" in mode else io.TextIOWrapper(opened, *arguments, **options)


def everything():
    """All files, modules too, by path."""
    return {file: source for _, source, file, _ in bundle.modules.values()} | bundle.files


class Reader(TraversableResources):
    """The files of a package."""

    def __init__(self, package):
        self.package = package

    def files(self):
        return Place(self.package.replace(".", "/"))


class Installed(Distribution):
    """What `pip` says of a package."""

    def __init__(self, folder):
        self.folder = folder

    def read_text(self, filename):
        content = bundle.files.get(f"{self.folder}/{filename}")
        return None if content is None else content.decode()

    def locate_file(self, path):
        return Place(str(path))


def distributions(context):
    """Those that are asked for."""
    name = (context or DistributionFinder.Context()).name
    wanted = name and Prepared(name).normalized
    folders = dict.fromkeys(path.partition("/")[0] for path in bundle.files)
    for folder in folders:
        stem, dot, ending = folder.rpartition(".")
        found = Prepared.normalize(stem.partition("-")[0])
        if dot and ending == "dist-info" and wanted in (None, found):
            yield Installed(folder)
