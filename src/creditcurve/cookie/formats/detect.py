"""The formats, and which of them a text is.

A new format is a module with ``FORMAT`` in this folder, and its line in ``FORMATS``.
"""

from typing import Final

import msgspec

from creditcurve.cookie.formats import (
    address,
    by_name,
    code,
    curl,
    headers,
    httpie,
    json_export,
    lines,
    netscape,
    plain_header,
    powershell,
    table,
)
from creditcurve.cookie.formats.found import Format, Found, SentHeader
from creditcurve.cookie.formats.plain_header import header_in, is_like_header
from creditcurve.cookie.quoting import Piece

FORMATS: Final[tuple[Format, ...]] = (
    plain_header.FORMAT,
    netscape.FORMAT,
    json_export.FORMAT,
    curl.FORMAT,
    httpie.FORMAT,
    powershell.FORMAT,
    headers.FORMAT,
    table.FORMAT,
    lines.FORMAT,
    code.FORMAT,
    plain_header.BROKEN,
    by_name.FORMAT,
    address.FORMAT,
)
"""The formats in the order of their trial: strict grammars first."""


class Detected(msgspec.Struct, frozen=True):
    """The content of a text, and the format that it was read as (None: a header)."""

    found: Found
    format: Format | None


def detect(source: Piece) -> Detected:
    """Return the content of the first format that finds a login.

    If no format does, the text is a cookie header without a login if it looks like one, else the
    first format that recognizes it. Other texts have no content: they are never sent.
    """
    first: Detected | None = None
    for form in FORMATS:
        if not form.recognizes(source.text):
            continue
        detected = Detected(form.read(source), form)
        if detected.found.has_login or detected.found.is_final:
            return detected
        if first is None or not (first.found.sent or first.found.stored):
            first = detected if first is None or detected.found.sent else first
    header = header_in(source)
    if is_like_header(header.text) and (first is None or not first.found.sent):
        return Detected(Found(sent=(SentHeader(header),)), None)
    return first or Detected(Found(), None)
