"""The hour before which single requests are removed."""

import pytest

from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.retention import Horizon, due_before, hour_after, hour_of, quarter_of

HOUR = 1_760_000_000_000 // HOUR_MS * HOUR_MS


@pytest.mark.parametrize(
    ("newest_ms", "now_ms"), [(HOUR + 5, HOUR + 9 * DAY_MS), (HOUR + 9 * DAY_MS, HOUR + 5)]
)
def test_days_are_counted_from_the_newest_record_or_from_now_if_earlier(
    newest_ms: int, now_ms: int
) -> None:
    assert due_before(3, newest_ms=newest_ms, now_ms=now_ms) == HOUR - 3 * DAY_MS


def test_hours_and_quarter_hours_contain_their_start() -> None:
    assert (hour_of(HOUR), hour_of(HOUR + HOUR_MS - 1), hour_after(HOUR)) == (
        HOUR,
        HOUR,
        HOUR + HOUR_MS,
    )
    assert (quarter_of(HOUR + 899_999), quarter_of(HOUR + 900_000)) == (HOUR, HOUR + 900_000)


def test_the_horizon_is_shown_only_after_a_removal() -> None:
    assert Horizon(t_ms=HOUR).sums_before_ms is None
    assert Horizon(t_ms=HOUR, removed=1).sums_before_ms == HOUR
