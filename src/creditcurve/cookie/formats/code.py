"""Program code and configuration: strings in quotes, whatever the language."""

import re
from typing import Final

from creditcurve.cookie.formats import curl
from creditcurve.cookie.formats.document import read_document
from creditcurve.cookie.formats.found import Format, Found, with_origin
from creditcurve.cookie.formats.literals import read_literals
from creditcurve.cookie.header import origin_of
from creditcurve.cookie.quoting import Piece

_URL: Final = re.compile(r"[\"'`](?P<url>https?://[^\s\"'`\\]++)[\"'`]", re.IGNORECASE)
_FETCH: Final = re.compile(r"(?<!\w)fetch\s*\(")


def _recognizes(text: str) -> bool:
    if _FETCH.search(text):
        return True
    has_quote = '"' in text or "'" in text or "`" in text
    return has_quote and ("cookie" in text.lower() or "session-token" in text)


def _read(source: Piece) -> Found:
    found = read_document(read_literals(source, is_document=False), read_nested)
    return with_origin(found, only_origin(source.text))


def only_origin(text: str) -> str | None:
    """Return the origin of the addresses in quotes; None if there are several."""
    origins = {origin for url in _URL.finditer(text) if (origin := origin_of(url["url"]))}
    return origins.pop() if len(origins) == 1 else None


def read_nested(source: Piece) -> Found:
    """Read a string that is itself a command or a document, without strings inside it."""
    if curl.FORMAT.recognizes(source.text) and (found := curl.FORMAT.read(source)).has_login:
        return found
    is_document = source.text.lstrip()[:1] in ("{", "[")
    return read_document(read_literals(source, is_document=is_document), _read_no_further)


def _read_no_further(_: Piece) -> Found:
    return Found()


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="The code contains no cookie for the site "
    "(of the browser's copies, only the one for Node.js has cookies)",
)
