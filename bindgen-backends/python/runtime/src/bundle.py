"""Imports an app's modules from memory."""

import sys
from _frozen_importlib import ModuleSpec

# Full name of a module: its code, source, file, and whether it is a package.
modules = {}


def install():
    """Makes this module one of Python's finders, behind the built-in and frozen modules."""
    sys.meta_path.append(sys.modules[__name__])
    # sysconfig imports it. Nothing that was true where CPython was built holds where it runs.
    name = f"_sysconfigdata_{sys.abiflags}_{sys.platform}_{sys.implementation._multiarch}"
    add(name, f"<onramp>/{name}.py", b"build_time_vars = {}", False)


def add(name, file, source, is_package):
    """Adds a module. It is compiled at once, so that a mistake shows when the app is built."""
    code = compile(source, file, "exec", dont_inherit=True)
    modules[name] = (code, source, file, is_package)


def find_spec(name, path=None, target=None):
    """The finder's half of the import protocol."""
    if name not in modules:
        return None
    _, _, file, is_package = modules[name]
    spec = ModuleSpec(name, sys.modules[__name__], origin=file, is_package=is_package)
    spec.has_location = True
    if is_package:
        spec.submodule_search_locations.append(file.rpartition("/")[0])
    return spec


def create_module(spec):
    """The loader's half: an ordinary module."""
    return None


def exec_module(module):
    """Runs a module's code."""
    exec(modules[module.__name__][0], module.__dict__)


def is_package(name):
    """For runpy and pkgutil."""
    return modules[name][3]


def get_code(name):
    """For runpy."""
    return modules[name][0]


def get_source(name):
    """For the lines of a traceback."""
    return modules[name][1].decode()
