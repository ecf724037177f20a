"""The quantiles of paths, the least history for them, and the straight line."""

import pytest

from creditcurve.domain.forecast import (
    MIN_ACTIVE_DAYS,
    MIN_DAYS,
    EmptyAt,
    Unavailable,
    chance_before,
    lack_of_history,
    line_instant,
    quantiles,
)
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.spending import PastDay
from creditcurve.domain.usual import DayClass

NOW_MS = from_iso("2026-11-25T04:00:00Z")
STEADY = PastDay(DayClass.WEEKDAY, (10.0,) * 24)


def test_too_little_history_is_named() -> None:
    idle = PastDay(DayClass.WEEKDAY, (0.0,) * 24)
    assert lack_of_history([STEADY] * (MIN_DAYS - 1), coverage=1) is Unavailable.SHORT_HISTORY
    assert lack_of_history([idle] * 20 + [STEADY], coverage=1) is Unavailable.FEW_ACTIVE_DAYS
    assert lack_of_history([STEADY] * 20, coverage=0.89) is Unavailable.LOW_COVERAGE
    assert lack_of_history([STEADY] * 20, coverage=0.9) is None
    assert lack_of_history([STEADY] * MIN_DAYS, coverage=1) is None
    active = [idle] * MIN_DAYS + [STEADY] * MIN_ACTIVE_DAYS
    assert lack_of_history(active, coverage=1) is None
    assert lack_of_history(active[:-1], coverage=1) is Unavailable.FEW_ACTIVE_DAYS


def test_a_line_continues_at_the_rate_of_the_last_three_hours() -> None:
    assert line_instant(100, 30, NOW_MS) == NOW_MS + 10 * HOUR_MS
    assert line_instant(100, 0, NOW_MS) is None
    assert line_instant(100, -1, NOW_MS) is None


def test_a_line_that_ends_within_a_year_has_an_instant() -> None:
    a_year = 365 * DAY_MS // HOUR_MS
    assert line_instant(a_year, 3, NOW_MS) is None
    assert line_instant(a_year - 1, 3, NOW_MS) == NOW_MS + 365 * DAY_MS - HOUR_MS


PATHS = list(range(0, 1_010, 10))
"""101 paths, the first of which reaches zero at 0, and the last at 1,000."""


@pytest.mark.parametrize(
    ("days", "expected"),
    [(10**9, EmptyAt(100, 500, 900)), (9, EmptyAt(0, 500, 1_000)), (33, EmptyAt(70, 500, 920))],
)
def test_a_range_is_wider_the_fewer_days_it_is_drawn_from(days: int, expected: EmptyAt) -> None:
    found = quantiles(PATHS, days)
    assert found.p50 == expected.p50
    assert (found.p10, found.p90) == pytest.approx((expected.p10, expected.p90), abs=10)


def test_two_days_give_the_whole_range_and_the_order_of_paths_does_not_matter() -> None:
    assert quantiles(PATHS[::-1], 2) == EmptyAt(0, 500, 1_000)


def test_paths_that_never_reach_zero_are_later_than_all_others() -> None:
    most: list[int | None] = [None, 5, None, 1, 2]
    assert quantiles(most, 10**9) == EmptyAt(1, 5, None)
    assert quantiles([None], 10**9) == EmptyAt(None, None, None)


def test_the_chance_is_the_share_of_paths_that_reach_zero_before() -> None:
    assert chance_before([1, 2, None, 4], 4) == 0.5
    assert chance_before([1, 2, None, 4], 5) == 0.75
    assert chance_before([None], 5) == 0
