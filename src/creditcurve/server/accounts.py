"""The local account at the other end of a loopback connection, asked from the Linux kernel.

The kernel answers for exactly one socket (netlink ``sock_diag``, RFC 3549 framing), which takes
some ten microseconds. Other systems, and kernels without this interface, do not report it.
"""

import errno
import os
import socket
import struct
import sys
from typing import Final

_SOCK_DIAG: Final = 4
_BY_FAMILY: Final = 20
_REQUEST: Final = 1
_HEADER: Final = struct.Struct("=IHHII")
_ERROR: Final = struct.Struct("=i")
_OWNER: Final = struct.Struct("=II")
_OWNER_OFFSET: Final = _HEADER.size + 64
_ANY_COOKIE: Final = struct.pack("=III", 0, 0xFFFFFFFF, 0xFFFFFFFF)
_TIMEOUT_S: Final = 0.1
_ROOT: Final = 0

Address = tuple[str, int]


def are_accounts_known() -> bool:
    """Return whether the kernel reports the accounts of connections."""
    if sys.platform != "linux":
        return False
    nowhere = ("127.0.0.1", 0)
    try:
        _ask(_question(nowhere, nowhere))
    except OSError:
        return False
    return True


def is_from_other_account(peer: Address | None, own: tuple[str, int | None] | None) -> bool:
    """Return whether a new connection comes from another local account than ours and root's.

    A connection from another machine has no account, and one without an address is not IP.

    Args:
        peer: address and port of the client.
        own: our address and port of the connection; a socket in the file system has no port.
    """
    if peer is None or own is None or own[1] is None:
        return False
    is_local = peer[0] == "::1" or peer[0].startswith("127.")
    return is_local and is_other_account(peer, (own[0], own[1]))


def is_other_account(peer: Address, own: Address) -> bool:
    """Return whether a connection comes from another local account than ours and root's.

    A socket without an owner counts as another account's: the kernel reports root for
    it, and its program cannot read an answer. False where the kernel does not report it.

    Args:
        peer: address and port of the client.
        own: our address and port of the connection.
    """
    if sys.platform != "linux":
        return False
    try:
        answer = _ask(_question(peer, own))
    except OSError:
        return False
    if _HEADER.unpack_from(answer)[1] != _BY_FAMILY:
        (error,) = _ERROR.unpack_from(answer, _HEADER.size)
        return bool(error == -errno.ENOENT)
    uid, inode = _OWNER.unpack_from(answer, _OWNER_OFFSET)
    return bool(inode == 0) or uid not in (_ROOT, os.geteuid())


def _question(source: Address, target: Address) -> bytes:
    family = socket.AF_INET6 if ":" in source[0] else socket.AF_INET
    places = b"".join(
        socket.inet_pton(family, host).ljust(16, b"\0") for host, _ in (source, target)
    )
    ports = struct.pack("!HH", source[1], target[1])
    body = struct.pack("=BBBxI", family, socket.IPPROTO_TCP, 0, 0xFFFFFFFF) + ports + places
    body += _ANY_COOKIE
    return _HEADER.pack(_HEADER.size + len(body), _BY_FAMILY, _REQUEST, 1, 0) + body


def _ask(question: bytes) -> bytes:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as kernel:
        kernel.settimeout(_TIMEOUT_S)
        kernel.send(question)
        return kernel.recv(4_096)
