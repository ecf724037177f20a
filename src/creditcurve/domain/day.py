"""Days of a time zone: credits, requests and completeness, by series.

A day starts at the zone's midnight and has 23 to 25 hours where the clocks change.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from itertools import pairwise

import msgspec

from creditcurve.domain.coverage import Gap, known_share
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import Curve, midnights


class SeriesSum(msgspec.Struct, frozen=True):
    """The sum of one series over a day: ``v`` credits in ``n`` requests."""

    key: str
    v: Credits
    n: int


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day.

    Attributes:
        date: the day in the zone.
        from_ms: its midnight, ms since 1970.
        to_ms: the next midnight.
        total: credits.
        requests: counted requests.
        complete: the share of the day, up to now, without a gap: 0 to 1; None for a future day.
        series: most credits first.
    """

    date: date
    from_ms: int
    to_ms: int
    total: Credits
    requests: int
    complete: float | None
    series: tuple[SeriesSum, ...]


def days(curve: Curve, *, zone: tzinfo, now_ms: int) -> tuple[Day, ...]:
    """Return every day of a curve, oldest first, days without requests included.

    Args:
        curve: in buckets of a day (``DAY_S``) of the same zone; it begins at a midnight.
        zone: whose days are meant.
        now_ms: completeness counts up to this instant.
    """
    sums: dict[int, list[SeriesSum]] = defaultdict(list)
    for one in curve.series:
        for t_ms, v, n in zip(one.t, one.v, one.n, strict=True):
            sums[t_ms].append(SeriesSum(one.key, v, n))
    return tuple(
        Day(
            date=datetime.fromtimestamp(start / 1000, zone).date(),
            from_ms=start,
            to_ms=end,
            total=total(one.v for one in sums[start]),
            requests=sum(one.n for one in sums[start]),
            complete=known_share(
                clipped(curve.gaps, start, end), from_ms=start, to_ms=end, now_ms=now_ms
            ),
            series=tuple(sorted(sums[start], key=lambda one: (-one.v, one.key))),
        )
        for start, end in pairwise(midnights(curve.from_ms, curve.to_ms, zone))
    )


def clipped(gaps: Iterable[Gap], from_ms: int, to_ms: int) -> list[Gap]:
    """Return the parts of the gaps within ``[from_ms, to_ms)``."""
    return [
        Gap(max(gap.from_ms, from_ms), min(gap.to_ms, to_ms), gap.kind)
        for gap in gaps
        if gap.to_ms > from_ms and gap.from_ms < to_ms
    ]
