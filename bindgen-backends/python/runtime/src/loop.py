"""asyncio's event loop wakes itself through a pair of sockets, which WASI 0.1 does not have: here it is a pipe."""

import os
import sys

PATCHED = "asyncio.selector_events"


class End:
    """One end of a pipe, with the methods that the event loop calls of a socket."""

    def __init__(self, descriptor):
        self.descriptor = descriptor

    def fileno(self):
        return self.descriptor

    def recv(self, size):
        return os.read(self.descriptor, size)

    def send(self, data):
        return os.write(self.descriptor, data)

    def close(self):
        os.close(self.descriptor)


def make_self_pipe(loop):
    """Takes the place of BaseSelectorEventLoop._make_self_pipe."""
    loop._ssock, loop._csock = map(End, os.pipe2(os.O_NONBLOCK))
    loop._internal_fds += 1
    loop._add_reader(loop._ssock.fileno(), loop._read_from_self)


def install():
    """Has the event loop changed when it is imported."""
    sys.meta_path.insert(0, sys.modules[__name__])


def find_spec(name, path=None, target=None):
    """A finder that finds one module as the others do, and has it changed when it was run."""
    if name != PATCHED:
        return None
    sys.meta_path.remove(sys.modules[__name__])
    for finder in sys.meta_path:
        if spec := finder.find_spec(name, path, target):
            spec.loader = Loader(spec.loader)
            return spec


class Loader:
    """A loader that changes a module after another loader has run it."""

    def __init__(self, loader):
        self.loader = loader

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        module.BaseSelectorEventLoop._make_self_pipe = make_self_pipe
