"""Instants and ranges as a query names them."""

from creditcurve.api.http.problems import invalid
from creditcurve.domain.instant import HOUR_MS, from_iso

_LAST_MS = 253_402_300_799_999
"""The end of the year 9999: the last instant that can be written."""


def read_instant(field: str, text: str) -> int:
    """ISO 8601 with a zone, or milliseconds since 1970 as the answers' own columns hold them.

    Raises:
        Problem: 422 naming the field.
    """
    if text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_MS)):
        t_ms = int(text)
    else:
        try:
            t_ms = from_iso(text)
        except (ValueError, OverflowError) as error:
            raise invalid(field, f"{field} is {_why(error)}.") from error
    if not 0 <= t_ms <= _LAST_MS:
        raise invalid(field, f"{field} lies outside the years 1970 to 9999.")
    return t_ms


def optional_instant(field: str, text: str | None) -> int | None:
    """An instant where one was given."""
    return None if text is None else read_instant(field, text)


def read_range(
    *, hours: int | None, start: str | None, end: str | None, now_ms: int, default_hours: int
) -> tuple[int, int]:
    """The range ``[from, to)`` in milliseconds that ``hours``, or ``from`` and ``to``, ask for.

    Raises:
        Problem: 422 naming the field.
    """
    if hours is not None and (start is not None or end is not None):
        raise invalid("hours", "Give either hours, or from and to.")
    to_ms = now_ms if end is None else read_instant("to", end)
    if start is None:
        return to_ms - (hours or default_hours) * HOUR_MS, to_ms
    from_ms = read_instant("from", start)
    if from_ms >= to_ms:
        raise invalid("from", "from must lie before to.")
    return from_ms, to_ms


def _why(error: Exception) -> str:
    text = str(error)
    return text if text.startswith("not an") else "a moment that does not exist"
