"""The amounts spent in the past, by clock hour of a time zone, and the whole days they make."""

import bisect
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

import msgspec

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import Curve, midnights
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.sums import Sums
from creditcurve.domain.usual import DayClass, class_of

HOUR_S: Final = 3_600
QUARTER_S: Final = 900


class PastDay(msgspec.Struct, frozen=True):
    """A past day: its class, and the amount spent in each of its 24 hours of local time."""

    day_class: DayClass
    hours: tuple[float, ...]

    @property
    def is_active(self) -> bool:
        """Whether anything was spent."""
        return any(self.hours)


class Spending:
    """The amount spent from one instant to another.

    Attributes:
        from_ms: where the history begins, ms since 1970.
        to_ms: where it ends.
        zone: whose hours and days are meant.
    """

    def __init__(
        self, sums: Mapping[int, float], *, from_ms: int, to_ms: int, zone: tzinfo
    ) -> None:
        """Keep the amounts; ``sums`` is keyed by the start of each clock hour, ms since 1970."""
        self.from_ms = from_ms
        self.to_ms = to_ms
        self.zone = zone
        self._by_hour = sums
        self._sums = Sums(sums)

    def __eq__(self, other: object) -> bool:
        """Return whether this is the same history in the same zone."""
        if not isinstance(other, Spending):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash((self.from_ms, self.to_ms, str(self.zone)))

    def _identity(self) -> tuple[int, int, str, Mapping[int, float]]:
        return self.from_ms, self.to_ms, str(self.zone), self._by_hour

    def between(self, from_ms: int, to_ms: int) -> float:
        """Return the amount of the hours that start within ``[from_ms, to_ms)``."""
        return self._sums.between(from_ms, to_ms)

    def instant_after(self, from_ms: int, amount: float) -> int | None:
        """Return when ``amount`` was spent after an hour's start; None if that is still to come.

        Within an hour the amount is spread evenly.
        """
        amounts, low = self._sums.before, self._sums.index(from_ms)
        wanted = amounts[low] + amount
        after = bisect.bisect_left(amounts, wanted, low + 1)
        if after >= len(amounts):
            return None
        hour_ms, before = self._sums.starts[after - 1], amounts[after - 1]
        share = (wanted - before) / (amounts[after] - before)
        return min(self.to_ms, hour_ms + round(share * HOUR_MS))

    def days(self, until_ms: int | None = None) -> tuple[PastDay, ...]:
        """Return the whole days, oldest first, that have ended by ``until_ms``."""
        ends, days = self._whole_days
        return days if until_ms is None else days[: bisect.bisect_right(ends, until_ms)]

    def instants_at(self, *hours: int) -> Iterator[int]:
        """Yield the starts of these local hours of every day, oldest first."""
        for at_ms in range(self.from_ms, self.to_ms, HOUR_MS):
            if self._local(at_ms).hour in hours:
                yield at_ms

    @functools.cached_property
    def _whole_days(self) -> tuple[Sequence[int], tuple[PastDay, ...]]:
        """The ends of the whole days, ms since 1970, and the days."""
        spans = [
            (start, end)
            for start, end in pairwise(midnights(self.from_ms, self.to_ms, self.zone))
            if start >= self.from_ms and end <= self.to_ms
        ]
        return [end for _, end in spans], tuple(self._day(*span) for span in spans)

    def _day(self, start: int, end: int) -> PastDay:
        hours = [0.0] * 24
        for at_ms in range(start, end, HOUR_MS):
            hours[self._local(at_ms).hour] += self._by_hour.get(at_ms, 0.0)
        return PastDay(class_of(self._local(start)), tuple(hours))

    def _local(self, at_ms: int) -> datetime:
        return datetime.fromtimestamp(at_ms / 1000, self.zone)


def hour_bucket_s(zone: tzinfo, at_ms: int) -> int:
    """Return the bucket, in seconds, that divides the clock hours of a zone."""
    offset = datetime.fromtimestamp(at_ms / 1000, zone).utcoffset() or timedelta()
    return HOUR_S if offset % timedelta(hours=1) == timedelta() else QUARTER_S


def hourly_sums(curve: Curve, zone: tzinfo) -> dict[int, Credits]:
    """Return the credits of all series by the start of each clock hour of a zone, ms since 1970.

    Args:
        curve: in buckets of ``hour_bucket_s``.
        zone: whose hours are meant.
    """
    amounts: dict[int, list[Credits]] = defaultdict(list)
    for series in curve.series:
        for t_ms, v in zip(series.t, series.v, strict=True):
            amounts[hour_of(t_ms, zone)].append(v)
    return {start: total(found) for start, found in amounts.items()}


def hour_of(t_ms: int, zone: tzinfo) -> int:
    """Return the start of the clock hour of a zone that contains an instant."""
    local = datetime.fromtimestamp(t_ms / 1000, zone)
    return t_ms // 1000 * 1000 - (local.minute * 60 + local.second) * 1000
