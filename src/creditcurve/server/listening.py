"""Listening sockets: one for the configured address, and on loopback one for each IP version.

Browsers may resolve ``localhost`` to 127.0.0.1 or to ::1. If only one of them were ours, another
program could answer at the other one under the same name.
"""

import contextlib
import errno
import os
import socket
from collections.abc import Iterator
from typing import Final

from creditcurve.config import Config
from creditcurve.domain.coded_error import CodedError

BACKLOG: Final = 2_048
_IPV4_LOOPBACK: Final = "127.0.0.1"
_IPV6_LOOPBACK: Final = "::1"
_IPV6_WILDCARD: Final = "::"


class PortError(CodedError):
    """The address cannot be listened on."""


class Listeners:
    """The bound sockets of a server.

    Attributes:
        sockets: the sockets; the first one is that of the configured address.
        port: their port.
        taken: an address that another program has and browsers may confuse with ours.
    """

    def __init__(
        self, first: socket.socket, second: socket.socket | None, taken: str | None
    ) -> None:
        self.sockets = [first] if second is None else [first, second]
        self.port: int = first.getsockname()[1]
        self.taken = taken


@contextlib.contextmanager
def listening(config: Config) -> Iterator[Listeners]:
    """Bind the sockets of a configuration.

    Raises:
        PortError: the port is taken or needs more rights, or the address is not this machine's.
    """
    host = _IPV4_LOOPBACK if config.host == "localhost" else config.host
    try:
        first = _bound(host, config.port)
    except OSError as error:
        raise _port_error(config, error) from error
    with contextlib.ExitStack() as stack:
        stack.enter_context(first)
        port = first.getsockname()[1]
        second, taken = _second(port) if host == _IPV4_LOOPBACK else (None, None)
        if second is not None:
            stack.enter_context(second)
        yield Listeners(first, second, taken)


def is_free(config: Config) -> bool:
    """Return whether a server could listen there now."""
    try:
        with listening(config):
            return True
    except PortError:
        return False


def _second(port: int) -> tuple[socket.socket | None, str | None]:
    """Bind the IPv6 loopback address to the same port, or report that it is taken."""
    try:
        return _bound(_IPV6_LOOPBACK, port), None
    except OSError as error:
        is_taken = error.errno == errno.EADDRINUSE  # otherwise this machine has no IPv6
        return None, f"[{_IPV6_LOOPBACK}]:{port}" if is_taken else None


def _bound(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # a port whose last connection just closed is free
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, host != _IPV6_WILDCARD)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _port_error(config: Config, error: OSError) -> PortError:
    if isinstance(error, PermissionError):
        return PortError("port_needs_rights", port=config.port)
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return PortError("address_not_ours", host=config.host)
    reason = (error.strerror or str(error)).lower()
    return PortError("port_taken", host=config.host, port=config.port, reason=reason)
