"""Bars and a small curve of block characters, or of ASCII where the terminal lacks these."""

import sys
from collections.abc import Sequence
from typing import Final

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_HEIGHTS: Final = " ▁▂▃▄▅▆▇█"
_HEIGHTS_ASCII: Final = " .:-=+*#@"


def bar(share: float, width: int, *, encoding: str | None = None) -> str:
    """Return a bar of a share of ``width`` characters; a share above zero is never empty."""
    if not _can_encode(_EIGHTHS, encoding):
        return "#" * max(round(share * width), int(share > 0))
    eighths = max(round(share * width * 8), int(share > 0))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def heights(values: Sequence[float | None], *, encoding: str | None = None) -> str:
    """Return one character for each value: its height, ``·`` for an unknown one."""
    is_unicode = _can_encode(_HEIGHTS, encoding)
    levels, unknown = (_HEIGHTS, "·") if is_unicode else (_HEIGHTS_ASCII, "?")
    most = max((value for value in values if value), default=0.0)
    return "".join(unknown if value is None else levels[_level(value, most)] for value in values)


def _level(value: float, most: float) -> int:
    """Return the height from 0 to 8; a value above zero is always visible."""
    return max(round(8 * value / most), 1) if value > 0 else 0


def _can_encode(text: str, encoding: str | None) -> bool:
    try:
        text.encode(encoding or sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
