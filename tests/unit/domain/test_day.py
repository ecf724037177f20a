"""Days of a zone."""

from datetime import date
from zoneinfo import ZoneInfo

from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.curve import Curve, GroupBy, Series, midnights
from creditcurve.domain.day import SeriesSum, days
from creditcurve.domain.instant import HOUR_MS, from_iso

NEW_YORK = ZoneInfo("America/New_York")
FROM_MS = from_iso("2026-10-31T04:00:00Z")
TO_MS = from_iso("2026-11-03T05:00:00Z")


def curve(series: tuple[Series, ...], gaps: tuple[Gap, ...] = ()) -> Curve:
    """Return a curve of three days; the second has 25 hours."""
    return Curve(
        from_ms=FROM_MS,
        to_ms=TO_MS,
        bucket_s=86_400,
        by=GroupBy.MODEL,
        series=series,
        total=0,
        requests=0,
        gaps=gaps,
    )


def line(key: str, points: dict[int, tuple[int, int]]) -> Series:
    """Return a series with credits and requests by day number."""
    starts = list(midnights(FROM_MS, TO_MS, NEW_YORK))
    return Series(
        key=key,
        t=[starts[number] for number in points],
        v=[v for v, _ in points.values()],
        n=[n for _, n in points.values()],
        total=0,
        requests=0,
        last=0,
    )


def test_every_day_of_the_range_is_there_with_its_sums() -> None:
    found = days(
        curve((line("a", {0: (5, 1), 2: (7, 2)}), line("b", {0: (9, 3)}))),
        zone=NEW_YORK,
        now_ms=TO_MS,
    )
    assert [day.date for day in found] == [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)]
    assert [(day.total, day.requests) for day in found] == [(14, 4), (0, 0), (7, 2)]
    assert found[0].series == (SeriesSum("b", 9, 3), SeriesSum("a", 5, 1))
    assert (found[1].to_ms - found[1].from_ms) / HOUR_MS == 25


def test_completeness_is_the_share_of_the_day_without_a_gap() -> None:
    """A gap over midnight counts on both days; a future day has no share."""
    first, second, _ = midnights(FROM_MS, TO_MS - 24 * HOUR_MS, NEW_YORK)
    gap = Gap(second - 6 * HOUR_MS, second + 5 * HOUR_MS, GapKind.NOT_COLLECTING)
    found = days(curve((), (gap,)), zone=NEW_YORK, now_ms=second + 10 * HOUR_MS)
    assert first == FROM_MS
    assert [day.complete for day in found] == [0.75, 0.5, None]
