"""The one instant at which alerts expect the balance to be empty."""

from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from creditcurve.domain.account import Account
from creditcurve.domain.expected_empty import PastExpectations, expected_empty_ms
from creditcurve.domain.hours_ahead import HORIZON_DAYS
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.reset import AutoReset
from creditcurve.domain.situation import Situation
from creditcurve.domain.spending import Spending
from creditcurve.domain.unit import Unit

ZONE = ZoneInfo("Asia/Shanghai")
NOW_MS = from_iso("2026-11-18T16:00:00Z")
"""A midnight in Shanghai."""


def spending(days: int, per_h: float = 10.0) -> Spending:
    """Return a history that spends the same in every hour."""
    from_ms = NOW_MS - days * DAY_MS
    sums = dict.fromkeys(range(from_ms, NOW_MS, HOUR_MS), per_h)
    return Spending(sums, from_ms=from_ms, to_ms=NOW_MS, zone=ZONE)


def situation(balance: int | None, days: int = 20, **fields: Any) -> Situation:
    """Return a situation with a history of so many days."""
    usual = Situation(
        account=Account(at_ms=NOW_MS, unit=Unit.CREDITS, balance=balance),
        auto_reset=AutoReset(),
        was_reset_today=False,
        spending=spending(days),
        coverage=1.0,
        recent=60.0,
        now_ms=NOW_MS,
        zone=ZONE,
    )
    return msgspec.structs.replace(usual, **fields)


def expected(at: Situation) -> int | None:
    """Return the instant."""
    return expected_empty_ms(at, Random(1))


def test_enough_history_decides_by_its_days() -> None:
    """They spend 10 an hour; the last hours spent twice as much."""
    assert expected(situation(1_000)) == NOW_MS + 100 * HOUR_MS


@pytest.mark.parametrize("fields", [{"days": 13}, {"coverage": 0.8}])
def test_otherwise_the_present_pace_decides(fields: dict[str, Any]) -> None:
    assert expected(situation(1_000, **fields)) == NOW_MS + 50 * HOUR_MS


def test_an_empty_balance_is_empty_now_and_no_balance_never() -> None:
    assert expected(situation(0)) == NOW_MS
    assert expected(situation(-1)) == NOW_MS
    assert expected(situation(1)) == NOW_MS + HOUR_MS // 10
    assert expected(situation(None)) is None
    assert expected(situation(1, account=None)) is None


@pytest.mark.parametrize(
    "at",
    [
        situation(10**9),
        situation(10**9, days=3),
        situation(1_000, days=3, recent=0.0),
        situation(1_000, spending=spending(20, per_h=0.0), recent=0.0),
    ],
)
def test_a_later_end_is_the_horizon(at: Situation) -> None:
    assert expected(at) == NOW_MS + HORIZON_DAYS * DAY_MS


def past_expectations(
    days: int, balance: int | None, *, within_h: float, from_ms: int
) -> dict[int, int]:
    """Return the hours from an instant on, with the expectation of each."""
    past = PastExpectations(spending(days), within_h=within_h, random=Random(1))
    return dict(past.by_hour(from_ms, lambda _: balance))


def test_every_past_hour_expects_from_the_days_before_it() -> None:
    from_ms = NOW_MS - 3 * HOUR_MS
    found = past_expectations(20, 55, within_h=24, from_ms=from_ms)
    ahead_ms = 11 * HOUR_MS // 2
    assert found == {at_ms: at_ms + ahead_ms for at_ms in range(from_ms, NOW_MS, HOUR_MS)}


def test_a_past_hour_without_enough_days_before_it_expects_by_its_pace() -> None:
    """The first hours have no three hours before them, and a slower pace."""
    first_ms = NOW_MS - DAY_MS
    found = past_expectations(1, 30, within_h=24, from_ms=first_ms)
    assert found[first_ms] == first_ms + 2 * DAY_MS, "the end of the time that is looked at"
    assert found[first_ms + HOUR_MS] == first_ms + HOUR_MS + 9 * HOUR_MS
    assert found[first_ms + 3 * HOUR_MS] == first_ms + 3 * HOUR_MS + 3 * HOUR_MS
    assert len(found) == 24


@pytest.mark.parametrize(("within_h", "days"), [(1, 2), (24, 2), (25, 3), (9_999, HORIZON_DAYS)])
def test_a_past_end_is_looked_for_a_day_further_than_the_rule_asks(
    within_h: float, days: int
) -> None:
    at_ms = NOW_MS - HOUR_MS
    for history in (1, 20):
        found = past_expectations(history, 10**9, within_h=within_h, from_ms=at_ms)
        assert found == {at_ms: at_ms + days * DAY_MS}


def test_past_hours_without_a_balance_expect_nothing_and_an_empty_one_is_empty() -> None:
    at_ms = NOW_MS - 2 * HOUR_MS
    assert past_expectations(20, None, within_h=4, from_ms=at_ms) == {}
    assert past_expectations(20, 0, within_h=4, from_ms=at_ms) == {
        at_ms: at_ms,
        at_ms + HOUR_MS: at_ms + HOUR_MS,
    }


def test_hours_before_the_range_are_left_out() -> None:
    from_ms = NOW_MS - 2 * HOUR_MS + 1
    assert list(past_expectations(20, 10, within_h=4, from_ms=from_ms)) == [NOW_MS - HOUR_MS]
