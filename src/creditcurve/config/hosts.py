"""Host names, base path and proxies of the page, in their canonical form."""

import ipaddress
import re
from collections.abc import Iterable
from typing import Final

from creditcurve.config.errors import ConfigError
from creditcurve.config.values import IPNetwork

LOCAL_NAME: Final = "creditcurve.localhost"
"""A loopback name of our own: browsers keep its storage apart from other programs' storage."""
WILDCARD_ADDRESSES: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PORT: Final = re.compile(r":\d{0,5}$", re.ASCII)
_NAME: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*", re.ASCII)
_BASE_PATH: Final = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+", re.ASCII)


def allowed_hosts(host: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the page: our own, the given ones, and the address listened on.

    Raises:
        ConfigError: a name is not a host name.
    """
    listened_on = () if host in WILDCARD_ADDRESSES else (canonical_host(host),)
    named = (canonical_host(name) for name in names)
    return tuple(dict.fromkeys((*named, *listened_on, LOCAL_NAME)))


def canonical_host(text: str) -> str:
    """Return a host name as browsers send it: lower case, punycode, no port, no trailing dot.

    Raises:
        ConfigError: the text contains a path or a wildcard, or is not a host name.
    """
    name = _SCHEME.sub("", text.strip(), count=1).removesuffix("/")
    if "/" in name:
        raise ConfigError("host_with_path", host=text)
    if "*" in name or name in WILDCARD_ADDRESSES:
        raise ConfigError("host_wildcard", host=text)
    address = _address(name)
    if address is not None:
        return address
    name = _ascii(_PORT.sub("", name).removesuffix("."), text)
    if len(name) > 253 or _NAME.fullmatch(name) is None:
        raise ConfigError("host_malformed", host=text)
    return name


def base_path(text: str) -> str:
    """Return the path without a trailing slash; empty for the root.

    Raises:
        ConfigError: the text is not a plain path.
    """
    path = text.strip().rstrip("/")
    if not path:
        return ""
    path = path if path.startswith("/") else f"/{path}"
    if _BASE_PATH.fullmatch(path) is None:
        raise ConfigError("base_path", path=text)
    return path


def trusted_proxies(texts: Iterable[str]) -> tuple[IPNetwork, ...]:
    """Return the networks of the proxies.

    Raises:
        ConfigError: a text is not an address or a network, or would trust every address.
    """
    return tuple(dict.fromkeys(_network(text) for text in texts))


def _network(text: str) -> IPNetwork:
    try:
        network = ipaddress.ip_network(text.strip().strip("[]"), strict=False)
    except ValueError:
        raise ConfigError("trusted_proxy", proxy=text) from None
    if network.prefixlen == 0:
        raise ConfigError("trusted_proxy_all", proxy=text)
    return network


def _address(name: str) -> str | None:
    """Return an IP address in its canonical form; None for other names."""
    bare = _PORT.sub("", name) if name.startswith("[") or name.count(":") == 1 else name
    try:
        return str(ipaddress.ip_address(bare.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def _ascii(name: str, given: str) -> str:
    if name.isascii():
        return name.lower()
    import idna  # noqa: PLC0415 - only for names with other letters

    try:
        return idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        raise ConfigError("host_malformed", host=given) from None
