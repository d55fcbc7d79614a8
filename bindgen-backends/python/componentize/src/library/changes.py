"""Changes modules of the standard library, when they are imported, so that they know what the world imports."""

import sys

# What calls before a module runs, and after it: by its name.
before = {}
after = {}


def find_spec(name, path=None, target=None):
    """A finder that finds these modules as the others do, and has them changed."""
    if name not in before and name not in after:
        return None
    for finder in sys.meta_path:
        if finder is not sys.modules[__name__] and (spec := finder.find_spec(name, path, target)):
            spec.loader = Loader(spec.loader)
            return spec
    return None


class Loader:
    """A loader around another one."""

    def __init__(self, loader):
        self.loader = loader

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        before.pop(module.__name__, lambda: None)()
        self.loader.exec_module(module)
        after.pop(module.__name__, lambda module: None)(module)


def wait_for_pollables(selectors):
    """Selectors wait for pollables, too."""
    from _onramp_pollables import selector

    # socketserver takes the second.
    selectors.DefaultSelector = selectors.PollSelector = selector(selectors)


def have_sockets():
    """`_socket` has sockets."""
    import _onramp_sockets

    _onramp_sockets.install()


def look_up_without_threads(base_events):
    """The event loop looks names up itself: asyncio would start a thread for it."""

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        return base_events.socket.getaddrinfo(host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        return base_events.socket.getnameinfo(sockaddr, flags)

    base_events.BaseEventLoop.getaddrinfo = getaddrinfo
    base_events.BaseEventLoop.getnameinfo = getnameinfo


def install(has_sockets):
    """Makes this module a finder."""
    after["selectors"] = wait_for_pollables
    if has_sockets:
        before["socket"] = have_sockets
        after["asyncio.base_events"] = look_up_without_threads
    sys.meta_path.insert(0, sys.modules[__name__])
