"""Addresses of `wasi:sockets` and of Python, names, and errors."""

import _socket
import errno
import os

from _onramp_pollables import READ, Source, wait
from _onramp_wasi import instance_network, ip_name_lookup, network
from componentize_py_types import Err

# Ports of services, since there is no /etc/services.
SERVICES = {"ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "domain": 53, "http": 80, "pop3": 110, "imap": 143, "https": 443}

ERRORS = {
    "ACCESS_DENIED": errno.EACCES,
    "NOT_SUPPORTED": errno.EOPNOTSUPP,
    "INVALID_ARGUMENT": errno.EINVAL,
    "OUT_OF_MEMORY": errno.ENOMEM,
    "TIMEOUT": errno.ETIMEDOUT,
    "CONCURRENCY_CONFLICT": errno.EALREADY,
    "NOT_IN_PROGRESS": errno.EINVAL,
    "WOULD_BLOCK": errno.EAGAIN,
    "INVALID_STATE": errno.EINVAL,
    "NEW_SOCKET_LIMIT": errno.EMFILE,
    "ADDRESS_NOT_BINDABLE": errno.EADDRNOTAVAIL,
    "ADDRESS_IN_USE": errno.EADDRINUSE,
    "REMOTE_UNREACHABLE": errno.EHOSTUNREACH,
    "CONNECTION_REFUSED": errno.ECONNREFUSED,
    "CONNECTION_RESET": errno.ECONNRESET,
    "CONNECTION_ABORTED": errno.ECONNABORTED,
    "DATAGRAM_TOO_LARGE": errno.EMSGSIZE,
}


def number(error):
    """The errno of an Err with an error code."""
    return ERRORS.get(error.value.name, errno.EIO)


def failure(code):
    return OSError(code, os.strerror(code))


def is_would_block(error):
    return error.value is network.ErrorCode.WOULD_BLOCK


_network = None


def the_network():
    """The instance's network: made once, in the instance."""
    global _network
    if _network is None:
        _network = instance_network.instance_network()
    return _network


def words(packed):
    return tuple(int.from_bytes(packed[place : place + 2]) for place in range(0, 16, 2))


def to_wasi(family, address):
    """An address of Python's as WASI has it. A name is looked up."""
    host, port, flow, scope = (*address, 0, 0)[:4] if isinstance(address, tuple) else (None,) * 4
    if not isinstance(host, str) or not isinstance(port, int):
        raise TypeError(f"an address is a tuple of a host and a port, not {address!r}")
    if not 0 <= port <= 0xFFFF:
        raise OverflowError("port must be 0-65535.")
    found = packed(family, host) or packed(family, getaddrinfo(host, port, family)[0][4][0])
    if family == _socket.AF_INET6:
        return network.IpSocketAddress_Ipv6(network.Ipv6SocketAddress(port, flow, words(found), scope))
    return network.IpSocketAddress_Ipv4(network.Ipv4SocketAddress(port, tuple(found)))


def packed(family, host):
    """The bytes of a numeric address; None: it is a name."""
    if host == "":
        return bytes(16 if family == _socket.AF_INET6 else 4)
    try:
        return _socket.inet_pton(family, host)
    except OSError:
        return None


def text(address):
    """The text of an address: of the four numbers of IPv4, the eight of IPv6."""
    if len(address) == 4:
        return _socket.inet_ntop(_socket.AF_INET, bytes(address))
    return _socket.inet_ntop(_socket.AF_INET6, b"".join(word.to_bytes(2) for word in address))


def from_wasi(address):
    """An address as Python has it."""
    value = address.value
    if isinstance(address, network.IpSocketAddress_Ipv6):
        return text(value.address), value.port, value.flow_info, value.scope_id
    return text(value.address), value.port


class Lookup(Source):
    """The addresses of a name, one after the other."""

    def __init__(self, name):
        # The host may refuse; then there is no source.
        self.stream = ip_name_lookup.resolve_addresses(the_network(), name)
        super().__init__()

    def subscribe(self, bit):
        return self.stream.subscribe()

    def all(self):
        while True:
            try:
                address = self.stream.resolve_next_address()
            except Err as error:
                if not is_would_block(error):
                    raise
                wait(self, READ, None)
                continue
            if address is None:
                return
            yield text(address.value)


def look_up(name):
    source = None
    try:
        source = Lookup(name)
        return list(source.all())
    except Err:
        raise _socket.gaierror(_socket.EAI_NONAME, "Name or service not known") from None
    finally:
        if source:
            source.forget()
            source.stream.__exit__(None, None, None)


def port_of(port):
    if port is None:
        return 0
    port = port.decode() if isinstance(port, bytes) else port
    if isinstance(port, str):
        if port not in SERVICES and not port.isdecimal():
            raise _socket.gaierror(_socket.EAI_SERVICE, "Servname not supported for ai_socktype")
        return SERVICES.get(port) or int(port)
    return int(port)


def hosts(host, family, flags):
    """The addresses of a host, with their families."""
    if host is None:
        is_passive = flags & _socket.AI_PASSIVE
        both = ["0.0.0.0", "::"] if is_passive else ["127.0.0.1", "::1"]
    elif any(packed(other, host) for other in (_socket.AF_INET, _socket.AF_INET6)):
        both = [host]
    elif flags & _socket.AI_NUMERICHOST:
        raise _socket.gaierror(_socket.EAI_NONAME, "Name or service not known")
    else:
        both = look_up(host)
    for address in both:
        found = _socket.AF_INET6 if ":" in address else _socket.AF_INET
        if family in (_socket.AF_UNSPEC, found):
            yield found, address


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """As in `socket`."""
    host = host.decode() if isinstance(host, bytes) else host
    port = port_of(port)
    kinds = [(_socket.SOCK_STREAM, _socket.IPPROTO_TCP), (_socket.SOCK_DGRAM, _socket.IPPROTO_UDP)]
    kinds = [(kind, of) for kind, of in kinds if type in (0, kind) and proto in (0, of)]
    found = []
    for family_of, address in hosts(host, family, flags):
        name = (address, port, 0, 0) if family_of == _socket.AF_INET6 else (address, port)
        found += [(family_of, kind, of, "", name) for kind, of in kinds]
    if not found:
        raise _socket.gaierror(_socket.EAI_NONAME, "Name or service not known")
    return found


def getnameinfo(address, flags):
    """As in `socket`, in numbers: WASI looks no addresses up."""
    if flags & _socket.NI_NAMEREQD:
        raise _socket.gaierror(_socket.EAI_NONAME, "Name or service not known")
    return address[0], str(address[1])


def gethostbyname(name):
    return getaddrinfo(name, None, _socket.AF_INET)[0][4][0]


def gethostbyname_ex(name):
    found = getaddrinfo(name, None, _socket.AF_INET, _socket.SOCK_STREAM)
    return name, [], [address[0] for *_, address in found]


def gethostbyaddr(address):
    """As in `socket`: WASI looks no addresses up."""
    raise _socket.herror(1, "Unknown host")
