"""Renew the stored cookie from the ``Set-Cookie`` lines of an answer.

A good answer re-issues the login and the firewall's cookie. Renewed pairs take the place of the
old; all else stays byte for byte. No line ever takes anything away: what clears is passed over, and
a split login is replaced as a whole or not at all.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from creditcurve.cookie.header import is_below, is_whole, pairs_of, session_part
from creditcurve.domain.instant import http_date_ms
from creditcurve.domain.secret import Secret

MAX_LINES: Final = 50
MAX_LINE_BYTES: Final = 4_096
MAX_HEADER_BYTES: Final = 64 * 1024
ENDPOINT: Final = "/api/user/usage"
"""A cookie with another path is not sent with our calls."""

_PRINTABLE: Final = re.compile(rb"[ -~]+")
_RENEWABLE: Final = re.compile(
    r"(?:__Secure-|__Host-)?(?:authjs|next-auth)\.(?:csrf-token|callback-url)"
    r"|acw_tc|acw_sc__v[23]|cdn_sec_tc|aliyungf_tc"
)
"""Added even if the stored cookie does not contain them; other names are only replaced."""
_SECONDS: Final = re.compile(r"-?\d{1,15}", re.ASCII)


class IssuedLogin(msgspec.Struct, frozen=True):
    """A login that an answer issued again, possibly with the same value.

    ``expires_at_ms`` is when it ends; None where the answer does not say so.
    """

    expires_at_ms: int | None


class _Line(msgspec.Struct, frozen=True):
    """A ``Set-Cookie`` line that applies to our calls."""

    name: str
    value: str
    expires_at_ms: int | None

    @property
    def pair(self) -> str:
        return f"{self.name}={self.value}"

    def __repr__(self) -> str:
        return f"_Line({self.name}=…)"


def renew(
    header: Secret, set_cookie_lines: Sequence[bytes], *, host: str, now_ms: int
) -> Secret | None:
    """Return the header with the renewed pairs; None if nothing was renewed.

    Args:
        header: the ``cookie`` header that is in use.
        set_cookie_lines: the values of the answer's ``Set-Cookie`` headers, in order. At most 50
            of at most 4,096 bytes are read; those of other hosts or with odd bytes are ignored.
        host: the upstream's host name, without a port.
        now_ms: the time, to know a line that clears from one that renews.
    """
    given = header.reveal().decode("latin-1")
    lines, unread = _read(set_cookie_lines, host.lower(), now_ms)
    own = {pair.name for pair in pairs_of(given)}
    text = given
    for line in lines.values():
        if not session_part(line.name) and (line.name in own or _RENEWABLE.fullmatch(line.name)):
            text = _with_pair(text, line)
    for login, pieces in _logins(lines.values(), unread).items():
        text = _with_login(text, login, pieces)
    if text == given or len(text) > MAX_HEADER_BYTES:
        return None
    return Secret(text.encode("latin-1"))


def issued_login(
    set_cookie_lines: Sequence[bytes], *, host: str, now_ms: int
) -> IssuedLogin | None:
    """Return the login that these lines issue; None if they contain no login."""
    lines, unread = _read(set_cookie_lines, host.lower(), now_ms)
    logins = _logins(lines.values(), unread).values()
    if not logins:
        return None
    ends = (piece.expires_at_ms for pieces in logins for piece in pieces)
    return IssuedLogin(min((end for end in ends if end is not None), default=None))


def _read(
    set_cookie_lines: Sequence[bytes], host: str, now_ms: int
) -> tuple[dict[str, _Line], set[str]]:
    """Return the last line that sets each name, and the names of the ignored lines."""
    lines: dict[str, _Line] = {}
    unread = set()
    for number, raw in enumerate(set_cookie_lines):
        if number >= MAX_LINES or len(raw) > MAX_LINE_BYTES or not _PRINTABLE.fullmatch(raw):
            unread.add(raw[:256].partition(b"=")[0].strip().decode("latin-1"))
            continue
        line = _line(raw.decode("ascii"), host, now_ms)
        if line is None:
            continue
        lines.pop(line.name, None)
        if line.value and (line.expires_at_ms is None or line.expires_at_ms > now_ms):
            lines[line.name] = line
    return lines, unread


def _line(text: str, host: str, now_ms: int) -> _Line | None:
    """Parse a line as a browser does (RFC 6265, 5.2); None if it does not apply to our calls."""
    pair, *rest = text.split(";")
    name, _, value = (part.strip() for part in pair.partition("="))
    attributes = {}
    for attribute in rest:
        key, _, said = attribute.partition("=")
        attributes[key.strip().lower()] = said.strip()
    domain = attributes.get("domain", "").lower().removeprefix(".")
    if not name or not (domain in ("", host) or is_below(host, domain)):
        return None
    path = attributes.get("path", "")
    if path.startswith("/") and not f"{ENDPOINT}/".startswith(f"{path.rstrip('/')}/"):
        return None
    return _Line(name, value, _expires_at_ms(attributes, now_ms))


def _expires_at_ms(attributes: dict[str, str], now_ms: int) -> int | None:
    max_age = attributes.get("max-age", "")
    if _SECONDS.fullmatch(max_age):
        return now_ms + int(max_age) * 1000
    return http_date_ms(attributes.get("expires", ""))


def _logins(lines: Iterable[_Line], unread: set[str]) -> dict[str, list[_Line]]:
    """Return the logins with all their pieces, in order."""
    logins: dict[str, dict[int | None, _Line]] = {}
    for line in lines:
        if part := session_part(line.name):
            logins.setdefault(part.login, {})[part.index] = line
    torn = {
        part.login for name in unread if (part := session_part(name)) and part.index is not None
    }
    return {
        login: [pieces[index] for index in sorted(pieces, key=lambda index: index or 0)]
        for login, pieces in logins.items()
        if login not in torn and is_whole(set(pieces)) and (None not in pieces or len(pieces) == 1)
    }


def _with_pair(header: str, line: _Line) -> str:
    """Replace every pair of this name, or append the pair."""
    segments = header.split(";")
    places = [place for place, segment in enumerate(segments) if _name(segment) == line.name]
    for place in places:
        segments[place] = _indent(segments[place]) + line.pair
    return ";".join(segments) if places else _appended(header, line.pair)


def _with_login(header: str, login: str, pieces: Sequence[_Line]) -> str:
    """Replace all pieces of the login by these."""
    pairs = "; ".join(piece.pair for piece in pieces)
    kept = []
    is_placed = False
    for segment in header.split(";"):
        part = session_part(_name(segment))
        if part is None or part.login != login:
            kept.append(segment)
        elif not is_placed:
            kept.append(_indent(segment) + pairs)
            is_placed = True
    return ";".join(kept) if is_placed else _appended(header, pairs)


def _appended(header: str, pairs: str) -> str:
    body = header.rstrip("; ")
    return f"{body}; {pairs}{header[len(body) :]}" if body else pairs


def _name(segment: str) -> str:
    return segment.partition("=")[0].strip(" ")


def _indent(segment: str) -> str:
    return segment[: len(segment) - len(segment.lstrip(" "))]
