"""The run-out range, on histories whose truth is known."""

from collections import defaultdict
from random import Random
from zoneinfo import ZoneInfo

import pytest

from creditcurve.domain.back_test import back_test
from creditcurve.domain.forecast import (
    MIN_DAYS,
    AccountState,
    Unavailable,
    chance_before,
    days_to_come,
    empty_instants,
    lack_of_history,
    line_instant,
    quantiles,
)
from creditcurve.domain.instant import DAY_MS, HOUR_MS, from_iso
from creditcurve.domain.record import COUNTED_ENDPOINT
from creditcurve.domain.spending import PastDay, Spending
from creditcurve.domain.usual import DayClass
from creditcurve.simulator.rhythm import Rhythm

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NOW_MS = from_iso("2026-11-25T04:00:00Z")  # Wednesday noon in Shanghai
STEADY = PastDay(DayClass.WEEKDAY, (10.0,) * 24)


def instants(balance: float, past: list[PastDay], **rules: float) -> list[int | None]:
    """Return the paths of an account at ``NOW_MS``."""
    account = AccountState(balance=balance, **rules)  # type: ignore[arg-type]  # all are numbers
    return empty_instants(account, past, days_to_come(NOW_MS, SHANGHAI), Random(1))


def hours_from_now(at_ms: int | None) -> float:
    """Return an instant as hours after ``NOW_MS``."""
    assert at_ms is not None
    return (at_ms - NOW_MS) / HOUR_MS


def test_a_steady_history_gives_the_one_instant_that_is_possible() -> None:
    found = instants(255, [STEADY] * 20)
    assert {hours_from_now(at) for at in found} == {25.5}


def test_days_differ_so_the_range_has_a_width() -> None:
    past = [PastDay(DayClass.WEEKDAY, (10.0 * n,) * 24) for n in range(1, 21)]
    band = quantiles(instants(2_000, past), len(past))
    assert hours_from_now(band.p10) < hours_from_now(band.p50) < hours_from_now(band.p90)


def test_weekends_are_drawn_from_weekends() -> None:
    """Wednesday to Friday cost nothing; the balance lasts until Saturday."""
    past = [PastDay(DayClass.WEEKDAY, (0.0,) * 24)] * 10
    past += [PastDay(DayClass.WEEKEND, (100.0,) * 24)] * 10
    assert {hours_from_now(at) for at in instants(50, past)} == {12 + 2 * 24 + 0.5}


def test_recovery_prolongs_the_balance_and_stops_at_the_maximum() -> None:
    assert {hours_from_now(at) for at in instants(255, [STEADY] * 20, recovery_per_h=5)} == {51}
    idle = PastDay(DayClass.WEEKDAY, (0.0,) * 12 + (0.0,) * 11 + (1_000.0,))
    found = instants(100, [idle] * 20, recovery_per_h=50, maximum=200)
    assert {int(hours_from_now(at)) for at in found} == {11}


def test_an_automatic_reset_is_used_once_a_day() -> None:
    rules = {"maximum": 240.0, "resets_at": 20.0, "resets_left": 1, "resets_per_day": 0}
    found = instants(50, [STEADY] * 20, **rules)
    assert {hours_from_now(at) for at in found} == {2 + 24}


def test_a_balance_that_lasts_beyond_the_horizon_has_no_instant() -> None:
    found = instants(1e9, [STEADY] * 20)
    assert set(found) == {None}
    assert quantiles(found, 20).p50 is None
    assert chance_before(found, NOW_MS + DAY_MS) == 0


def test_a_day_of_25_hours_is_spent_hour_by_hour() -> None:
    """New York, 2026-11-01: one o'clock comes twice."""
    start_ms = from_iso("2026-11-01T04:00:00Z")
    account = AccountState(balance=245)
    found = empty_instants(account, [STEADY] * 20, days_to_come(start_ms, NEW_YORK), Random(1))
    assert set(found) == {start_ms + round(24.5 * HOUR_MS)}


def test_too_little_history_is_named() -> None:
    idle = PastDay(DayClass.WEEKDAY, (0.0,) * 24)
    assert lack_of_history([STEADY] * (MIN_DAYS - 1), coverage=1) is Unavailable.SHORT_HISTORY
    assert lack_of_history([idle] * 20 + [STEADY], coverage=1) is Unavailable.FEW_ACTIVE_DAYS
    assert lack_of_history([STEADY] * 20, coverage=0.89) is Unavailable.LOW_COVERAGE
    assert lack_of_history([STEADY] * 20, coverage=0.9) is None


def test_a_line_goes_on_at_the_pace_of_the_last_three_hours() -> None:
    assert line_instant(100, 30, NOW_MS) == NOW_MS + 10 * HOUR_MS
    assert line_instant(100, 0, NOW_MS) is None


def made_up(seed: int, days: int) -> Spending:
    """Return the spending of a simulated developer."""
    sums: dict[int, float] = defaultdict(float)
    for charge in Rhythm(seed, NOW_MS).past(24 * days):
        if charge.endpoint == COUNTED_ENDPOINT:
            sums[charge.t_ms // HOUR_MS * HOUR_MS] += float(charge.credits)
    return Spending(sums, from_ms=NOW_MS - days * DAY_MS, to_ms=NOW_MS, zone=SHANGHAI)


def share_held(seeds: range, balances_in_days: tuple[float, ...]) -> tuple[float, float]:
    """Return how often the range, and a line of equal width, contained the truth."""
    trials = []
    for seed in seeds:
        spending = made_up(seed, 45)
        daily = spending.between(spending.from_ms, spending.to_ms) / 45
        for days in balances_in_days:
            found = back_test(days * daily, spending, Random(seed))
            assert found is not None
            trials.append(found)
    n = sum(one.n for one in trials)
    return sum(one.held * one.n for one in trials) / n, sum(one.line * one.n for one in trials) / n


def test_the_range_contains_the_truth_more_often_than_a_line() -> None:
    held, line = share_held(range(1), (1.5,))
    assert held > 1.5 * line


@pytest.mark.slow
def test_an_80_percent_range_contains_the_truth_in_72_percent_or_more() -> None:
    held, _ = share_held(range(24), (0.5, 1.5, 3))
    assert held >= 0.72


def test_a_back_test_without_enough_history_is_none() -> None:
    assert back_test(100, made_up(1, 10), Random(1)) is None
