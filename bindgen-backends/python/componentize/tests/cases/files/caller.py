import errno
import importlib.metadata
import importlib.resources
import inspect
import io
import os
import pathlib
import shutil
import stat

import catalog
from wit_world import exports

DATA = os.path.join(os.path.dirname(catalog.__file__), "data")
LINES = os.path.join(DATA, "lines.txt")


def opened() -> None:
    with open(os.path.join(os.path.dirname(__file__), "beside.txt")) as file:
        print(file.read(), end="")
    print(__file__, catalog.__file__, catalog.SETTINGS)
    print(repr(catalog.FIRST), catalog.LINES.read().split())
    with open(LINES) as file:
        print(list(file), file.fileno() > 2, file.isatty())
    with open(os.path.join(DATA, "raw.bin"), "rb") as file:
        print(file.read(2), file.tell(), file.seek(-1, io.SEEK_END), file.read(), file.read(), file.seek(1), file.read(1))
    with io.FileIO(LINES) as file:
        buffer = bytearray(8)
        print(file.readinto(buffer), bytes(buffer), file.seek(100), file.read(5), file.readable(), file.writable())
    with open(os.path.join(DATA, "empty")) as file:
        print(repr(file.read()))
    file = os.open(LINES, os.O_RDONLY)
    print(os.pread(file, 6, 6), os.read(file, 5), os.lseek(file, 0, os.SEEK_CUR), os.fstat(file).st_size)
    os.close(file)


def looked_at() -> None:
    print([os.path.isfile(LINES), os.path.isdir(LINES), os.path.isdir(DATA), os.path.exists(DATA + "/none")])
    status = os.stat(LINES)
    print(stat.S_ISREG(status.st_mode), status.st_size, status.st_mtime, os.path.samefile(LINES, DATA + "/../data/lines.txt"))
    print(os.access(LINES, os.R_OK), os.access(LINES, os.W_OK), os.path.realpath(DATA + "/deep/../deep/d.txt"))
    print(sorted(os.listdir(DATA)), sorted((entry.name, entry.is_dir()) for entry in os.scandir(DATA)))
    print([(top.removeprefix(DATA), sorted(folders), sorted(files)) for top, folders, files in os.walk(DATA)])
    path = pathlib.Path(catalog.__file__).parent / "data"
    print((path / "lines.txt").read_text().split(), sorted(found.name for found in path.rglob("*.txt")))
    print(sorted(os.listdir("/component.wasm"))[:3])
    os.chdir(DATA)
    with open("deep/d.txt") as file:
        print(os.getcwd(), file.read().strip())


def resources() -> None:
    files = importlib.resources.files("catalog")
    print(files, (files / "data/raw.bin").read_bytes(), files.joinpath("data", "deep").is_dir())
    with importlib.resources.as_file(files / "data" / "lines.txt") as path:
        print(path, path.stat().st_size)
    print(importlib.metadata.version("catalog"), inspect.getsource(refused).splitlines()[0])


def refused(action, *arguments) -> None:
    try:
        action(*arguments)
    except OSError as error:
        print(type(error).__name__, errno.errorcode[error.errno], end="; ")
    else:
        print("done", end="; ")


def errors() -> None:
    for mode in ["w", "a", "r+", "x", "wb+"]:
        refused(open, LINES, mode)
    print()
    refused(open, DATA + "/new", "w")
    refused(open, DATA + "/none")
    refused(open, DATA)
    refused(open, LINES + "/below")
    refused(open, DATA, "w")
    print()
    refused(os.mkdir, DATA + "/new")
    refused(os.mkdir, DATA)
    refused(os.makedirs, DATA, 0o777, True)
    refused(os.remove, LINES)
    refused(os.remove, DATA + "/none")
    refused(os.rmdir, DATA)
    print()
    refused(os.rename, LINES, "/elsewhere")
    refused(os.rename, DATA, DATA + "2")
    refused(os.symlink, LINES, DATA + "/new")
    refused(os.link, LINES, DATA + "/new")
    refused(os.readlink, LINES)
    refused(os.utime, LINES)
    refused(os.truncate, LINES, 0)
    refused(shutil.copy, LINES, DATA + "/copy")
    print()
    refused(os.listdir, LINES)
    refused(os.listdir, DATA + "/none")
    refused(open, "/component.wasm/../etc/passwd")
    refused(open, "/component.wasm-not/x")
    refused(open, "/elsewhere")
    file = os.open(LINES, os.O_RDONLY)
    refused(os.write, file, b"x")
    os.close(file)
    refused(os.read, file, 1)
    refused(os.close, file)
    print()


class Run(exports.Run):
    def run(self) -> None:
        opened()
        looked_at()
        resources()
        errors()
        # Descriptors are used again.
        print(len({open(LINES).fileno() for _ in range(1000)}) < 10)
