"""Imports an app's modules from memory."""

import sys
from _frozen_importlib import ModuleSpec

# Full name of a module: its code, source, file, and whether it is a package.
modules = {}

# The other files of the app's packages, by path.
files = {}

# Native modules, which cannot run here: the file of each.
natives = {}

# Whether the component is still being made, and what whoever makes it was told.
is_building = True
told = set()


def install():
    """Makes this module one of Python's finders, behind the built-in and frozen modules."""
    sys.meta_path.append(sys.modules[__name__])
    sys.path_hooks.append(Folder)
    # sysconfig imports it. Nothing that was true where CPython was built holds where it runs.
    name = f"_sysconfigdata_{sys.abiflags}_{sys.platform}_{sys.implementation._multiarch}"
    add(name, f"<onramp>/{name}.py", b"build_time_vars = {}", False)


def add(name, file, source, is_package):
    """Adds a module. It is compiled at once; a mistake is an error when it is imported."""
    try:
        code = compile(source, file, "exec", dont_inherit=True)
    except SyntaxError:
        code = None
    modules[name] = (code, source, file, is_package)


def add_file(path, content):
    """Adds a file that is no module."""
    files[path] = content


def add_native(name, file):
    """Adds a module that is told to be native when it is imported."""
    natives[name] = file


def find_spec(name, path=None, target=None):
    """The finder's half of the import protocol."""
    this = sys.modules[__name__]
    if name in modules:
        _, _, file, is_package = modules[name]
        spec = ModuleSpec(name, this, origin=file, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations.append(file.rpartition("/")[0])
        return spec
    if name in natives:
        return ModuleSpec(name, this, origin=natives[name])
    if any(other.startswith(name + ".") for other in modules):
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations.append(name.replace(".", "/"))
        return spec
    return None


def find_distributions(context=None):
    """For importlib.metadata."""
    from _onramp_resources import distributions

    return distributions(context)


class Folder:
    """The finder of a package's folder, which pkgutil asks what is in it."""

    def __init__(self, path):
        self.package = path.replace("/", ".")
        if not any(self.inside()):
            raise ImportError(f"`{path}` is no package of this component", path=path)

    def inside(self):
        """The names of modules in it."""
        beginning = self.package + "."
        inside = (name.removeprefix(beginning) for name in modules if name.startswith(beginning))
        return (name for name in inside if "." not in name)

    def find_spec(self, name, target=None):
        return find_spec(name)

    def iter_modules(self, prefix=""):
        for name in sorted(self.inside()):
            yield prefix + name, is_package(f"{self.package}.{name}")


def create_module(spec):
    """The loader's half: an ordinary module."""
    if spec.name in natives:
        refuse(spec.name)
    return None


def exec_module(module):
    """Runs a module's code."""
    exec(get_code(module.__name__), module.__dict__)


def is_package(name):
    """For runpy and pkgutil."""
    return modules[name][3]


def get_code(name):
    """For runpy."""
    code, source, file, _ = modules[name]
    # What does not compile says so here.
    return code or compile(source, file, "exec", dont_inherit=True)


def get_source(name):
    """For the lines of a traceback."""
    return modules[name][1].decode()


def get_data(path):
    """For pkgutil."""
    if path not in files:
        raise FileNotFoundError(f"the component has no file `{path}`")
    return files[path]


def get_resource_reader(name):
    """For importlib.resources."""
    from _onramp_resources import Reader

    return Reader(name)


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
