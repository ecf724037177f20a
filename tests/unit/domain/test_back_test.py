"""The range tried on simulated developers: how often it contains the truth."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache
from random import Random
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from creditcurve.domain.back_test import BackTest, KeptBackTest, back_test
from creditcurve.domain.hours_ahead import HORIZON_DAYS
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.record import COUNTED_ENDPOINT
from creditcurve.domain.spending import Spending
from creditcurve.simulator import past_records
from creditcurve.simulator.rhythm import Rhythm

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW_MS = from_iso("2026-11-25T04:00:00Z")

History = Callable[[int, int], Iterator[tuple[int, float]]]


def by_rhythm(seed: int, days: int) -> Iterator[tuple[int, float]]:
    """Yield instants and amounts of a developer whose days are alike."""
    for charge in Rhythm(seed, NOW_MS).past(24 * days):
        if charge.endpoint == COUNTED_ENDPOINT:
            yield charge.t_ms, float(charge.credits)


def by_weeks(seed: int, days: int) -> Iterator[tuple[int, float]]:
    """Yield those of a developer with working days and weekends."""
    for record in past_records(seed, days=days, until_ms=NOW_MS, zone=SHANGHAI):
        yield record.t_ms, float(record.credits)


@cache
def sums_of(seed: int, days: int, history: History) -> Mapping[int, float]:
    """Return the amounts by hour; a history takes longer to simulate than to test."""
    sums: dict[int, float] = defaultdict(float)
    for t_ms, amount in history(seed, days):
        sums[t_ms // HOUR_MS * HOUR_MS] += amount
    return MappingProxyType(sums)


def made_up(seed: int, days: int, history: History = by_rhythm) -> Spending:
    """Return the spending of a simulated developer."""
    sums = sums_of(seed, days, history)
    return Spending(sums, from_ms=NOW_MS - days * DAY_MS, to_ms=NOW_MS, zone=SHANGHAI)


def share_held(
    seeds: range, balances_in_days: tuple[float, ...], history: History = by_rhythm
) -> tuple[float, float]:
    """Return how often the range, and a line of equal width, contained the truth."""
    trials = []
    for seed in seeds:
        spending = made_up(seed, 45, history)
        daily = spending.between(spending.from_ms, spending.to_ms) / 45
        for days in balances_in_days:
            found = back_test(days * daily, spending, Random(seed))
            assert found is not None
            trials.append(found)
    n = sum(one.n for one in trials)
    return sum(one.held * one.n for one in trials) / n, sum(one.line * one.n for one in trials) / n


@pytest.mark.slow
def test_the_range_contains_the_truth_more_often_than_a_line() -> None:
    held, line = share_held(range(1), (1.5,))
    assert held > 1.5 * line


@pytest.mark.slow
@pytest.mark.parametrize("history", [by_rhythm, by_weeks])
def test_an_80_percent_range_contains_the_truth_in_72_percent_or_more(history: History) -> None:
    """72 developers of the first kind gave 76 %, 24 of the second 79 %; a line 25 %."""
    held, _ = share_held(range(24), (0.5, 1.5, 3), history)
    assert held >= 0.72


def test_without_enough_history_no_back_test_is_made() -> None:
    assert back_test(100, made_up(1, 10), Random(1)) is None


class Counted(tzinfo):
    """A zone that counts how often a local time is asked of it."""

    def __init__(self) -> None:
        self.asked = 0

    def utcoffset(self, _at: datetime | None) -> timedelta:
        """Return eight hours."""
        return timedelta(hours=8)

    def dst(self, _at: datetime | None) -> timedelta:
        """Return zero: the clocks do not change."""
        return timedelta()

    def tzname(self, _at: datetime | None) -> str:
        """Return a name."""
        return "counted"

    def fromutc(self, at: datetime) -> datetime:
        """Count, and return the local time."""
        self.asked += 1
        return at + timedelta(hours=8)


def test_the_local_time_of_an_hour_is_asked_for_once_not_by_each_trial() -> None:
    """It is the costliest part of a trial where the zone is that of the system."""
    zone, past = Counted(), made_up(1, 28)
    sums = {at: past.between(at, at + 1) for at in range(past.from_ms, past.to_ms, HOUR_MS)}
    spending = Spending(sums, from_ms=past.from_ms, to_ms=past.to_ms, zone=zone)
    found = back_test(20_000.0, spending, Random(1))
    assert found is not None
    assert found.n > 30
    hours = 24 * (28 + HORIZON_DAYS)
    assert zone.asked < 3 * hours


def even(days: int) -> Spending:
    """Return a history of whole days that spends 10 in every hour."""
    midnight_ms = from_iso("2026-11-24T16:00:00Z")
    from_ms = midnight_ms - days * DAY_MS
    sums = dict.fromkeys(range(from_ms, midnight_ms, HOUR_MS), 10.0)
    return Spending(sums, from_ms=from_ms, to_ms=midnight_ms, zone=SHANGHAI)


def test_an_even_past_is_foretold_by_the_range_and_by_a_line() -> None:
    """Three times a day from the fifteenth on, but for the last end, which is still to come."""
    assert back_test(100, even(20), Random(1)) == BackTest(1.0, 1.0, 17)


def test_a_balance_that_would_still_last_is_left_out() -> None:
    assert back_test(10_000, even(20), Random(1)) is None


def test_a_kept_test_is_not_made_again_for_a_similar_balance() -> None:
    """A request changes the balance a little, and no past hour."""
    test, spending = KeptBackTest(), made_up(1, 28)
    found = test(20_000.0, spending, Random(1))
    unused = Random(2)
    assert test(19_000.0, made_up(1, 28), unused) is found
    assert unused.getstate() == Random(2).getstate()


@pytest.mark.parametrize(
    ("balance", "days"),
    [
        (17_000.0, 28),
        pytest.param(23_000.0, 28, marks=pytest.mark.slow),
        pytest.param(20_000.0, 27, marks=pytest.mark.slow),
    ],
)
def test_a_kept_test_is_made_again_for_other_data(balance: float, days: int) -> None:
    """As if nothing had been kept."""
    test = KeptBackTest()
    test(20_000.0, made_up(1, 28), Random(1))
    expected = back_test(balance, made_up(1, days), Random(2))
    assert test(balance, made_up(1, days), Random(2)) == expected
