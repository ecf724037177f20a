"""Lines of HTTP headers: from the Network tab, a trace, a response, or a file of a REST client.

Read are ``Cookie`` lines (HTTP/2 may send several, one pair in each), or else ``Set-Cookie`` lines.
"""

import re
from typing import Final

import msgspec

from creditcurve.cookie.formats.found import Format, Found, SentHeader, StoredCookie
from creditcurve.cookie.formats.pairs import read_set_cookie
from creditcurve.cookie.header import has_session, host_of, origin_of
from creditcurve.cookie.quoting import Piece, joined

_MARK: Final = r"^[ \t]*+(?:[<>*|+~-]{1,2}[ \t]++)?"
_KNOWN: Final = (
    r"(?:accept(?:-\w+)?|authorization|cache-control|connection|content-\w+|date|dnt|host"
    r"|if-[\w-]+|next-[\w-]+|origin|pragma|priority|referer|rsc|sec-[\w-]+|server|te"
    r"|upgrade-insecure-requests|user-agent|vary|x-requested-with)"
)
_HEADER_LINE: Final = rf"(?::[a-z][^\r\n]*+|{_KNOWN}[ \t]*+(?::[^\r\n]*+)?)"
_METHOD: Final = "(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)"
_RECOGNIZED: Final = re.compile(
    rf"{_MARK}(?:{_METHOD}[ \t]++(?:/|https?:|\{{\{{)\S*+(?:[ \t]++HTTP/[\d.]++)?[ \t]*+\r?$"
    rf"|HTTP/[\d.]++[ ]\d|set-cookie[ \t]*+:|(?:headers|get|post|meta|http)[ \t]*+\{{[ \t]*+\r?$"
    rf"|{_HEADER_LINE}\r?$)",
    re.IGNORECASE | re.ASCII | re.MULTILINE,
)
_FIELD: Final = re.compile(
    rf"{_MARK}(?P<set>set-)?cookie[ \t]*+(?::[ \t]*+(?=\S)|:?[ \t]*+\r?\n)(?P<value>[^\r\n]*+)",
    re.IGNORECASE | re.MULTILINE,
)
_HOST_LINE: Final = re.compile(
    rf"{_MARK}(?:host|:authority)[ \t]*+(?::|:?[ \t]*+\r?\n)[ \t]*+(?P<host>[^\s:]++)",
    re.IGNORECASE | re.MULTILINE,
)
_URL: Final = re.compile(
    rf"{_MARK}(?:{_METHOD}[ \t]++|url[ \t]*+:[ \t]*+)(?P<url>https?://[^\s'\"]++)",
    re.IGNORECASE | re.MULTILINE,
)


def _recognizes(text: str) -> bool:
    return _RECOGNIZED.search(text) is not None


def _read(source: Piece) -> Found:
    crumbs: list[Piece] = []
    stored: list[StoredCookie] = []
    origin = _origin(source.text)
    for field in _FIELD.finditer(source.text):
        value = source.group(field, "value").strip(" \t")
        if value.text[:1] in ("'", '"', "`"):
            continue  # a literal of program code
        if field["set"]:
            stored.append(_with_host(read_set_cookie(value), origin))
        else:
            crumbs.append(value)
    header = joined(crumbs, "; ")
    sent = (SentHeader(header, origin),) if crumbs else ()
    if has_session(header.text):
        return Found(sent=sent)
    return Found(sent=sent, stored=tuple(one for one in stored if one.value.text))


def _with_host(cookie: StoredCookie, origin: str | None) -> StoredCookie:
    if cookie.domain or origin is None:
        return cookie
    return msgspec.structs.replace(cookie, domain=host_of(origin), is_host_only=True)


def _origin(text: str) -> str | None:
    if host := _HOST_LINE.search(text):
        return origin_of(f"https://{host['host']}")
    url = _URL.search(text)
    return origin_of(url["url"]) if url else None


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="These headers contain no cookie header",
)
