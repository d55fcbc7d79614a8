"""A TCP socket of `wasi:sockets`, under a number: what stays the same when Python's object for it changes."""

import _socket
import errno

from _onramp_addresses import failure, is_would_block, number, the_network
from _onramp_pollables import READ, WRITE, Source, block, wait
from _onramp_wasi import network, streams, tcp, tcp_create_socket
from componentize_py_types import Err

# The most that one call reads.
MOST = 1 << 16

# A turn for the host, in seconds.
MOMENT = 1e-6


class Endpoint(Source):
    """A TCP socket with its streams, once it is connected."""

    def __init__(self, family, socket=None, input=None, output=None):
        if socket is None:
            socket = calls(tcp_create_socket.create_tcp_socket, FAMILIES[family])
        super().__init__()
        self.family = family
        self.socket, self.input, self.output = socket, input, output
        self.is_bound = self.is_listening = self.is_connecting = False
        # The errno of a connection that failed, until somebody asks.
        self.error = 0

    def subscribe(self, bit):
        if self.is_connecting or self.is_listening or self.input is None:
            return self.socket.subscribe()
        return (self.input if bit == READ else self.output).subscribe()

    def finish(self, start, finish, *arguments):
        """An operation in two steps that the host ends at once, or soon."""
        calls(start, *arguments)
        while True:
            try:
                return finish()
            except Err as error:
                if not is_would_block(error):
                    raise failure(number(error)) from None
                wait(self, READ, None)

    def bind(self, address):
        self.finish(self.socket.start_bind, self.socket.finish_bind, the_network(), address)
        self.is_bound = True

    def listen(self, backlog):
        calls(self.socket.set_listen_backlog_size, max(backlog, 1))
        self.finish(self.socket.start_listen, self.socket.finish_listen)
        self.is_listening = True

    def connect(self, address, timeout):
        if self.is_connecting:
            raise failure(errno.EALREADY)
        if self.input is not None:
            raise failure(errno.EISCONN)
        calls(self.socket.start_connect, the_network(), address)
        self.is_connecting = True
        if timeout == 0:
            raise BlockingIOError(errno.EINPROGRESS, "Operation now in progress")
        if not wait(self, WRITE, timeout):
            raise TimeoutError("timed out")
        self.connected()
        if error := self.taken_error():
            raise failure(error)

    def connected(self):
        """Ends a connect, if one is under way and the host is done. Whether it is."""
        if not self.is_connecting:
            return True
        try:
            self.input, self.output = self.socket.finish_connect()
        except Err as error:
            if is_would_block(error):
                return False
            self.error = number(error)
        self.is_connecting = False
        return True

    def taken_error(self):
        """What `SO_ERROR` says, once."""
        self.connected()
        error, self.error = self.error, 0
        return error

    def accept(self, timeout):
        def attempt():
            try:
                return Endpoint(self.family, *self.socket.accept())
            except Err as error:
                if is_would_block(error):
                    return None
                raise failure(number(error)) from None

        return self.repeated(attempt, READ, timeout)

    def repeated(self, attempt, bit, timeout):
        """What an attempt returns, as soon as that is not None, with a socket's timeout."""
        if (result := attempt()) is not None:
            return result
        if timeout == 0:
            # A host that has done much at one go (Wasmtime's, in which tasks have budgets) is not ready until it had a turn. asyncio loses
            # what it cannot send when it was told that it can.
            with self.subscribe(bit) as pollable:
                block([pollable], MOMENT)
            if (result := attempt()) is None:
                raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
            return result
        while wait(self, bit, timeout):
            if (result := attempt()) is not None:
                return result
        raise TimeoutError("timed out")

    def stream(self, name):
        """The input or the output of a connected socket."""
        if not self.connected():
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        if getattr(self, name) is None:
            raise failure(self.taken_error() or errno.ENOTCONN)
        return getattr(self, name)

    def receive(self, size, timeout):
        stream = self.stream("input")

        def attempt():
            try:
                return stream.read(min(size, MOST)) or None
            except Err as error:
                return ended(error, b"")

        return self.repeated(attempt, READ, timeout) if size > 0 else b""

    def send(self, data, timeout):
        stream = self.stream("output")

        def attempt():
            try:
                if size := min(stream.check_write(), len(data)):
                    stream.write(bytes(data[:size]))
                    stream.flush()
                return size or None
            except Err as error:
                ended(error, 0)
                raise BrokenPipeError(errno.EPIPE, "Broken pipe") from None

        return self.repeated(attempt, WRITE, timeout) if len(data) else 0

    def shut_down(self, how):
        self.stream("output")
        calls(self.socket.shutdown, how)

    def close(self):
        self.forget()
        for resource in (self.input, self.output, self.socket):
            if resource is not None:
                resource.__exit__(None, None, None)
        self.input = self.output = self.socket = None


FAMILIES = {_socket.AF_INET: network.IpAddressFamily.IPV4, _socket.AF_INET6: network.IpAddressFamily.IPV6}

DIRECTIONS = {
    _socket.SHUT_RD: tcp.ShutdownType.RECEIVE,
    _socket.SHUT_WR: tcp.ShutdownType.SEND,
    _socket.SHUT_RDWR: tcp.ShutdownType.BOTH,
}


def calls(function, *arguments):
    """A call whose error code becomes an OSError."""
    try:
        return function(*arguments)
    except Err as error:
        raise failure(number(error)) from None


def ended(error, result):
    """The end of a stream is a result; anything else is an error."""
    if isinstance(error.value, streams.StreamError_Closed):
        return result
    error.value.value.__exit__(None, None, None)
    raise ConnectionResetError(errno.ECONNRESET, "Connection reset by peer") from None
