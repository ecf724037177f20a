"""What is found in a pasted text, and the forms that are JSON.

HAR files, the exports of Cookie-Editor, EditThisCookie and their kin, the copies of Firefox's
Cookies and Headers tabs, headers in Postman's form: told apart by their fields, wherever in the
document they stand, because each of them has been seen inside one wrapper or another.
"""

import json
import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import cached_property
from typing import Final

import msgspec

from creditcurve.cookie.header import expiry_ms, host_of, session_part
from creditcurve.cookie.quoting import JS_STRING, Piece, joined, js_string

Fields = Mapping[str, object]

_NAME: Final = ("name", "key", "name raw")
_VALUE: Final = ("value", "content raw")
_DOMAIN: Final = re.compile(r"(?:https?://)?([^/:]+)", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[ -~]*")
_STRING: Final = re.compile(JS_STRING, re.DOTALL)


class Form(Enum):
    """What kind of text was pasted."""

    HEADER = auto()
    HEADERS = auto()
    CURL = auto()
    POWERSHELL = auto()
    CODE = auto()
    JSON = auto()
    HAR = auto()
    NETSCAPE = auto()
    ADDRESS = auto()


class Sent(msgspec.Struct, frozen=True):
    """A cookie header as a request carried it, with the request's host and time where known."""

    header: Piece
    host: str | None = None
    at_ms: int | None = None
    expires_at_ms: int | None = None


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One cookie as a browser keeps it; without a domain it is taken for the upstream's."""

    name: Piece
    value: Piece
    domain: str | None = None
    is_host_only: bool = False
    expires_at_ms: int | None = None

    @property
    def pair(self) -> Piece:
        """The pair as it is sent."""
        return joined((self.name, self.value), "=") if self.name.text else self.value


class Snippet(msgspec.Struct, frozen=True):
    """What a pasted text holds: requests' headers, or cookies one by one."""

    form: Form
    sent: tuple[Sent, ...] = ()
    kept: tuple[Kept, ...] = ()


def read_json(source: Piece) -> Snippet | None:
    """What a JSON document holds; None where the text is none, or nested beyond reason."""
    try:
        document = json.loads(source.text, strict=False)
    except (ValueError, RecursionError):
        return None
    reader = _Reader(source)
    reader.take(document)
    form = Form.HAR if reader.is_har else Form.JSON
    return Snippet(form, sent=tuple(reader.sent), kept=tuple(reader.kept))


class _Reader:
    """Walks through a document and takes out what it knows."""

    def __init__(self, source: Piece) -> None:
        self._source = source
        self.sent: list[Sent] = []
        self.kept: list[Kept] = []
        self.is_har = False

    def take(self, document: object) -> None:
        """Walk through the document in its own order, without a call for each level of it."""
        pending: list[tuple[object, bool]] = [(document, False)]
        while pending:
            node, is_about_cookies = pending.pop()
            if isinstance(node, list):
                is_about_cookies = is_about_cookies or any(session_part(name_of(n)) for n in node)
                pending += [(item, is_about_cookies) for item in reversed(node)]
            elif isinstance(node, dict) and not self._take_known(
                node, is_about_cookies=is_about_cookies
            ):
                pending += [(node[key], _is_about_cookies(key)) for key in reversed(node)]

    def _take_known(self, node: Fields, *, is_about_cookies: bool) -> bool:
        """Whether the object was one of those that are known here, and has been taken."""
        if isinstance(request := node.get("request"), dict):
            self.is_har = True
            self._take_request(request, node.get("startedDateTime"))
        elif name_of(node):
            self._take_named(node, is_about_cookies=is_about_cookies)
        elif _is_table(node) and (is_about_cookies or any(map(session_part, node))):
            self.kept += [self._cookie({"name": name, "value": node[name]}) for name in node]
        else:
            values = [node[key] for key in node if key.lower() == "cookie"]
            self.sent += [Sent(self._piece(value)) for value in values if isinstance(value, str)]
            return False
        return True

    def _take_named(self, node: Fields, *, is_about_cookies: bool) -> None:
        """An object with a name and a value: a header, or a cookie."""
        cookie = self._cookie(node)
        if cookie.domain or is_about_cookies:
            self.kept.append(cookie)
        elif cookie.name.text.lower() == "cookie":
            self.sent.append(Sent(cookie.value))

    def _take_request(self, request: Fields, started: object) -> None:
        """A HAR entry's request: the header as it went out, else put together from its cookies."""
        headers = [self._cookie(header) for header in _named(request.get("headers"))]
        cookies = [self._cookie(cookie) for cookie in _named(request.get("cookies"))]
        crumbs = [header.value for header in headers if header.name.text.lower() == "cookie"]
        ends = (c.expires_at_ms for c in cookies if session_part(c.name.text))
        if crumbs or cookies:
            sent = Sent(
                joined(crumbs or [cookie.pair for cookie in cookies], "; "),
                host=host_of(_text(request, "url")),
                at_ms=expiry_ms(started),
                expires_at_ms=min((end for end in ends if end), default=None),
            )
            self.sent.append(sent)

    def _cookie(self, node: Fields) -> Kept:
        """A named object as a cookie, by the field names of all the exporters that are known."""
        fields = {key.lower(): field for key, field in node.items()}
        ends = (fields.get(key) for key in ("expirationdate", "expires", "expiry", "expires raw"))
        domain = _DOMAIN.match(_text(fields, "domain", "host", "host raw"))
        return Kept(
            name=self._piece(_text(fields, *_NAME)),
            value=self._piece(_text(fields, *_VALUE)),
            domain=domain[1] if domain else None,
            is_host_only=fields.get("hostonly") is True,
            expires_at_ms=next((end for end in map(expiry_ms, ends) if end), None),
        )

    def _piece(self, text: str) -> Piece:
        """The text with its place, which is looked up only where a refusal will want to name it."""
        if _PLAIN.fullmatch(text):
            return Piece.unplaced(text)
        return self._strings.get(text) or Piece.unplaced(text)

    @cached_property
    def _strings(self) -> dict[str, Piece]:
        """All strings of the document in their places."""
        quoted = (self._source.group(match, 0) for match in _STRING.finditer(self._source.text))
        return {piece.text: piece for piece in map(js_string, quoted)}


def name_of(node: object) -> str:
    """The name of an object that has a name and a value, as cookies and headers do; else blank."""
    if not isinstance(node, dict):
        return ""
    fields = {key.lower(): field for key, field in node.items()}
    return _text(fields, *_NAME) if any(isinstance(fields.get(k), str) for k in _VALUE) else ""


def _named(nodes: object) -> list[Fields]:
    return [node for node in nodes if name_of(node)] if isinstance(nodes, list) else []


def _text(fields: Fields, *keys: str) -> str:
    """The first of several fields that is a text."""
    return next((text for key in keys if isinstance(text := fields.get(key), str)), "")


def _is_table(node: Fields) -> bool:
    """Whether an object is names and texts: how Firefox copies the cookies of a request."""
    return bool(node) and all(isinstance(value, str) for value in node.values())


def _is_about_cookies(key: str) -> bool:
    return "cookie" in key.lower() and "response" not in key.lower()
