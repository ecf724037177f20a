"""Simulated paths, on histories that leave one possible end."""

from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from creditcurve.domain.forecast import chance_before, quantiles
from creditcurve.domain.hours_ahead import days_to_come
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS, from_iso
from creditcurve.domain.paths import AccountState, ResetRule, empty_instants
from creditcurve.domain.spending import PastDay
from creditcurve.domain.usual import DayClass

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NOW_MS = from_iso("2026-11-25T04:00:00Z")  # Wednesday noon in Shanghai
STEADY = PastDay(DayClass.WEEKDAY, (10.0,) * 24)


def instants(balance: float, past: list[PastDay], **rules: Any) -> list[int | None]:
    """Return the paths of an account at ``NOW_MS``."""
    account = AccountState(balance=balance, **rules)
    return empty_instants(account, past, days_to_come(NOW_MS, SHANGHAI), Random(1))


def hours_from_now(at_ms: int | None) -> float:
    """Return an instant as hours after ``NOW_MS``."""
    assert at_ms is not None
    return (at_ms - NOW_MS) / HOUR_MS


def test_a_steady_history_gives_the_one_instant_that_is_possible() -> None:
    found = instants(255, [STEADY] * 20)
    assert {hours_from_now(at) for at in found} == {25.5}


def test_a_day_that_is_passed_as_a_whole_ends_like_one_that_is_passed_by_hours() -> None:
    """The smallest recovery makes every hour count; in November New York leaves summer time."""
    past = [PastDay(DayClass.WEEKDAY, (1.0 * n,) * 24) for n in range(10, 30)]
    to_come = days_to_come(from_iso("2026-10-28T16:30:00Z"), NEW_YORK)
    whole, by_hours = (
        empty_instants(AccountState(balance=6_000, recovery_per_h=rate), past, to_come, Random(1))
        for rate in (0, 1e-12)
    )
    assert None not in whole
    assert whole == by_hours


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
    rule = ResetRule(below=20, left=1)
    found = instants(50, [STEADY] * 20, maximum=240.0, resets=rule)
    assert {hours_from_now(at) for at in found} == {2 + 24}


def test_a_reset_at_a_low_balance_waits_for_its_hours() -> None:
    """At 14:00 the balance is low; the window begins at 16:00, and one at 20:00 is too late."""
    in_time = ResetRule(below=30, hours=frozenset(range(16, 18)), left=1)
    found = instants(50, [STEADY] * 20, maximum=240.0, resets=in_time)
    assert {hours_from_now(at) for at in found} == {4 + 24}
    too_late = msgspec.structs.replace(in_time, hours=frozenset({20}))
    found = instants(50, [STEADY] * 20, maximum=240.0, resets=too_late)
    assert {hours_from_now(at) for at in found} == {5}


def test_a_time_of_day_that_has_passed_resets_tomorrow() -> None:
    """It is noon: 12:00 has come today, 12:30 has not."""
    half_past = ResetRule(minute=12 * 60 + 30, left=1)
    start_ms = NOW_MS + 10 * MINUTE_MS
    passed = msgspec.structs.replace(half_past, minute=12 * 60 + 5)
    for rule, hours in ((half_past, 24), (passed, 5)):
        account = AccountState(balance=50, maximum=240.0, resets=rule)
        to_come = days_to_come(start_ms, SHANGHAI)
        found = empty_instants(account, [STEADY] * 20, to_come, Random(1))
        assert {int((at or 0) - start_ms) // HOUR_MS for at in found} == {hours}


def test_a_reset_takes_no_extra_credits_away() -> None:
    rule = ResetRule(minute=13 * 60, left=1)
    found = instants(255, [STEADY] * 20, maximum=100.0, resets=rule)
    assert {hours_from_now(at) for at in found} == {25.5}


def test_recovery_and_resets_end_with_the_plan() -> None:
    plan_ends_ms = NOW_MS + 10 * HOUR_MS
    rule = ResetRule(below=5, left=1, per_day=1)
    rules = {"recovery_per_h": 5, "maximum": 255.0, "plan_ends_ms": plan_ends_ms}
    assert {hours_from_now(at) for at in instants(100, [STEADY] * 20, **rules)} == {10 + 5}
    found = instants(100, [STEADY] * 20, **rules, resets=rule)
    assert {hours_from_now(at) for at in found} == {10 + 5}


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
