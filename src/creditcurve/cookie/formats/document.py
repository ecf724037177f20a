"""Cookies in JSON documents and in the literals of program code, recognized by their fields.

HAR files, exports of cookie extensions, sessions of HTTPie, Postman, Insomnia, Bruno and other
clients, storage states, requests in any programming language: the same objects occur in all of
them, at any depth, so one walk reads all.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

import msgspec

from creditcurve.cookie.formats.fields import (
    cookie_of,
    cookies_of,
    field_of,
    fields_of,
    is_about_cookies,
    is_cookie_key,
    is_table,
    lists_login,
    name_of,
    origin_in,
    plain_value,
    response_cookies,
    table_cookie,
)
from creditcurve.cookie.formats.found import Found, SentHeader, StoredCookie, with_origin
from creditcurve.cookie.formats.pairs import is_header_with_login, read_field, read_set_cookie
from creditcurve.cookie.formats.tree import Entry, Group, Text, Value
from creditcurve.cookie.header import expiry_ms, session_part
from creditcurve.cookie.quoting import Piece, joined

_REQUEST: Final = frozenset({"url", "headers", "header", "cookies"})
ReadNested = Callable[[Piece], Found]


class _Context(msgspec.Struct, frozen=True):
    """Facts about a value from its parents."""

    origin: str | None = None
    is_about_cookies: bool = False


def read_document(document: Group, read_nested: ReadNested) -> Found:
    """Return the cookies of a document; ``read_nested`` reads strings that are texts themselves."""
    walk = _Walk(read_nested)
    walk.run(document)
    return Found(sent=tuple(walk.sent), stored=tuple(walk.stored))


class _Walk:
    """A walk through a document in its own order, without recursion."""

    def __init__(self, read_nested: ReadNested) -> None:
        self._read_nested = read_nested
        self.sent: list[SentHeader] = []
        self.stored: list[StoredCookie] = []

    def run(self, document: Group) -> None:
        """Visit every value that is not part of a known object."""
        pending: list[tuple[Value, _Context]] = [(document, _Context())]
        while pending:
            value, context = pending.pop()
            if isinstance(value, Text):
                self._take_text(value, context)
            elif not self._take_known(value, context):
                pending += self._children(value, context)

    def _children(self, group: Group, context: _Context) -> list[tuple[Value, _Context]]:
        origin = origin_in(group) or context.origin
        is_list = not any(entry.key for entry in group.entries)
        inherits = is_list and (context.is_about_cookies or lists_login(group))
        children: list[tuple[Value, _Context]] = []
        skip = self._take_positional(group, origin)
        skip |= response_cookies(group)
        for number, entry in enumerate(group.entries):
            if number not in skip and not self._take_field(entry, origin):
                about = inherits or is_about_cookies(entry.key)
                children.append((entry.value, _Context(origin, about)))
        return children[::-1]

    def _take_text(self, text: Text, context: _Context) -> None:
        if text.is_word:
            return
        found = read_field(text.piece, context.origin)
        if not found.has_login and _mentions_login(text.piece.text):
            found = self._read_nested(text.piece)
        self._add(found, context.origin)

    def _add(self, found: Found, origin: str | None) -> None:
        """Add the content of a part; where it names no site, the site is ``origin``."""
        placed = with_origin(found, origin)
        self.sent += placed.sent
        self.stored += placed.stored

    def _add_cookies(self, cookies: Iterable[StoredCookie], origin: str | None) -> None:
        self._add(Found(stored=tuple(cookies)), origin)

    def _add_header(self, piece: Piece, origin: str | None) -> None:
        """Add a text that is a header by its key, with or without ``Cookie:`` in front."""
        found = read_field(piece)
        if not found.sent and not found.stored:
            found = Found(sent=(SentHeader(piece.strip(" \t")),))
        self._add(found, origin)

    def _take_known(self, group: Group, context: _Context) -> bool:
        """Read an object of a known kind; return whether it was one."""
        request = field_of(group, "request")
        if isinstance(request, Group) and fields_of(request).keys() & _REQUEST:
            self._take_request(request, group, context)
        elif name_of(group):
            self._take_named(group, context)
        elif is_table(group) and (context.is_about_cookies or lists_login(group)):
            cookies = (table_cookie(entry) for entry in group.entries if entry.key)
            self._add_cookies(cookies, origin_in(group) or context.origin)
        else:
            return False
        return True

    def _take_named(self, group: Group, context: _Context) -> None:
        """Read an object with a name and a value: a header, a variable, or a cookie."""
        cookie = cookie_of(group)
        if cookie.domain or context.is_about_cookies or session_part(cookie.name.text):
            self._add_cookies([cookie], context.origin)
        elif is_cookie_key(cookie.name.text):
            self._add_header(cookie.value, context.origin)
        elif cookie.name.text.lower() == "set-cookie":
            self._add_cookies([read_set_cookie(cookie.value)], context.origin)
        else:
            self._take_text(Text(cookie.value), context)

    def _take_field(self, entry: Entry, origin: str | None) -> bool:
        """Read ``cookie: text``; return whether it was that."""
        if not isinstance(entry.value, Text) or entry.value.is_word:
            return False
        piece = entry.value.piece
        if session_part(entry.key):
            self._add_cookies([StoredCookie(name=Piece.unplaced(entry.key), value=piece)], origin)
        elif is_cookie_key(entry.key) and not _nested(piece.text):
            self._add_header(piece, origin)
        elif entry.key.lower() == "set-cookie":
            self._add_cookies([read_set_cookie(piece)], origin)
        else:
            return False
        return True

    def _take_positional(self, group: Group, origin: str | None) -> set[int]:
        """Read ``"cookie", "text"`` and ``"login's name", "value"``."""
        taken: set[int] = set()
        for number, (first, second) in enumerate(pairwise(group.entries)):
            name, value = first.value, second.value
            if number in taken or first.key or second.key or not isinstance(name, Text):
                continue
            if not isinstance(value, Text) or value.is_word:
                continue
            if session_part(name.piece.text):
                self._add_cookies([StoredCookie(name=name.piece, value=value.piece)], origin)
            elif is_cookie_key(name.piece.text) and "=" in value.piece.text:
                self._add_header(value.piece, origin)
            else:
                continue
            taken |= {number, number + 1}
        return taken

    def _take_request(self, request: Group, parent: Group, context: _Context) -> None:
        """Read a request: its cookie header, or else a header made of its cookies."""
        walk = _Walk(self._read_nested)
        headers = field_of(request, "headers") or field_of(request, "header")
        origin = origin_in(request) or context.origin
        if headers is not None:
            walk.run(Group(entries=[Entry("headers", headers)]))
        started = expiry_ms(plain_value(field_of(parent, "startedDateTime")))
        cookies = cookies_of(field_of(request, "cookies"))
        header = joined([one.header for one in walk.sent] or [c.pair for c in cookies], "; ")
        if not header.text:
            rest = [e for e in request.entries if e.key not in ("headers", "header", "cookies")]
            walk.run(Group(entries=rest))
            self._add(Found(tuple(walk.sent), tuple(walk.stored)), origin)
            return
        ends = [c.expires_at_ms for c in cookies if session_part(c.name.text) and c.expires_at_ms]
        self.sent.append(SentHeader(header, origin, started, min(ends, default=None)))


def _nested(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[") or "\n" in text.strip()


def _mentions_login(text: str) -> bool:
    return "session-token" in text and not is_header_with_login(text)
