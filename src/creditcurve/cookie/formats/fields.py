"""Objects of a document, recognized by the names of their fields in all known exporters."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from creditcurve.cookie.formats.found import StoredCookie
from creditcurve.cookie.formats.tree import Entry, Group, Text, Value
from creditcurve.cookie.header import INVALID, expiry_ms, origin_of, session_part
from creditcurve.cookie.quoting import Piece

_NAME: Final = ("name", "key", "name raw")
_VALUE: Final = ("value", "content raw")
_URL: Final = ("url", "uri", "endpoint", "raw", "href")
_EXPIRES: Final = ("expirationdate", "expires", "expiry", "expires raw")
_DOMAIN: Final = re.compile(r"(?:https?://)?([^/:]+)", re.IGNORECASE)
_ABSOLUTE: Final = re.compile(r"https?://[^\s\"'<>]++", re.IGNORECASE)


def response_cookies(group: Group) -> set[int]:
    """Return the entries with the cookies of a response, if those of the request are there."""
    keys = [entry.key.lower() for entry in group.entries]
    if not any("request" in key and "cookie" in key for key in keys):
        return set()
    return {number for number, key in enumerate(keys) if "response" in key and "cookie" in key}


def cookies_of(value: Value | None) -> list[StoredCookie]:
    """Return the cookies in a list of objects."""
    if not isinstance(value, Group):
        return []
    groups = [entry.value for entry in value.entries if isinstance(entry.value, Group)]
    return [cookie_of(group) for group in groups if name_of(group)]


def cookie_of(group: Group) -> StoredCookie:
    """Return an object as a cookie, by the field names of all known exporters."""
    fields = fields_of(group)
    ends = (expiry_ms(plain_value(fields.get(key))) for key in _EXPIRES)
    domain = _DOMAIN.match(_first_text(fields, ("domain", "host", "host raw")).text)
    host_only = fields.get("hostonly")
    return StoredCookie(
        name=_first_text(fields, _NAME),
        value=_first_text(fields, _VALUE),
        domain=domain[1] if domain else None,
        is_host_only=isinstance(host_only, Text) and host_only.piece.text.lower() == "true",
        expires_at_ms=next((end for end in ends if end), None),
    )


def table_cookie(entry: Entry) -> StoredCookie:
    """Return a cookie of a table whose keys are the names, as Firefox and HTTPie write them."""
    name = Piece.unplaced(entry.key)
    if isinstance(entry.value, Text):
        return StoredCookie(name=name, value=entry.value.piece)
    return msgspec.structs.replace(cookie_of(entry.value), name=name)


def is_table(group: Group) -> bool:
    """Return whether an object maps names to texts, or to objects with a value."""
    return any(entry.key for entry in group.entries) and all(
        not entry.value.is_word
        if isinstance(entry.value, Text)
        else isinstance(field_of(entry.value, "value"), Text)
        for entry in group.entries
        if entry.key
    )


def lists_login(group: Group) -> bool:
    """Return whether a key or a name is that of the login cookie."""
    return any(
        session_part(entry.key or (name_of(entry.value) if isinstance(entry.value, Group) else ""))
        for entry in group.entries
    )


def name_of(group: Group) -> str:
    """Return the name of an object that has a name and a value, as cookies and headers do."""
    fields = fields_of(group)
    if not any(_is_string(fields.get(key)) for key in _VALUE):
        return ""
    return _first_text(fields, _NAME).text


def fields_of(group: Group) -> dict[str, Value]:
    """Return the values of an object by their keys in lower case."""
    return {entry.key.lower(): entry.value for entry in group.entries if entry.key}


def field_of(group: Group, key: str) -> Value | None:
    """Return the value of a key in any case."""
    return fields_of(group).get(key.lower())


def _is_string(value: Value | None) -> bool:
    return isinstance(value, Text) and not value.is_word


def _first_text(fields: dict[str, Value], keys: Iterable[str]) -> Piece:
    texts = (fields.get(key) for key in keys)
    found = (text.piece for text in texts if isinstance(text, Text) and not text.is_word)
    return next(found, Piece.unplaced(""))


def plain_value(value: Value | None) -> object:
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


def origin_in(group: Group) -> str | None:
    """Return the origin of the address in a group: in a field, or as the argument of a call."""
    fields = fields_of(group)
    for key in _URL:
        value = fields.get(key)
        if isinstance(value, Group):
            value = field_of(value, "raw")
        if isinstance(value, Text) and (origin := _origin_of_text(value.piece.text)):
            return origin
    positional = (entry.value for entry in group.entries if not entry.key)
    texts = (value.piece.text for value in positional if isinstance(value, Text))
    return next((o for text in texts if _ABSOLUTE.fullmatch(text) and (o := origin_of(text))), None)


def _origin_of_text(text: str) -> str | None:
    if not _ABSOLUTE.match(text):
        return None
    return origin_of(text) or INVALID


def is_about_cookies(key: str) -> bool:
    """Return whether a key names cookies that are sent."""
    return "cookie" in key.lower() and "response" not in key.lower()


def is_cookie_key(key: str) -> bool:
    """Return whether a key, or the last part of ``a.b.key``, is ``cookie`` or ends with it."""
    last = key.rpartition(".")[2].lower()
    if last.startswith("set"):
        return False
    return last.replace("_", "-").endswith(("cookie", "cookies", "cookie-header", "cookie-string"))
