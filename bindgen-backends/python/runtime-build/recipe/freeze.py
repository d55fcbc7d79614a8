"""Freezes the standard library.

Arguments: the folder `Lib`, the archive to write, and names of modules and packages to leave out.
"""

import marshal
import os
import struct
import sys


def modules(folder, package=""):
    """Name, file and whether it is a package, of each module below a folder."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        stem, extension = os.path.splitext(entry.name)
        name = package + stem
        if entry.is_file() and extension == ".py" and stem not in ("__init__", "__main__") :
            yield name, entry.path, False
        elif entry.is_file() and entry.name == "__main__.py" and package:
            yield package + "__main__", entry.path, False
        elif entry.is_dir() and stem.isidentifier():
            initial = os.path.join(entry.path, "__init__.py")
            if os.path.exists(initial):
                yield name, initial, True
                yield from modules(entry.path, name + ".")


def sized(data):
    return struct.pack("<I", len(data)) + data


def main(library, archive, *left_out):
    with open(archive, "wb") as out:
        count = 0
        for name, file, is_package in modules(library):
            if any(name == other or name.startswith(other + ".") for other in left_out):
                continue
            with open(file, "rb") as source:
                code = compile(source.read(), f"<frozen {name}>", "exec", dont_inherit=True, optimize=0)
            out.write(sized(name.encode()) + struct.pack("<I", is_package) + sized(marshal.dumps(code)))
            count += 1
    print(count)


main(*sys.argv[1:])
