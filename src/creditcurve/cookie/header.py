"""The parts of a cookie header: pairs, the names of a login, and the host that a cookie is for.

``http.cookies`` is not used: it drops all pairs after an unusual one, and this program sends every
byte that it was given.
"""

import math
import re
from typing import Final
from urllib.parse import urlsplit

import msgspec

from creditcurve.domain.instant import from_iso, http_date_ms
from creditcurve.domain.loopback import is_loopback

SITE: Final = "www.aicodemirror.com"
"""The host whose cookies a loopback upstream (the simulated site) accepts too."""

INVALID: Final = "https://invalid.invalid"
"""The origin of an invalid address, so that its cookies belong to no site (RFC 2606)."""

LONGEST_SHOWN_NAME: Final = 40
"""Longer names are not shown: a part of a token can look like a name."""

_SESSION: Final = re.compile(
    r"((?:__Secure-|__Host-)?(?:authjs|next-auth)\.session-token)(?:\.(0|[1-9]\d?))?", re.ASCII
)
_SHOWABLE: Final = re.compile(rf"[!#$%&'*+.^_`|~0-9A-Za-z-]{{1,{LONGEST_SHOWN_NAME}}}")
_ADDRESS: Final = re.compile(r"[\d.]+|.*:.*", re.ASCII)
_HOST: Final = re.compile(r"[\w.:-]{1,253}", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_LATEST_S: Final = 10**11
"""The year 5138 in seconds: larger numbers are milliseconds."""


class Pair(msgspec.Struct, frozen=True):
    """One pair of a cookie header; ``name`` is empty where the pair has no ``=``."""

    name: str
    value: str

    def __repr__(self) -> str:
        return "Pair(…)"


class Part(msgspec.Struct, frozen=True):
    """A login cookie's name without its piece number, and that number (None: not split)."""

    login: str
    index: int | None


def pairs_of(header: str) -> list[Pair]:
    """Return the pairs of a header in order, without blank ones."""
    pairs = []
    for text in header.split(";"):
        name, equals, value = text.strip(" ").partition("=")
        if equals:
            pairs.append(Pair(name.strip(" "), value.strip(" ")))
        elif name:
            pairs.append(Pair("", name))
    return pairs


def shown_names(header: str) -> tuple[str, ...]:
    """Return the names in a header that may be shown, in order and without duplicates.

    Anything that could be part of a value is left out: a pair without ``=``, a name that is
    followed only by ``=`` (the end of a base64 text), and long or unusual names.
    """
    names = (p.name for p in pairs_of(header) if p.value.strip("=") and _SHOWABLE.fullmatch(p.name))
    return tuple(dict.fromkeys(names))


def session_part(name: str) -> Part | None:
    """Parse the name of a login cookie of Auth.js or NextAuth; return None for other names."""
    match = _SESSION.fullmatch(name)
    if match is None:
        return None
    login, index = match.groups()
    return Part(login, None if index is None else int(index))


def has_session(header: str) -> bool:
    """Return whether a header contains a login or a piece of one."""
    return any(pair.value and session_part(pair.name) for pair in pairs_of(header))


def is_whole(indexes: set[int | None]) -> bool:
    """Return whether the pieces are complete: the unsplit cookie, or ``.0`` to ``.n``.

    Auth.js splits into at least two pieces, so ``.0`` without ``.1`` is incomplete.
    """
    return None in indexes or (len(indexes) > 1 and indexes == set(range(len(indexes))))


def reach(domain: str, host: str, *, is_host_only: bool) -> int | None:
    """Rank a cookie of ``domain`` for requests to ``host``; None if it does not belong there.

    0: a browser sends it there. 1: it is bound only to a parent of ``host`` (``example.com`` for
    ``www.example.com``), and the site probably accepts it. 2 and 3: the same for ``SITE``, if
    ``host`` is a loopback address.
    """
    domain, host = domain.lower().removeprefix("."), host.lower()
    if domain == host or (is_loopback(domain) and is_loopback(host)):
        return 0
    if is_below(host, domain):
        return 1 if is_host_only else 0
    if is_loopback(host):
        further = reach(domain, SITE, is_host_only=is_host_only)
        return None if further is None else further + 2
    return None


def is_below(host: str, domain: str) -> bool:
    """Return whether ``host`` is a subdomain of ``domain``, which is no top-level domain."""
    return "." in domain and host.endswith(f".{domain}") and not _ADDRESS.fullmatch(host)


def host_of(url: str) -> str | None:
    """Return the host of a URL without its port; None if it is missing, blank if it is invalid."""
    try:
        return urlsplit(url.strip()).hostname
    except ValueError:
        return ""


def origin_of(url: str) -> str | None:
    """Return ``scheme://host[:port]`` of an http or https URL; None for other texts."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or not _HOST.fullmatch(host):
        return None
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" if port is None else f"{parts.scheme}://{name}:{port}"


def expiry_ms(value: object) -> int | None:
    """Return when a cookie expires: from seconds, milliseconds, ISO 8601 or an HTTP date.

    None for a session cookie (0, -1, empty) and for a value of another form.
    """
    if isinstance(value, str):
        return _expiry_of_text(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 < value < _LATEST_S * 1000:
        return None
    return math.floor(value if value >= _LATEST_S else value * 1000)


def _expiry_of_text(text: str) -> int | None:
    if _NUMBER.fullmatch(text):
        return expiry_ms(float(text))
    try:
        return from_iso(text)
    except (ValueError, OverflowError):
        return http_date_ms(text)
