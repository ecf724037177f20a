"""The rules of the account that a forecast follows."""

import math
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from creditcurve.domain.account import Account, Reset
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.paths import EVERY_HOUR, AccountState, ResetRule
from creditcurve.domain.reset import AutoReset
from creditcurve.domain.situation import Situation, account_state
from creditcurve.domain.spending import Spending
from creditcurve.domain.unit import Unit

NOW_MS = 1_760_004_000_000 // DAY_MS * DAY_MS + 6 * HOUR_MS
ZONE = ZoneInfo("UTC")
READING = Account(
    at_ms=NOW_MS,
    unit=Unit.CREDITS,
    balance=1_000,
    maximum=8_000,
    recovery_per_h=200,
    expires_at_ms=NOW_MS + DAY_MS,
    reset=Reset(remaining=1, last_at_ms=None),
)


def state(rule: AutoReset, *, was_reset_today: bool = False, **changes: Any) -> AccountState:
    """Return the state of an account under a rule of the settings."""
    found = Situation(
        account=msgspec.structs.replace(READING, **changes),
        auto_reset=rule,
        was_reset_today=was_reset_today,
        spending=Spending({}, from_ms=NOW_MS - DAY_MS, to_ms=NOW_MS, zone=ZONE),
        coverage=1.0,
        recent=0.0,
        now_ms=NOW_MS,
        zone=ZONE,
    )
    return account_state(found, 1_000.0)


def test_recovery_maximum_and_the_end_of_the_plan_are_the_accounts() -> None:
    found = state(AutoReset())
    assert (found.recovery_per_h, found.maximum) == (200.0, 8_000.0)
    assert found.plan_ends_ms == NOW_MS + DAY_MS
    assert found.resets == ResetRule()
    unlimited = state(AutoReset(), maximum=None, expires_at_ms=None)
    assert (unlimited.maximum, unlimited.plan_ends_ms) == (math.inf, math.inf)


def test_automatic_resets_follow_the_rule_of_the_settings() -> None:
    found = state(AutoReset(at="08:30", below=500)).resets
    assert found == ResetRule(below=500, hours=EVERY_HOUR, minute=8 * 60 + 30, left=1, per_day=1)


@pytest.mark.parametrize(
    ("between", "hours"),
    [
        (("09:00", "12:00"), {9, 10, 11}),
        (("09:30", "11:01"), {9, 10, 11}),
        (("22:00", "02:00"), {22, 23, 0, 1}),
        (("08:00", "08:00"), set(range(24))),
    ],
)
def test_a_low_balance_counts_within_the_hours_of_the_rule(
    between: tuple[str, str], hours: set[int]
) -> None:
    assert state(AutoReset(below=500, between=between)).resets.hours == hours


def test_a_reset_that_was_used_today_is_there_tomorrow() -> None:
    rule = AutoReset(at="08:00")
    for found in (
        state(rule, was_reset_today=True),
        state(rule, reset=Reset(remaining=0, last_at_ms=NOW_MS)),
    ):
        assert (found.resets.left, found.resets.per_day) == (0, 1)


def test_a_site_without_resets_has_no_reset_rule() -> None:
    assert state(AutoReset(below=500), reset=None).resets == ResetRule()
