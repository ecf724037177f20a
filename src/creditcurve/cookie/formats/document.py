"""Cookies in JSON documents and in the literals of program code, recognized by their fields.

HAR files, exports of cookie extensions, sessions of HTTPie, Postman, Insomnia, Bruno and other
clients, storage states, requests in any programming language: the same objects occur in all of
them, at any depth, so one walk reads all.
"""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

import msgspec

from creditcurve.cookie.formats.found import Found, SentHeader, StoredCookie, with_origin
from creditcurve.cookie.formats.literals import Entry, Group, Text, Value
from creditcurve.cookie.formats.pairs import is_header_with_login, read_field, read_set_cookie
from creditcurve.cookie.header import INVALID, expiry_ms, origin_of, session_part
from creditcurve.cookie.quoting import Piece, joined

_NAME: Final = ("name", "key", "name raw")
_VALUE: Final = ("value", "content raw")
_URL: Final = ("url", "uri", "endpoint", "raw", "href")
_EXPIRES: Final = ("expirationdate", "expires", "expiry", "expires raw")
_REQUEST: Final = frozenset({"url", "headers", "header", "cookies"})
_DOMAIN: Final = re.compile(r"(?:https?://)?([^/:]+)", re.IGNORECASE)
_ABSOLUTE: Final = re.compile(r"https?://[^\s\"'<>]++", re.IGNORECASE)

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
        origin = _origin(group) or context.origin
        is_list = not any(entry.key for entry in group.entries)
        inherits = is_list and (context.is_about_cookies or _lists_login(group))
        children: list[tuple[Value, _Context]] = []
        skip = self._take_positional(group, origin)
        skip |= _response_cookies(group)
        for number, entry in enumerate(group.entries):
            if number not in skip and not self._take_field(entry, origin):
                about = inherits or _is_about_cookies(entry.key)
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
        request = _field(group, "request")
        if isinstance(request, Group) and _fields(request).keys() & _REQUEST:
            self._take_request(request, group, context)
        elif _name_of(group):
            self._take_named(group, context)
        elif _is_table(group) and (context.is_about_cookies or _lists_login(group)):
            cookies = (_table_cookie(entry) for entry in group.entries if entry.key)
            self._add_cookies(cookies, _origin(group) or context.origin)
        else:
            return False
        return True

    def _take_named(self, group: Group, context: _Context) -> None:
        """Read an object with a name and a value: a header, a variable, or a cookie."""
        cookie = _cookie(group)
        if cookie.domain or context.is_about_cookies or session_part(cookie.name.text):
            self._add_cookies([cookie], context.origin)
        elif _is_cookie_key(cookie.name.text):
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
        elif _is_cookie_key(entry.key) and not _nested(piece.text):
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
            elif _is_cookie_key(name.piece.text) and "=" in value.piece.text:
                self._add_header(value.piece, origin)
            else:
                continue
            taken |= {number, number + 1}
        return taken

    def _take_request(self, request: Group, parent: Group, context: _Context) -> None:
        """Read a request: its cookie header, or else a header made of its cookies."""
        walk = _Walk(self._read_nested)
        headers = _field(request, "headers") or _field(request, "header")
        origin = _origin(request) or context.origin
        if headers is not None:
            walk.run(Group(entries=[Entry("headers", headers)]))
        started = expiry_ms(_plain(_field(parent, "startedDateTime")))
        cookies = _cookies_of(_field(request, "cookies"))
        header = joined([one.header for one in walk.sent] or [c.pair for c in cookies], "; ")
        if not header.text:
            rest = [e for e in request.entries if e.key not in ("headers", "header", "cookies")]
            walk.run(Group(entries=rest))
            self._add(Found(tuple(walk.sent), tuple(walk.stored)), origin)
            return
        ends = [c.expires_at_ms for c in cookies if session_part(c.name.text) and c.expires_at_ms]
        self.sent.append(SentHeader(header, origin, started, min(ends, default=None)))


def _response_cookies(group: Group) -> set[int]:
    """Return the entries with the cookies of a response, if those of the request are there."""
    keys = [entry.key.lower() for entry in group.entries]
    if not any("request" in key and "cookie" in key for key in keys):
        return set()
    return {number for number, key in enumerate(keys) if "response" in key and "cookie" in key}


