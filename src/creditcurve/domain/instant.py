"""Instants as numbers and as text.

An instant is an integer: milliseconds since 1970-01-01T00:00:00Z. The only text form this program
writes is ISO 8601 in UTC with milliseconds and ``Z``; it also reads the dates of HTTP.
"""

import re
from datetime import UTC, datetime
from typing import Final

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 3_600_000
DAY_MS: Final = 86_400_000

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})",
    re.ASCII,
)
_WRITTEN_LENGTH: Final = len("2025-08-25T13:39:44.230Z")
_CLOCK_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})"
# Compiled at their first use, which ``re`` keeps: a start reads no such date.
_HTTP_DATE = (
    r"(?a)(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3})[a-z]*[ -](?P<year>\d{4}|\d{2}) " + _CLOCK_TIME
)
_ASCTIME = r"(?a)(?P<month>[A-Za-z]{3}) {1,2}(?P<day>\d{1,2}) " + _CLOCK_TIME + r" (?P<year>\d{4})"
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)


def to_iso(t_ms: int) -> str:
    """Format an instant: ``1756129184230`` → ``2025-08-25T13:39:44.230Z``."""
    seconds, millis = divmod(t_ms, 1000)
    instant = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    return f"{instant.isoformat(timespec='seconds')}.{millis:03d}Z"


def from_iso(text: str) -> int:
    """Parse an instant with a zone; digits below the millisecond are cut off.

    Raises:
        ValueError: it is not ISO 8601, has no zone, or does not exist.
    """
    written = _from_written(text)
    if written is not None:
        return written
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError("not an ISO 8601 instant with a time zone, like 2025-08-25T13:39:44.230Z")
    *fields, fraction, zone = match.groups()
    whole = "{}-{}-{}T{}:{}:{}".format(*fields)
    instant = datetime.fromisoformat(whole + ("+00:00" if zone == "Z" else zone))
    return round(instant.timestamp()) * 1000 + int((fraction or "0").ljust(3, "0")[:3])


def _from_written(text: str) -> int | None:
    """Parse the form that is written, which the site sends as well; None for any other text."""
    if len(text) != _WRITTEN_LENGTH or text[4:20:3] != "--T::." or text[-1] != "Z":
        return None
    try:
        return round(datetime.fromisoformat(text).timestamp() * 1000)
    except ValueError:
        return None


def http_date_ms(text: str) -> int | None:
    """Parse one of HTTP's three date formats (RFC 9110, 5.6.7), in UTC; None for other texts.

    As lenient as browsers are with a cookie's ``Expires`` (RFC 6265, 5.1.1): with dashes, without a
    weekday, with other text around it.
    """
    match = re.search(_HTTP_DATE, text) or re.search(_ASCTIME, text)
    if match is None or match["month"].lower() not in _MONTHS:
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    month = _MONTHS.index(match["month"].lower()) + 1
    day, hour, minute, second = (int(match[part]) for part in ("day", "hour", "minute", "second"))
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return round(at.timestamp()) * 1000
    except (ValueError, OverflowError):
        return None
