"""Which addresses a channel may reach: public ones over https, and loopback.

Other private addresses need the flag ``--allow-private-channels``. A name is resolved here and the
connection is made to the address that was checked, so that a name cannot resolve to another one
between the check and the connection.
"""

import asyncio
import ipaddress
import socket
from typing import Final

from creditcurve.channels.protocol import ChannelError

RESOLVE_S: Final = 5.0
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_PUBLIC_IPV6: Final = ipaddress.IPv6Network("2000::/3")

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


async def resolve(host: str, port: int, *, is_encrypted: bool, allow_private: bool) -> str:
    """Return the address to connect to.

    Raises:
        ChannelError: the name has no address, or no allowed one.
    """
    for address in await _addresses(host, port):
        if _is_allowed(address, is_encrypted=is_encrypted, allow_private=allow_private):
            return address
    raise ChannelError(
        "The address is not public. Private addresses need --allow-private-channels, "
        "and plain http is for this machine only.",
        is_final=True,
    )


def _is_allowed(address: str, *, is_encrypted: bool, allow_private: bool) -> bool:
    ip = _reached(ipaddress.ip_address(address.partition("%")[0]))
    if ip.is_loopback:
        return True
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local:
        return False
    if not _is_public(ip):
        return allow_private
    return is_encrypted


def _reached(ip: Ip) -> Ip:
    """Return the IPv4 address that an IPv6 address leads to, if it leads to one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def _is_public(ip: Ip) -> bool:
    is_assigned = ip.version == 4 or ip in _PUBLIC_IPV6
    return ip.is_global and is_assigned


async def _addresses(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(RESOLVE_S):
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError):
        raise ChannelError("The name of the address was not found.") from None
    return [str(entry[4][0]) for entry in found]
