"""Loopback hosts: addresses and names that never leave this machine."""

import ipaddress


def is_loopback_address(text: str) -> bool:
    """Return whether a text is a loopback address, with or without brackets."""
    try:
        return ipaddress.ip_address(text.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Return whether a host is a loopback address, ``localhost`` or a name below it (RFC 6761)."""
    name = host.lower().removesuffix(".")
    return is_loopback_address(host) or name == "localhost" or name.endswith(".localhost")


def canonical_address(host: str) -> str:
    """Return an IP address in its shortest spelling, without a zone; any other host unchanged."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return host
