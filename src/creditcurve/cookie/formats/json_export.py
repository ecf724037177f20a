"""JSON, and other literals that begin with a bracket: HAR, exports, sessions and collections."""

import re
from typing import Final

from creditcurve.cookie.formats.code import read_nested
from creditcurve.cookie.formats.document import read_document
from creditcurve.cookie.formats.found import Format, Found
from creditcurve.cookie.formats.literals import read_literals
from creditcurve.cookie.formats.tree import Group
from creditcurve.cookie.quoting import Piece

_START: Final = re.compile(r"[\[{]\s*+(?:[\"'{\[\]}]|[\w$-]++\s*+[,:\]}]|\Z)")


def _recognizes(text: str) -> bool:
    return _START.match(text) is not None


def _read(source: Piece) -> Found:
    document = read_literals(source, is_document=True)
    found = read_document(document, read_nested)
    if _is_cut_off(document) and found.stored:
        return Found(found.sent, is_final=True)  # the missing rest may contain pieces of the login
    return found


def _is_cut_off(document: Group) -> bool:
    first = document.entries[0].value if document.entries else None
    return isinstance(first, Group) and not first.is_closed


FORMAT: Final = Format(
    recognizes=_recognizes,
    read=_read,
    nothing_found="The JSON is incomplete or contains no cookie for the site "
    "(a sanitized HAR has none)",
)
