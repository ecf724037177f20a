"""The Netscape cookie file, as curl, wget, yt-dlp and browser extensions write it."""

import re
from typing import Final

from creditcurve.cookie.formats.found import Format, Found, StoredCookie
from creditcurve.cookie.header import expiry_ms
from creditcurve.cookie.quoting import Piece

_TITLE: Final = re.compile(r"#[ ](?:Netscape[ ])?HTTP[ ]Cookie[ ]File", re.IGNORECASE)
_LINE: Final = re.compile(
    r"""
    ^(?:\#HttpOnly_)?(?P<domain>[^\s\#]\S*+)
    [ \t]++(?P<subdomains>TRUE|FALSE) [ \t]++/\S*+ [ \t]++(?:TRUE|FALSE)
    [ \t]++(?P<expires>-?\d{1,20}(?:\.\d{1,9})?)
    [ \t]++(?P<name>\S++) (?:(?:\t|[ ]++)(?P<value>[^\r\n]*+))? \r?$
    """,
    re.VERBOSE | re.MULTILINE | re.ASCII | re.IGNORECASE,
)


def _recognizes(text: str) -> bool:
    return _TITLE.match(text) is not None or _LINE.search(text) is not None


def _read(source: Piece) -> Found:
    cookies = tuple(
        StoredCookie(
            name=source.group(line, "name"),
            value=source.group(line, "value") if line["value"] else Piece.unplaced(""),
            domain=line["domain"],
            is_host_only=line["subdomains"].upper() == "FALSE",
            expires_at_ms=expiry_ms(line["expires"]),
        )
        for line in _LINE.finditer(source.text)
    )
    return Found(stored=cookies)


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="The cookie file contains no cookie for the site",
)
