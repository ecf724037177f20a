"""The ends of a range as the user writes them: a date, or an instant with a zone."""

import re
from datetime import date
from typing import Final

from creditcurve.api.http.instants import read_instant
from creditcurve.api.http.problems import ProblemError
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.zone import Zone

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHORT_NUMBER: Final = re.compile(r"^\d{1,12}$", re.ASCII)
"""Seconds since 1970, or 20261101; read as milliseconds it would be an instant before 2001."""


def read_instant_or_date(flag: str, text: str | None, zone: Zone) -> int | None:
    """Return the instant in ms; a date is its first moment in the zone.

    Raises:
        CommandError: the text is neither.
    """
    if text is None:
        return None
    try:
        if _DATE.fullmatch(text):
            return zone.start_of_day_ms(date.fromisoformat(text))
        return read_instant(flag, _SHORT_NUMBER.sub("", text))
    except (ProblemError, ValueError, OverflowError) as error:
        raise CommandError(
            f"{flag} {text} is not a date like 2026-11-01, "
            "or an ISO 8601 instant with a zone like 2026-11-01T08:00:00+08:00.",
            f"{flag} {text} 不是形如 2026-11-01 的日期，"
            "也不是带时区的 ISO 8601 时刻（如 2026-11-01T08:00:00+08:00）。",
            Exit.USAGE,
        ) from error