def _cookies_of(value: Value | None) -> list[StoredCookie]:
    if not isinstance(value, Group):
        return []
    groups = [entry.value for entry in value.entries if isinstance(entry.value, Group)]
    return [_cookie(group) for group in groups if _name_of(group)]


def _cookie(group: Group) -> StoredCookie:
    """Return an object as a cookie, by the field names of all known exporters."""
    fields = _fields(group)
    ends = (expiry_ms(_plain(fields.get(key))) for key in _EXPIRES)
    domain = _DOMAIN.match(_first_text(fields, ("domain", "host", "host raw")).text)
    host_only = fields.get("hostonly")
    return StoredCookie(
        name=_first_text(fields, _NAME),
        value=_first_text(fields, _VALUE),
        domain=domain[1] if domain else None,
        is_host_only=isinstance(host_only, Text) and host_only.piece.text.lower() == "true",
        expires_at_ms=next((end for end in ends if end), None),
    )


def _table_cookie(entry: Entry) -> StoredCookie:
    """Return a cookie of a table whose keys are the names, as Firefox and HTTPie write them."""
    name = Piece.unplaced(entry.key)
    if isinstance(entry.value, Text):
        return StoredCookie(name=name, value=entry.value.piece)
    return msgspec.structs.replace(_cookie(entry.value), name=name)


def _is_table(group: Group) -> bool:
    """Return whether an object maps names to texts, or to objects with a value."""
    return any(entry.key for entry in group.entries) and all(
        not entry.value.is_word
        if isinstance(entry.value, Text)
        else isinstance(_field(entry.value, "value"), Text)
        for entry in group.entries
        if entry.key
    )


def _lists_login(group: Group) -> bool:
    return any(
        session_part(entry.key or (_name_of(entry.value) if isinstance(entry.value, Group) else ""))
        for entry in group.entries
    )


def _name_of(group: Group) -> str:
    """Return the name of an object that has a name and a value, as cookies and headers do."""
    fields = _fields(group)
    if not any(_is_string(fields.get(key)) for key in _VALUE):
        return ""
    return _first_text(fields, _NAME).text


def _fields(group: Group) -> dict[str, Value]:
    return {entry.key.lower(): entry.value for entry in group.entries if entry.key}


def _field(group: Group, key: str) -> Value | None:
    return _fields(group).get(key.lower())


def _is_string(value: Value | None) -> bool:
    return isinstance(value, Text) and not value.is_word


def _first_text(fields: dict[str, Value], keys: Iterable[str]) -> Piece:
    texts = (fields.get(key) for key in keys)
    found = (text.piece for text in texts if isinstance(text, Text) and not text.is_word)
    return next(found, Piece.unplaced(""))


def _plain(value: Value | None) -> object:
    """Return a string, or the number that a word is."""
    if not isinstance(value, Text):
        return None
    text = value.piece.text
    if not value.is_word:
        return text
    try:
        return float(text)
    except ValueError:
        return None


def _origin(group: Group) -> str | None:
    """Return the origin of the address in a group: in a field, or as the argument of a call."""
    fields = _fields(group)
    for key in _URL:
        value = fields.get(key)
        if isinstance(value, Group):
            value = _field(value, "raw")
        if isinstance(value, Text) and (origin := _origin_of_text(value.piece.text)):
            return origin
    positional = (entry.value for entry in group.entries if not entry.key)
    texts = (value.piece.text for value in positional if isinstance(value, Text))
    return next((o for text in texts if _ABSOLUTE.fullmatch(text) and (o := origin_of(text))), None)


def _origin_of_text(text: str) -> str | None:
    if not _ABSOLUTE.match(text):
        return None
    return origin_of(text) or INVALID


def _is_about_cookies(key: str) -> bool:
    return "cookie" in key.lower() and "response" not in key.lower()


def _is_cookie_key(key: str) -> bool:
    """Return whether a key, or the last part of ``a.b.key``, is ``cookie`` or ends with it."""
    last = key.rpartition(".")[2].lower()
    if last.startswith("set"):
        return False
    return last.replace("_", "-").endswith(("cookie", "cookies", "cookie-header", "cookie-string"))


def _nested(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[") or "\n" in text.strip()


def _mentions_login(text: str) -> bool:
    return "session-token" in text and not is_header_with_login(text)
