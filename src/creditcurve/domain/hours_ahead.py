"""The hours to come of a time zone: the rest of today, and whole days after it."""

from datetime import datetime, tzinfo
from itertools import pairwise
from typing import Final

import msgspec

from creditcurve.domain.curve import midnights
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.usual import DayClass, class_of

HORIZON_DAYS: Final = 45


class Slot(msgspec.Struct, frozen=True):
    """An hour to come.

    Attributes:
        start_ms: where it starts, ms since 1970; the first one starts now.
        share: the share of the hour that remains.
        hour: the local hour.
        minute: the local minute of the day at its start.
    """

    start_ms: int
    share: float
    hour: int
    minute: int


class DayToCome(msgspec.Struct, frozen=True):
    """A day to come; the first begins now, the others at midnight."""

    day_class: DayClass
    slots: tuple[Slot, ...]


def days_to_come(now_ms: int, zone: tzinfo, days: int = HORIZON_DAYS) -> tuple[DayToCome, ...]:
    """Return the rest of today and the days after it, each in hours."""
    found = []
    for start, end in pairwise(midnights(now_ms, now_ms + days * DAY_MS, zone)):
        slots = tuple(
            _slot(at_ms, now_ms, zone)
            for at_ms in range(start, end, HOUR_MS)
            if at_ms + HOUR_MS > now_ms
        )
        if slots:
            found.append(DayToCome(class_of(_local(start, zone)), slots))
    return tuple(found)


def _slot(at_ms: int, now_ms: int, zone: tzinfo) -> Slot:
    start_ms = max(at_ms, now_ms)
    start = _local(start_ms, zone)
    share = (at_ms + HOUR_MS - start_ms) / HOUR_MS
    return Slot(start_ms, share, _local(at_ms, zone).hour, start.hour * 60 + start.minute)


def _local(at_ms: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, zone)
