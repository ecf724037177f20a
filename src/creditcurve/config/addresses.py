"""Addresses that the program calls: the site and its proxy."""

from typing import Final
from urllib.parse import SplitResult, urlsplit

from creditcurve.config.errors import ConfigError
from creditcurve.config.values import DEFAULT_UPSTREAM
from creditcurve.domain.loopback import is_loopback

PROXY_SCHEMES: Final = ("http", "https", "socks5", "socks5h")


def upstream(text: str | None) -> str:
    """Return the origin of the site without a trailing slash.

    Raises:
        ConfigError: the text is not an origin, or is plain http to another machine.
    """
    address = (text or DEFAULT_UPSTREAM).strip().rstrip("/")
    parts = _parts(address)
    if parts is None or parts.scheme not in ("http", "https"):
        raise ConfigError("upstream_malformed", address=address, example=DEFAULT_UPSTREAM)
    if parts.path or parts.query or parts.fragment or parts.username or parts.port == 0:
        raise ConfigError("upstream_malformed", address=address, example=DEFAULT_UPSTREAM)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ConfigError("upstream_not_https")
    return address


def proxy(text: str | None) -> str | None:
    """Return the proxy's address, with its password.

    Raises:
        ConfigError: the text has no scheme, or names a kind of proxy that is not supported.
    """
    if not text or not text.strip():
        return None
    address = text.strip()
    if "://" not in address:
        raise ConfigError("proxy_without_scheme", address=without_password(address))
    address = address.rstrip("/")
    parts = _parts(address)
    if parts is None or parts.scheme not in PROXY_SCHEMES or parts.path or parts.query:
        shown = without_password(address)
        raise ConfigError("proxy_malformed", address=shown, schemes=", ".join(PROXY_SCHEMES))
    return address


def without_password(address: str) -> str:
    """Return the address without user name and password."""
    scheme, separator, rest = address.rpartition("://")
    return scheme + separator + rest.rpartition("@")[2]


def _parts(address: str) -> SplitResult | None:
    """Return the parts of an address that names a host and a possible port."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.hostname else None
