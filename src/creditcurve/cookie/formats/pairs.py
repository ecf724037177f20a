"""Texts that consist of pairs: a cookie header, or a ``Set-Cookie`` line with its attributes."""

import re
from typing import Final

from creditcurve.cookie.formats.found import Found, SentHeader, StoredCookie
from creditcurve.cookie.header import expiry_ms, session_part
from creditcurve.cookie.quoting import Piece

_ATTRIBUTE: Final = re.compile(
    r"""
    path=/[^;]*|expires=[^;]*\d:\d\d[^;]*|max-age=-?\d+|domain=[\w.-]+
    |samesite=\w+|priority=\w+|httponly|secure|partitioned
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VARIABLE: Final = re.compile(
    r"""
    [+-]?\w{0,64}cookie\w{0,64}=(?=[\w.-]+=)
    | (?-i:[+-]?[A-Z][A-Z0-9_]{0,63})=(?=(?:__Secure-|__Host-)?(?:authjs|next-auth)\.[\w.-]+=)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_COOKIE_FIELD: Final = re.compile(r"(set-)?cookie2?[ \t]*:[ \t]*", re.IGNORECASE)


def segments_of(header: Piece) -> list[Piece]:
    """Split a header at its semicolons, without blanks around the segments and empty ones."""
    segments = []
    start = 0
    for text in header.text.split(";"):
        segment = header.cut(start, start + len(text)).strip(" \t")
        if segment.text:
            segments.append(segment)
        start += len(text) + 1
    return segments


def is_header_with_login(text: str) -> bool:
    """Return whether a text is a cookie header with a login among its pairs."""
    if "session-token" not in text or not text.isprintable():
        return False
    names = [segment.partition("=")[0].strip() for segment in text.split(";")]
    return _NAME.fullmatch(names[0]) is not None and any(map(session_part, names))


def is_set_cookie(text: str) -> bool:
    """Return whether all segments after the first pair are attributes of ``Set-Cookie``."""
    first, *rest = (segment.strip() for segment in text.strip("; ").split(";"))
    return "=" in first and bool(rest) and all(map(_ATTRIBUTE.fullmatch, rest))


def read_set_cookie(line: Piece) -> StoredCookie:
    """Return the cookie of a ``Set-Cookie`` line."""
    pair, *rest = segments_of(line) or [line]
    attributes = {}
    for segment in rest:
        key, _, value = segment.text.partition("=")
        attributes[key.strip().lower()] = value.strip()
    name, equals, _ = pair.text.partition("=")
    return StoredCookie(
        name=pair.cut(0, len(name)).strip(" \t"),
        value=pair.cut(len(name) + len(equals)).strip(" \t"),
        domain=attributes.get("domain") or None,
        expires_at_ms=expiry_ms(attributes.get("expires")),
    )


def without_variable(header: Piece) -> Piece:
    """Remove ``COOKIE=`` at the start of a header: the name of a variable, not of a cookie."""
    variable = _VARIABLE.match(header.text)
    return header.cut(variable.end()) if variable else header


def read_field(text: Piece, origin: str | None = None) -> Found:
    """Return the content of a text that is a header field, a header value, or neither.

    It is read if it starts with ``Cookie:`` or ``Set-Cookie:``, or if it has a login in it.
    """
    text = text.strip(" \t\r\n")
    field = _COOKIE_FIELD.match(text.text)
    value = text.cut(field.end()) if field else text
    if (field and field[1]) or (is_header_with_login(value.text) and is_set_cookie(value.text)):
        return Found(stored=(read_set_cookie(value),))
    if field or is_header_with_login(value.text):
        header = without_variable(value.strip(" \t\r\n"))
        return Found(sent=(SentHeader(header, origin),))
    return Found()
