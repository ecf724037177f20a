"""The address of a page, pasted instead of a cookie."""

import re
from typing import Final

from creditcurve.cookie.formats.found import Format, Found
from creditcurve.cookie.quoting import Piece

_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)


def _recognizes(text: str) -> bool:
    return _URL.fullmatch(text) is not None


def _read(_: Piece) -> Found:
    return Found()


FORMAT: Final = Format(
    recognizes=_recognizes, read=_read, nothing_found="This is an address, not a cookie"
)
