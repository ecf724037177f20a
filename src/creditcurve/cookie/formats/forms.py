"""The forms in which a clipboard holds a cookie: which one a text is, and what stands in it.

``read`` says what was found, whoever's it is and whatever it is worth; ``cookie.py`` judges. The
JSON forms are read in ``cookie_exports.py``. Nothing here raises.

Sources: the copy functions of Chromium's, Firefox's and WebKit's developer tools, curl's manual,
the Netscape cookie file as curl writes it.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from typing import Final

from creditcurve.cookie.formats.exports import Form, Kept, Sent, Snippet, read_json
from creditcurve.cookie.header import expiry_ms, host_of
from creditcurve.cookie.quoting import (
    JS_STRING,
    PS_STRING,
    Piece,
    joined,
    js_string,
    ps_string,
    shell_words,
)

BLANK: Final = " \t\r\n\ufeff\u00a0\u3000\u200b"
"""What may stand around the whole: spaces and line ends, those of a web page or a document too."""

_URL: Final = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_CURL: Final = re.compile(
    r"""\A(?:(?:\$\s+)?(?:curl(?:\.exe)?|wget)\s|(?:-[Hb]|--header|--cookie)\s+[$^]?["'])"""
)
_SEPARATORS: Final = frozenset({";", "&", "&&", "|"})
_KINDS: Final = ("header", "cookie", "url")
_OPTION: Final = re.compile(r"\s*(?:(-H|--header)|(-b|--cookie)|(--url))\Z")
_ATTACHED: Final = re.compile(r"\s*(?:(-H|--header=)|(-b|--cookie=)|(--url=))(?=.)", re.DOTALL)
_CURL_HEADER: Final = re.compile(r"\s*cookie\s*:(?P<value>.*)", re.IGNORECASE | re.DOTALL)

_PS_COOKIE: Final = re.compile(
    rf"System\.Net\.Cookie\]?(?:::new)?\s*\(\s*(?P<name>{PS_STRING})\s*,\s*(?P<value>{PS_STRING})"
    rf"(?:\s*,\s*{PS_STRING}(?:\s*,\s*(?P<domain>{PS_STRING}))?)?",
    re.IGNORECASE | re.DOTALL,
)
_POWERSHELL: Final = re.compile(
    r"\A(?:\$\w+\s*=\s*New-Object\s|(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\s)"
    r"|System\.Net\.Cookie\]?(?:::new)?\s*\(",
    re.IGNORECASE,
)
_PS_HEADER: Final = re.compile(
    rf"(?P<quote>[\"'])cookie(?P=quote)\s*=\s*(?P<value>{PS_STRING})", re.IGNORECASE | re.DOTALL
)
_PS_URI: Final = re.compile(rf"-Uri\s+(?P<url>{PS_STRING})", re.IGNORECASE | re.DOTALL)

_FETCH: Final = re.compile(r"\A(?:[\w\s,.=]{0,80}[\s=.])?fetch\s*\(\s*[\"'`]")
_FETCH_CALL: Final = re.compile(rf"fetch\s*\(\s*(?P<url>{JS_STRING})", re.DOTALL)
_JS_HEADER: Final = re.compile(
    rf"(?<![\w-])(?P<quote>[\"'`]?)cookie(?P=quote)\s*:\s*(?P<value>{JS_STRING})",
    re.IGNORECASE | re.DOTALL,
)
_CODE: Final = re.compile(
    rf"\A[^\n;]*\n.*?(?P<quote>[\"'])cookie(?P=quote)\s*:\s*{JS_STRING}",
    re.IGNORECASE | re.DOTALL,
)
_JSON: Final = re.compile(r"\A[\[{]")

_NETSCAPE_LINE: Final = re.compile(
    r"""
    ^(?:\#HttpOnly_)?(?P<domain>[^\s\#]\S*)
    [ \t]+(?P<subdomains>TRUE|FALSE) [ \t]+/\S* [ \t]+(?:TRUE|FALSE)
    [ \t]+(?P<expires>-?\d{1,20}(?:\.\d{1,9})?)
    [ \t]+(?P<name>\S+) (?:(?:\t|[ ]++)(?P<value>[^\r\n]*+))? \r?$
    """,
    re.VERBOSE | re.MULTILINE | re.ASCII | re.IGNORECASE,
)
_NETSCAPE: Final = re.compile(
    rf"\A\#[ ](?:Netscape[ ])?HTTP[ ]Cookie[ ]File|{_NETSCAPE_LINE.pattern}", _NETSCAPE_LINE.flags
)

_KNOWN_HEADER: Final = (
    r"(?:accept(?:-\w+)?|authorization|cache-control|connection|content-\w+|dnt|host|if-[\w-]+"
    r"|next-[\w-]+|origin|pragma|priority|referer|rsc|sec-[\w-]+|te|upgrade-insecure-requests"
    r"|user-agent|x-requested-with)"
)
_HEADER_LINE: Final = rf"(?::[a-z][^\r\n]*+|{_KNOWN_HEADER}[ \t]*+(?::[^\r\n]*+)?)"
_HEADERS: Final = re.compile(
    r"\A(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ ](?:/|https?:)\S*(?:[ ]HTTP/[\d.]+)?\s*\n"
    rf"|HTTP/[\d.]+[ ]\d|{_HEADER_LINE}\r?\n"
    rf"|cookie[ \t]*+(?::[^\r\n]*+|:?[ \t]*+\r?\n[^\r\n]*+)\r?\n{_HEADER_LINE}(?:\r?\n|\Z))",
    re.IGNORECASE | re.ASCII,
)
_COOKIE_LINE: Final = re.compile(
    r"^cookie[ \t]*+(?::[ \t]*+(?=\S)|:?[ \t]*+\r?\n)(?P<value>[^\r\n]*+)",
    re.IGNORECASE | re.MULTILINE,
)
_HOST_LINE: Final = re.compile(
    r"^(?:host|:authority)[ \t]*+(?::|:?[ \t]*+\r?\n)[ \t]*+(?P<host>[^\s:]++)",
    re.IGNORECASE | re.MULTILINE,
)

_QUOTED: Final = re.compile(r"""(["'`])(?P<inner>.*)\1[ \t]*[,;]?\Z""", re.DOTALL)
_PREFIX: Final = re.compile(r"cookie(?:[ \t]*:|[ \t]*\r?\n|\t)", re.IGNORECASE)


def read(pasted: str) -> Snippet:
    """What a pasted text holds; a text of no known form is taken for a cookie header."""
    source = Piece.whole(pasted).strip(BLANK)
    readers = (reader for mark, reader in _READERS if mark.search(source.text))
    return next(readers, _header)(source)


def _json(source: Piece) -> Snippet:
    return read_json(source) or _javascript(source, Form.JSON)


def _code(source: Piece) -> Snippet:
    return _javascript(source, Form.CODE)


def _curl(source: Piece) -> Snippet:
    commands: list[list[Piece]] = [[]]
    for word in shell_words(source):
        if word.text in _SEPARATORS:
            commands.append([])
        else:
            commands[-1].append(word)
    requests = (_curl_request(words) for words in commands)
    return Snippet(Form.CURL, sent=tuple(request for request in requests if request))


def _curl_request(words: list[Piece]) -> Sent | None:
    host: str | None = None
    crumbs: list[Piece] = []
    for kind, word in _arguments(words):
        if kind == "url":
            host = host or host_of(word.text)
        elif kind == "cookie" and "=" in word.text:  # without it curl takes it for a file's name
            crumbs.append(word)
        elif kind == "header" and (match := _CURL_HEADER.fullmatch(word.text)):
            crumbs.append(word.group(match, "value"))
    return Sent(joined((c.strip(" \t") for c in crumbs), "; "), host) if crumbs else None


def _arguments(words: list[Piece]) -> Iterator[tuple[str, Piece]]:
    """The options that matter here with their arguments, and the addresses."""
    rest = iter(words)
    for word in rest:
        if option := _OPTION.match(word.text):
            if (argument := next(rest, None)) is not None:
                yield _KINDS[(option.lastindex or 1) - 1], argument
        elif attached := _ATTACHED.match(word.text):
            yield _KINDS[(attached.lastindex or 1) - 1], word.cut(attached.end())
        elif _URL.match(word.text):
            yield "url", word


def _powershell(source: Piece) -> Snippet:
    kept = tuple(
        Kept(
            name=ps_string(source.group(match, "name")),
            value=ps_string(source.group(match, "value")),
            domain=_domain(match),
        )
        for match in _PS_COOKIE.finditer(source.text)
    )
    uri = _PS_URI.search(source.text)
    host = host_of(ps_string(source.group(uri, "url")).text) if uri else None
    sent = tuple(
        Sent(ps_string(source.group(match, "value")).strip(" \t"), host)
        for match in _PS_HEADER.finditer(source.text)
    )
    return Snippet(Form.POWERSHELL, sent=sent, kept=kept)


def _domain(match: re.Match[str]) -> str | None:
    """The domain of a ``System.Net.Cookie``; Firefox may put the port along with it."""
    quoted = match["domain"]
    return quoted[1:-1].partition(":")[0] or None if quoted else None


def _javascript(source: Piece, form: Form) -> Snippet:
    """``fetch`` calls as copied for Node.js, and headers in code of other kinds."""
    calls = list(_FETCH_CALL.finditer(source.text))
    starts = [call.start() for call in calls]
    sent = []
    for match in _JS_HEADER.finditer(source.text):
        number = bisect(starts, match.start())
        url = source.group(calls[number - 1], "url") if number else None
        host = host_of(js_string(url).text) if url else None
        sent.append(Sent(js_string(source.group(match, "value")).strip(" \t"), host))
    return Snippet(form, sent=tuple(sent))


def _netscape(source: Piece) -> Snippet:
    kept = tuple(
        Kept(
            name=source.group(match, "name"),
            value=source.group(match, "value") if match["value"] else Piece.unplaced(""),
            domain=match["domain"],
            is_host_only=match["subdomains"].upper() == "FALSE",
            expires_at_ms=expiry_ms(match["expires"]),
        )
        for match in _NETSCAPE_LINE.finditer(source.text)
    )
    return Snippet(Form.NETSCAPE, kept=kept)


def _header_block(source: Piece) -> Snippet:
    """A request's headers as the Network tab shows them; HTTP/2 may carry a cookie in crumbs."""
    crumbs = [source.group(m, "value").strip(" \t") for m in _COOKIE_LINE.finditer(source.text)]
    if not crumbs:
        return Snippet(Form.HEADERS)
    host = _HOST_LINE.search(source.text)
    return Snippet(Form.HEADERS, sent=(Sent(joined(crumbs, "; "), host["host"] if host else None),))


def _header(source: Piece) -> Snippet:
    """A cookie header alone, in quotes or not, with its name or without."""
    line = _JS_HEADER.fullmatch(source.text.rstrip(", "))
    if line is not None and line["quote"]:
        return Snippet(Form.HEADER, sent=(Sent(js_string(source.group(line, "value"))),))
    header = _without_quotes(source)
    prefix = _PREFIX.match(header.text)
    if prefix is not None:
        header = _without_quotes(header.cut(prefix.end()).strip(BLANK))
    return Snippet(Form.HEADER, sent=(Sent(header),))


def _without_quotes(source: Piece) -> Piece:
    quoted = _QUOTED.match(source.text)
    return source if quoted is None else source.group(quoted, "inner").strip(BLANK)


def _address(_source: Piece) -> Snippet:
    return Snippet(Form.ADDRESS)


_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[Piece], Snippet]], ...]] = (
    (_JSON, _json),
    (_CURL, _curl),
    (_POWERSHELL, _powershell),
    (_FETCH, _code),
    (_NETSCAPE, _netscape),
    (_HEADERS, _header_block),
    (_CODE, _code),
    (re.compile(rf"\A{_URL.pattern}", re.IGNORECASE), _address),
)
"""What each form is known by, in the order in which they are tried."""
