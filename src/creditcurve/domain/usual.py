"""The usual spend per hour of day, on weekdays and on weekends: quartiles of past hours.

Only hours that were watched from beginning to end are samples; an hour without requests is a sample
of zero. Fewer than ``MIN_SAMPLES`` samples give no figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.coverage import Gap
from creditcurve.domain.credits import Credits, normal
from creditcurve.domain.instant import HOUR_MS

MIN_SAMPLES: Final = 8
SATURDAY: Final = 5


class DayClass(StrEnum):
    """Days that resemble each other."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"


class UsualHour(msgspec.Struct, frozen=True, kw_only=True):
    """Quartiles of the credits spent in one hour of the day, from ``n`` samples."""

    day_class: DayClass
    hour: int
    p25: Credits
    p50: Credits
    p75: Credits
    n: int


def class_of(at: date) -> DayClass:
    """Return the class of a local day; a local time is a day, too."""
    return DayClass.WEEKEND if at.weekday() >= SATURDAY else DayClass.WEEKDAY


def usual_hours(
    sums: Mapping[int, Credits], gaps: Sequence[Gap], *, from_ms: int, to_ms: int, zone: tzinfo
) -> tuple[UsualHour, ...]:
    """Return the quartiles of every hour of day that has enough samples.

    Args:
        sums: credits by the start of each clock hour (ms since 1970); missing hours are zero.
        gaps: the gaps of the range; hours that touch one are left out.
        from_ms: the start of the first hour.
        to_ms: the end of the last one; an hour that has not ended is no sample.
        zone: whose hours and days are meant.
    """
    samples: dict[tuple[DayClass, int], list[Credits]] = defaultdict(list)
    for start in watched_hours(gaps, from_ms, to_ms):
        at = datetime.fromtimestamp(start / 1000, zone)
        samples[class_of(at), at.hour].append(sums.get(start, 0))
    return tuple(
        _usual(*key, sorted(found))
        for key, found in sorted(samples.items())
        if len(found) >= MIN_SAMPLES
    )


def watched_hours(gaps: Sequence[Gap], from_ms: int, to_ms: int) -> Iterable[int]:
    """Yield the starts of the whole hours from ``from_ms`` to ``to_ms`` that touch no gap."""
    waiting = sorted(gaps)
    at = 0
    for start in range(from_ms, to_ms - HOUR_MS + 1, HOUR_MS):
        while at < len(waiting) and waiting[at].to_ms <= start:
            at += 1
        if at == len(waiting) or waiting[at].from_ms >= start + HOUR_MS:
            yield start


def _usual(day_class: DayClass, hour: int, found: list[Credits]) -> UsualHour:
    return UsualHour(
        day_class=day_class,
        hour=hour,
        p25=quantile(found, 1),
        p50=quantile(found, 2),
        p75=quantile(found, 3),
        n=len(found),
    )


def quantile(ordered: Sequence[Credits], quarter: int) -> Credits:
    """Return a quartile by linear interpolation between neighbours (type 7), exactly.

    Args:
        ordered: at least one value, rising.
        quarter: 1, 2 or 3.
    """
    whole, rest = divmod((len(ordered) - 1) * quarter, 4)
    low = ordered[whole]
    if not rest:
        return low
    return normal(low + (ordered[whole + 1] - low) * rest / Decimal(4))
