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

    @property
    def is_even(self) -> bool:
        """Whether it has each of 24 hours once: no clock change, and nothing of it is over."""
        return len(self.slots) == DAY_MS // HOUR_MS and self.slots[0].share == 1


class HoursAhead:
    """The hours to come of a zone, from any instant; whole days are made once."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._whole: dict[int, DayToCome] = {}
        """By their midnight, ms since 1970."""

    def days(self, now_ms: int, days: int = HORIZON_DAYS) -> tuple[DayToCome, ...]:
        """Return the rest of today and the days after it, each in hours."""
        found = (
            self._whole_day(start, end) if start >= now_ms else self._rest(start, end, now_ms)
            for start, end in pairwise(midnights(now_ms, now_ms + days * DAY_MS, self._zone))
        )
        return tuple(day for day in found if day.slots)

    def _whole_day(self, start: int, end: int) -> DayToCome:
        found = self._whole.get(start)
        if found is None:
            found = self._whole[start] = self._rest(start, end, start)
        return found

    def _rest(self, start: int, end: int, now_ms: int) -> DayToCome:
        """Return the hours of the day from ``start`` to ``end`` that are not over."""
        slots = tuple(
            _slot(at_ms, now_ms, self._zone)
            for at_ms in range(start, end, HOUR_MS)
            if at_ms + HOUR_MS > now_ms
        )
        return DayToCome(class_of(_local(start, self._zone)), slots)


def days_to_come(now_ms: int, zone: tzinfo, days: int = HORIZON_DAYS) -> tuple[DayToCome, ...]:
    """Return the rest of today and the days after it, each in hours."""
    return HoursAhead(zone).days(now_ms, days)


def _slot(at_ms: int, now_ms: int, zone: tzinfo) -> Slot:
    start_ms = max(at_ms, now_ms)
    start = _local(start_ms, zone)
    share = (at_ms + HOUR_MS - start_ms) / HOUR_MS
    hour = start.hour if start_ms == at_ms else _local(at_ms, zone).hour
    return Slot(start_ms, share, hour, start.hour * 60 + start.minute)


def _local(at_ms: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, zone)
