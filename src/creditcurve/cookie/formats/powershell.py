"""PowerShell, as browsers copy it and as people write it: cookies in a session, or headers."""

import re
from typing import Final

from creditcurve.cookie.formats.found import Format, Found, SentHeader, StoredCookie
from creditcurve.cookie.header import origin_of
from creditcurve.cookie.quoting import PS_STRING, Piece, ps_string

_NEW_COOKIE: Final = (
    r"System\.Net\.Cookie['\"]?\]?(?:::new)?(?:\s+-ArgumentList)?\s*(?:@?\(|(?=['\"]))"
)
_COOKIE: Final = re.compile(
    rf"{_NEW_COOKIE}\s*(?P<name>{PS_STRING})\s*,\s*(?P<value>{PS_STRING})"
    rf"(?:\s*,\s*{PS_STRING}(?:\s*,\s*(?P<domain>{PS_STRING}))?)?",
    re.IGNORECASE | re.DOTALL,
)
_RECOGNIZED: Final = re.compile(
    rf"\$\w++\s*=\s*New-Object\s|(?<![\w-])(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\s"
    rf"|{_NEW_COOKIE}|\$[\w:]++(?:\.\w++|\[['\"][\w-]++['\"]\])?\s*=\s*(?:@\{{|['\"])",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    rf"(?<![\w.-])(?P<quote>[\"']?)(?:\$(?:env:)?)?\w{{0,32}}cookies?(?P=quote)\]?"
    rf"\s*[=,]\s*(?P<value>{PS_STRING})",
    re.IGNORECASE | re.DOTALL,
)
_URI: Final = re.compile(rf"-Uri\s+(?P<url>{PS_STRING}|[^\s'\"]++)", re.IGNORECASE | re.DOTALL)
_URL: Final = re.compile(r"https?://[^\s'\"`)]++", re.IGNORECASE)


def _recognizes(text: str) -> bool:
    return _RECOGNIZED.search(text) is not None


def _read(source: Piece) -> Found:
    cookies = tuple(
        StoredCookie(
            name=ps_string(source.group(match, "name")),
            value=ps_string(source.group(match, "value")),
            domain=_domain(match),
        )
        for match in _COOKIE.finditer(source.text)
    )
    origin = _origin(source)
    sent = tuple(
        SentHeader(ps_string(source.group(match, "value")).strip(" \t"), origin)
        for match in _FIELD.finditer(source.text)
        if "=" in match["value"]
    )
    return Found(sent=sent, stored=cookies)


def _origin(source: Piece) -> str | None:
    if uri := _URI.search(source.text):
        return origin_of(uri["url"].strip("'\""))
    url = _URL.search(source.text)
    return origin_of(url[0]) if url else None


def _domain(match: re.Match[str]) -> str | None:
    """Return the domain of a ``System.Net.Cookie`` without the port that Firefox adds."""
    quoted = match["domain"]
    return quoted[1:-1].partition(":")[0] or None if quoted else None


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="The PowerShell command contains no cookie for the site",
)
