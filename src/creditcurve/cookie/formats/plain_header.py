"""A cookie header, with or without its name and quotes around it; also one ``Set-Cookie`` value."""

import re
from typing import Final

from creditcurve.cookie.formats.found import Format, Found, SentHeader
from creditcurve.cookie.formats.pairs import is_set_cookie, read_set_cookie, without_variable
from creditcurve.cookie.header import has_session
from creditcurve.cookie.quoting import Piece
from creditcurve.cookie.unwrap import BLANK

_QUOTED: Final = re.compile(
    r"""(?:[bfru]{1,2}(?=["']))?(["'`])(?P<inner>.*)\1[ \t]*[,;]?\Z""", re.DOTALL | re.IGNORECASE
)
_FIELD: Final = re.compile(r"cookie(?:[ \t]*[:\uff1a]|[ \t]*\r?\n|\t)", re.IGNORECASE)
_FIRST: Final = re.compile(r"(?!['`])[^\s\"=;,()\\{}\[\]<>:\u3000-\u9fff\uff00-\uffef]*+(?:=|;|\Z)")
_ASSIGNMENT: Final = re.compile(
    r"[A-Z][A-Z0-9_]*=[\"'`]|[\w.$-]+=([\"'`])[^\"'`]*;[^\"'`]*\1\Z|"
    r"[\w.$-]{0,64}(?:cookie|header)\w{0,64}\s*=\s*[\"'`]|[\w.$-]+\s+=|[\w.$-]+=\s",
    re.ASCII,
)


def _recognizes(text: str) -> bool:
    """Return whether a text is one line of pairs with a login among them."""
    header = header_in(Piece.unplaced(text)).text
    return "\n" not in header and is_like_header(header) and has_session(header)


def _read(source: Piece) -> Found:
    header = header_in(source)
    if is_set_cookie(header.text):
        return Found(stored=(read_set_cookie(header),))
    return Found(sent=(SentHeader(header),))


def header_in(source: Piece) -> Piece:
    """Return the value of a header without its name and the quotes around it."""
    header = _without_quotes(source)
    field = _FIELD.match(header.text)
    if field is not None:
        header = _without_quotes(header.cut(field.end()).strip(BLANK))
    return without_variable(header)


def is_like_header(header: str) -> bool:
    """Return whether a text begins as a cookie header does, and not as an assignment."""
    return _FIRST.match(header) is not None and _ASSIGNMENT.match(header) is None


def _without_quotes(source: Piece) -> Piece:
    quoted = _QUOTED.match(source.text)
    return source if quoted is None else source.group(quoted, "inner").strip(BLANK)


def _recognizes_broken(text: str) -> bool:
    """Return whether a text with line ends begins with a pair, and contains a login."""
    header = header_in(Piece.unplaced(text)).text
    return "\n" in header and is_like_header(header) and "session-token" in header


def _read_broken(source: Piece) -> Found:
    return Found(sent=(SentHeader(header_in(source)),), is_final=True)


BROKEN: Final = Format(
    recognizes=_recognizes_broken, read=_read_broken, nothing_found="The header is not in one piece"
)
"""A header with line ends inside: it is read in order to be refused with their position."""

FORMAT: Final = Format(recognizes=_recognizes, read=_read, nothing_found="There is nothing in it")
