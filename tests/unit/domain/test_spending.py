"""Past spending: the instant of an amount, and whole days only."""

from zoneinfo import ZoneInfo

import pytest

from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.spending import Spending

ZONE = ZoneInfo("Asia/Shanghai")
MIDNIGHT_MS = from_iso("2025-11-19T16:00:00Z")
"""The start of Thursday, November 20, in Shanghai."""


def spending(from_ms: int, to_ms: int, **hours: float) -> Spending:
    """Return spending with amounts at hours after the midnight."""
    sums = {MIDNIGHT_MS + int(name[1:]) * HOUR_MS: amount for name, amount in hours.items()}
    return Spending(sums, from_ms=from_ms, to_ms=to_ms, zone=ZONE)


def test_a_day_that_has_begun_before_or_has_not_ended_is_left_out() -> None:
    past = spending(MIDNIGHT_MS - 5 * HOUR_MS, MIDNIGHT_MS + 2 * DAY_MS + HOUR_MS, h3=5.0, h30=7.0)
    first, second = past.days()
    assert (first.hours[3], sum(first.hours)) == (5.0, 5.0)
    assert (second.hours[6], sum(second.hours)) == (7.0, 7.0)
    assert past.days(MIDNIGHT_MS + 2 * DAY_MS - 1) == (first,)
    assert past.days(MIDNIGHT_MS + 2 * DAY_MS) == (first, second)


def test_a_history_that_begins_at_midnight_has_its_first_day() -> None:
    assert len(spending(MIDNIGHT_MS, MIDNIGHT_MS + DAY_MS, h0=1.0).days()) == 1
    assert spending(MIDNIGHT_MS + 1, MIDNIGHT_MS + DAY_MS, h0=1.0).days() == ()


@pytest.mark.parametrize(
    ("amount", "hours"),
    [(1.0, 0.25), (4.0, 1.0), (5.0, 2.5), (6.0, 3.0), (6.1, None)],
)
def test_an_amount_is_reached_within_its_hour(amount: float, hours: float | None) -> None:
    past = spending(MIDNIGHT_MS, MIDNIGHT_MS + DAY_MS, h0=4.0, h2=2.0)
    expected = None if hours is None else MIDNIGHT_MS + round(hours * HOUR_MS)
    assert past.instant_after(MIDNIGHT_MS, amount) == expected


def test_an_amount_is_reached_by_the_end_of_the_history_at_the_latest() -> None:
    end_ms = MIDNIGHT_MS + HOUR_MS // 2
    assert spending(MIDNIGHT_MS, end_ms, h0=4.0).instant_after(MIDNIGHT_MS, 4.0) == end_ms
