"""What `_socket` has not in WASI 0.1: sockets. They are those of `wasi:sockets`, for TCP."""

import _socket
import errno

import _onramp_addresses as addresses
from _onramp_addresses import failure, from_wasi, to_wasi
from _onramp_endpoint import DIRECTIONS, FAMILIES, Endpoint, calls
from _onramp_pollables import sources

# Names and numbers as Linux has them.
CONSTANTS = {"SO_REUSEADDR": 2, "SO_ERROR": 4, "SO_BROADCAST": 6, "SO_SNDBUF": 7, "SO_RCVBUF": 8, "SO_KEEPALIVE": 9}

# The system's functions of the same names are for descriptors of the C library.
close_descriptor = _socket.close


def integer(value):
    return value if isinstance(value, int) else int.from_bytes(value, "little")


class socket:
    """The base of Python's class `socket`."""

    __slots__ = ("_endpoint", "_family", "_type", "_proto", "_timeout")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._endpoint = None
        self._timeout = _socket.getdefaulttimeout()
        self._family = _socket.AF_INET if family == -1 else family
        # The flags for a descriptor are none of the type's.
        self._type = (_socket.SOCK_STREAM if type == -1 else type) & ~(_socket.SOCK_NONBLOCK | _socket.SOCK_CLOEXEC)
        self._proto = 0 if proto == -1 else proto
        if fileno is not None:
            if fileno not in sources:
                raise failure(errno.EBADF)
            self._endpoint = sources[fileno]
            self._family = self._endpoint.family
            return
        if self._family not in FAMILIES:
            raise failure(errno.EAFNOSUPPORT)
        if self._type != _socket.SOCK_STREAM or self._proto not in (0, _socket.IPPROTO_TCP):
            raise failure(errno.EPROTONOSUPPORT)
        self._endpoint = Endpoint(self._family)

    @property
    def family(self):
        return self._family

    @property
    def type(self):
        return self._type

    @property
    def proto(self):
        return self._proto

    @property
    def timeout(self):
        return self._timeout

    def gettimeout(self):
        return self._timeout

    def settimeout(self, timeout):
        if timeout is not None and timeout < 0:
            raise ValueError("Timeout value out of range")
        self._timeout = timeout

    def setblocking(self, is_blocking):
        self._timeout = None if is_blocking else 0.0

    def getblocking(self):
        return self._timeout != 0

    def fileno(self):
        return -1 if self._endpoint is None else self._endpoint.number

    def detach(self):
        number, self._endpoint = self.fileno(), None
        return number

    def close(self):
        endpoint, self._endpoint = self._endpoint, None
        if endpoint is not None:
            endpoint.close()

    def __del__(self):
        # A class on top of this one closes files, too, which may not be there yet.
        socket.close(self)

    def _open(self):
        if self._endpoint is None:
            raise failure(errno.EBADF)
        return self._endpoint

    def bind(self, address):
        self._open().bind(to_wasi(self._family, address))

    def listen(self, backlog=128):
        if not self._open().is_bound:
            self.bind(("", 0))
        self._endpoint.listen(backlog)

    def _accept(self):
        accepted = self._open().accept(self._timeout)
        return accepted.number, from_wasi(calls(accepted.socket.remote_address))

    def connect(self, address):
        self._open().connect(to_wasi(self._family, address), self._timeout)

    def connect_ex(self, address):
        there = to_wasi(self._family, address)
        try:
            self._open().connect(there, self._timeout)
        except OSError as error:
            # A timeout has no number.
            return error.errno or errno.EAGAIN
        return 0

    def recv(self, size, flags=0):
        no_flags(flags)
        return self._open().receive(size, self._timeout)

    def recv_into(self, buffer, size=0, flags=0):
        no_flags(flags)
        view = memoryview(buffer).cast("B")
        data = self._open().receive(min(size or len(view), len(view)), self._timeout)
        view[: len(data)] = data
        return len(data)

    def recvfrom(self, size, flags=0):
        return self.recv(size, flags), None

    def send(self, data, flags=0):
        no_flags(flags)
        return self._open().send(memoryview(data).cast("B"), self._timeout)

    def sendall(self, data, flags=0):
        rest = memoryview(data).cast("B")
        while len(rest):
            rest = rest[self.send(rest, flags) :]

    def shutdown(self, how):
        if how not in DIRECTIONS:
            raise failure(errno.EINVAL)
        self._open().shut_down(DIRECTIONS[how])

    def getsockname(self):
        endpoint = self._open()
        if not endpoint.is_bound and endpoint.input is None and not endpoint.is_connecting:
            return ("::", 0, 0, 0) if self._family == _socket.AF_INET6 else ("0.0.0.0", 0)
        return from_wasi(calls(endpoint.socket.local_address))

    def getpeername(self):
        if self._open().input is None:
            raise failure(errno.ENOTCONN)
        return from_wasi(calls(self._endpoint.socket.remote_address))

    def setsockopt(self, level, option, value, length=None):
        wasi = self._open().socket
        match level, option:
            # WASI has no such switch: hosts reuse addresses (for listeners), and send at once.
            case (_socket.SOL_SOCKET, _socket.SO_REUSEADDR) | (_socket.IPPROTO_TCP, _socket.TCP_NODELAY):
                pass
            case _socket.SOL_SOCKET, _socket.SO_KEEPALIVE:
                calls(wasi.set_keep_alive_enabled, bool(integer(value)))
            case _socket.SOL_SOCKET, _socket.SO_RCVBUF:
                calls(wasi.set_receive_buffer_size, integer(value))
            case _socket.SOL_SOCKET, _socket.SO_SNDBUF:
                calls(wasi.set_send_buffer_size, integer(value))
            case _socket.IPPROTO_IPV6, _socket.IPV6_V6ONLY if integer(value):
                pass
            case _:
                raise failure(errno.ENOPROTOOPT)

    def getsockopt(self, level, option, length=None):
        value = self._option(level, option)
        return value if length is None else value.to_bytes(length, "little")

    def _option(self, level, option):
        endpoint = self._open()
        match level, option:
            case _socket.SOL_SOCKET, _socket.SO_ERROR:
                return endpoint.taken_error()
            case _socket.SOL_SOCKET, _socket.SO_TYPE:
                return self._type
            case (_socket.SOL_SOCKET, _socket.SO_REUSEADDR) | (_socket.IPPROTO_TCP, _socket.TCP_NODELAY):
                return 1
            case _socket.SOL_SOCKET, _socket.SO_KEEPALIVE:
                return int(calls(endpoint.socket.keep_alive_enabled))
            case _socket.SOL_SOCKET, _socket.SO_RCVBUF:
                return calls(endpoint.socket.receive_buffer_size)
            case _socket.SOL_SOCKET, _socket.SO_SNDBUF:
                return calls(endpoint.socket.send_buffer_size)
        raise failure(errno.ENOPROTOOPT)


def no_flags(flags):
    if flags:
        raise failure(errno.EOPNOTSUPP)


def close(number):
    """As in `_socket`."""
    if number in sources:
        sources[number].close()
    else:
        close_descriptor(number)


def install():
    """Puts all of that into `_socket`."""
    for name, value in CONSTANTS.items():
        if not hasattr(_socket, name):
            setattr(_socket, name, value)
    _socket.socket = _socket.SocketType = socket
    _socket.close = close
    for name in ("getaddrinfo", "getnameinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(_socket, name, getattr(addresses, name))
