"""Imports an app's modules from memory."""

import marshal
import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import decode_source

# Full name of a module: its marshalled code, which takes a fraction of the room that code objects do, its file, and whether it is a
# package.
modules = {}

# Native modules, which cannot run here: the file of each.
natives = {}

# Whether the component is still being made, and what whoever makes it was told.
is_building = True
told = set()


def install():
    """Makes this module one of Python's finders, behind the built-in and frozen modules and before those in folders."""
    sys.meta_path.insert(2, sys.modules[__name__])
    # sysconfig imports it. Nothing that was true where CPython was built holds where it runs.
    name = f"_sysconfigdata_{sys.abiflags}_{sys.platform}_{sys.implementation._multiarch}"
    add(name, f"<onramp>/{name}.py", b"build_time_vars = {}", False)


def look_in(root):
    """Has Python look for whatever it asks folders for where the files of the app are: metadata, packages without code."""
    sys.path.append(root)


def add(name, file, source, is_package):
    """Adds a module. It is compiled at once; a mistake is an error when it is imported."""
    try:
        code = marshal.dumps(compile(source, file, "exec", dont_inherit=True))
    except SyntaxError:
        code = None
    modules[name] = (code, file, is_package)


def add_native(name, file):
    """Adds a module that is told to be native when it is imported."""
    natives[name] = file


def find_spec(name, path=None, target=None):
    """The finder's half of the import protocol."""
    this = sys.modules[__name__]
    if name in modules:
        _, file, is_package = modules[name]
        spec = ModuleSpec(name, this, origin=file, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations.append(file.rpartition("/")[0])
        return spec
    if name in natives:
        return ModuleSpec(name, this, origin=natives[name])
    return None


def create_module(spec):
    """The loader's half: an ordinary module."""
    if spec.name in natives:
        refuse(spec.name)
    return None


def exec_module(module):
    """Runs a module's code."""
    name = module.__spec__.name
    exec(get_code(name), module.__dict__)
    if is_building:
        # The component has the module's functions; its body is not run again, or is compiled then.
        modules[name] = (None, *modules[name][1:])


def is_package(name):
    """For runpy and pkgutil."""
    return modules[name][2]


def get_filename(name):
    """For runpy, and for apps that look for their files."""
    return modules[name][1]


def get_code(name):
    """For runpy."""
    code, file, _ = modules[name]
    # What does not compile says so here.
    return marshal.loads(code) if code else compile(get_data(file), file, "exec", dont_inherit=True)


def get_source(name):
    """For the lines of a traceback."""
    file = get_filename(name)
    return None if file.startswith("<") else decode_source(get_data(file))


def get_data(path):
    """For pkgutil."""
    with open(path, "rb") as opened:
        return opened.read()


def get_resource_reader(name):
    """For importlib.resources."""
    from importlib.readers import FileReader
    from types import SimpleNamespace

    return FileReader(SimpleNamespace(path=get_filename(name)))


def refuse(name):
    """Raises the error for a native module. While a component is being made, whoever makes it gets to know."""
    message = f"`{name}` is a native module ({natives[name]}), which cannot run in WebAssembly; {importer()} imports it"
    if is_building and message not in told:
        told.add(message)
        print(f"note: {message}", file=sys.stderr)
    raise ImportError(message, name=name, path=natives[name])


def importer():
    """The place of the import that is under way."""
    frame = sys._getframe()
    while frame and frame.f_code.co_filename.startswith("<"):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else "the app"


def explained(error):
    """Makes an error of an import say what helps whoever makes a component."""
    if isinstance(error, ModuleNotFoundError) and error.name.partition(".")[0] in sys.stdlib_module_names:
        error.add_note(f"`{error.name}` of the standard library cannot work in WebAssembly, or was left out.")
    return error.with_traceback(outside(error.__traceback__))


def outside(traceback):
    """The traceback without the frames of the machinery that imports."""
    if traceback is None:
        return None
    rest = outside(traceback.tb_next)
    if traceback.tb_frame.f_code.co_filename.startswith(("<onramp>", "<frozen importlib")):
        return rest
    return type(traceback)(rest, traceback.tb_frame, traceback.tb_lasti, traceback.tb_lineno)
