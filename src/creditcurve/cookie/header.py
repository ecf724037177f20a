"""What a cookie header is made of: its pairs, the names of a login, and whose cookies they are.

Shared by the parser (``cookie.py``) and the renewal (``cookie_renewal.py``). Splitting is by hand:
``http.cookies`` drops what follows one odd pair, and this program sends what it was given.
"""

import math
import re
from typing import Final
from urllib.parse import urlsplit

import msgspec

from creditcurve.domain.instant import from_iso, http_date_ms

SITE: Final = "www.aicodemirror.com"
"""Whose cookies a loopback upstream is given too: it stands in for this host."""

LONGEST_SHOWN_NAME: Final = 40
"""Longer names are not shown: a piece of a token can look like a name."""

_SESSION: Final = re.compile(
    r"((?:__Secure-|__Host-)?(?:authjs|next-auth)\.session-token)(?:\.(0|[1-9]\d?))?", re.ASCII
)
_SHOWABLE: Final = re.compile(rf"[!#$%&'*+.^_`|~0-9A-Za-z-]{{1,{LONGEST_SHOWN_NAME}}}")
_LOOPBACK: Final = re.compile(r"localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?", re.ASCII)
_ADDRESS: Final = re.compile(r"[\d.]+|.*:.*", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_LATEST_S: Final = 10**11
"""The year 5138 in seconds: a larger number is meant in milliseconds."""


class Pair(msgspec.Struct, frozen=True):
    """One pair of a cookie header; ``name`` is empty where the pair has no ``=``."""

    name: str
    value: str

    def __repr__(self) -> str:
        return "Pair(…)"


class Part(msgspec.Struct, frozen=True):
    """Which login cookie a name is, and which piece of it: None for one that is not split."""

    login: str
    index: int | None


def pairs_of(header: str) -> list[Pair]:
    """The pairs of a header, in order; blank ones left out."""
    pairs = []
    for text in header.split(";"):
        name, equals, value = text.strip(" ").partition("=")
        if equals:
            pairs.append(Pair(name.strip(" "), value.strip(" ")))
        elif name:
            pairs.append(Pair("", name))
    return pairs


def shown_names(header: str) -> tuple[str, ...]:
    """The names in a header that may be shown to people, in order, each once.

    What could be a piece of a value stays hidden: a pair without ``=``, one with nothing but ``=``
    after its name (the end of a base64 text), and names that are too long or too odd.
    """
    names = (p.name for p in pairs_of(header) if p.value.strip("=") and _SHOWABLE.fullmatch(p.name))
    return tuple(dict.fromkeys(names))


def session_part(name: str) -> Part | None:
    """Which login cookie of Auth.js (or its ancestor NextAuth) this is, if it is one."""
    match = _SESSION.fullmatch(name)
    if match is None:
        return None
    login, index = match.groups()
    return Part(login, None if index is None else int(index))


def has_session(header: str) -> bool:
    """Whether a header carries a login, or a piece of one."""
    return any(pair.value and session_part(pair.name) for pair in pairs_of(header))


def is_whole(indexes: set[int | None]) -> bool:
    """Whether these pieces make one token: the unsplit one, or ``.0`` to ``.n`` without a hole.

    Auth.js splits into two or more, so a lone ``.0`` is a piece whose rest is missing.
    """
    return None in indexes or (len(indexes) > 1 and indexes == set(range(len(indexes))))


def reach(domain: str, host: str, *, is_host_only: bool) -> int | None:
    """How directly a cookie of ``domain`` belongs to requests to ``host``; None if it does not.

    0: a browser sends it there. 1: it is bound to a parent of ``host`` alone (``example.com`` for
    ``www.example.com``), which the site itself would most likely take. 2 and 3: the same for
    ``SITE``, where ``host`` is a loopback address standing in for it.
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
    """Whether ``host`` is a name under ``domain``; no address is, and nothing is under ``com``."""
    return "." in domain and host.endswith(f".{domain}") and not _ADDRESS.fullmatch(host)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    return _LOOPBACK.fullmatch(host) is not None


def host_of(url: str) -> str | None:
    """The host of an address, without its port; None where it names none, blank where it is odd."""
    try:
        return urlsplit(url.strip()).hostname
    except ValueError:
        return ""


def expiry_ms(value: object) -> int | None:
    """When a cookie ends, from what exports write: seconds, milliseconds, ISO 8601, HTTP date.

    None where it is a session cookie (0, -1, nothing) or the text says nothing.
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
