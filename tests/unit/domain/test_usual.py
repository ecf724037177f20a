"""Quartiles of past hours."""

from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.usual import MIN_SAMPLES, DayClass, quantile, usual_hours, watched_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_MS = from_iso("2026-11-01T16:00:00Z")  # midnight in Shanghai
WEEKS = 4


def test_an_hour_has_the_quartiles_of_its_class() -> None:
    """Nine o'clock: 0, 100, ... on weekdays, nothing on weekends."""
    sums = {}
    weekdays = [day for day in range(7 * WEEKS) if day % 7 < 5]
    for number, day in enumerate(weekdays):
        sums[MONDAY_MS + day * DAY_MS + 9 * HOUR_MS] = 100 * number
    end_ms = MONDAY_MS + WEEKS * 7 * DAY_MS
    found = usual_hours(sums, [], from_ms=MONDAY_MS, to_ms=end_ms, zone=SHANGHAI)
    by_hour = {(one.day_class, one.hour): one for one in found}
    nine = by_hour[DayClass.WEEKDAY, 9]
    assert (nine.p25, nine.p50, nine.p75, nine.n) == (475, 950, 1_425, 20)
    assert by_hour[DayClass.WEEKEND, 9].p75 == 0
    assert len(found) == 48


def test_unwatched_hours_are_not_samples() -> None:
    end_ms = MONDAY_MS + WEEKS * 7 * DAY_MS
    nine_ms = MONDAY_MS + 9 * HOUR_MS
    gaps = [
        Gap(nine_ms + day * DAY_MS + 1, nine_ms + day * DAY_MS + 2, GapKind.POSSIBLE_LOSS)
        for day in range(7 * WEEKS - 2 * (MIN_SAMPLES - 1))
    ]
    found = usual_hours({}, gaps, from_ms=MONDAY_MS, to_ms=end_ms, zone=SHANGHAI)
    hours = {(one.day_class, one.hour) for one in found}
    assert (DayClass.WEEKEND, 9) not in hours
    assert (DayClass.WEEKDAY, 10) in hours


def test_an_hour_in_progress_is_not_a_sample() -> None:
    assert list(watched_hours([], MONDAY_MS, MONDAY_MS + 2 * HOUR_MS - 1)) == [MONDAY_MS]


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=50).map(sorted))
def test_quartiles_rise_within_the_values(ordered: list[int]) -> None:
    low, middle, high = (quantile(ordered, quarter) for quarter in (1, 2, 3))
    assert ordered[0] <= low <= middle <= high <= ordered[-1]
