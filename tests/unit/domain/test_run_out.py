"""The run-out: a range only where the history allows one and it beats a straight line."""

from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from creditcurve.domain.account import Account, Reset
from creditcurve.domain.forecast import Unavailable
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.reset import AutoReset
from creditcurve.domain.run_out import Milestone, RunOut, run_out
from creditcurve.domain.situation import Situation
from creditcurve.domain.spending import Spending
from creditcurve.domain.unit import Unit

NOW_MS = 1_760_004_000_000 // DAY_MS * DAY_MS + 6 * HOUR_MS
ZONE = ZoneInfo("UTC")
DAYS = 42


def account(balance: int, **fields: Any) -> Account:
    """Return a reading of now."""
    return Account(at_ms=NOW_MS, unit=Unit.CREDITS, balance=balance, **fields)


def situation(hours: dict[int, float], balance: int = 1_000, **fields: Any) -> Situation:
    """Return a situation whose past days all have these sums by hour."""
    sums = {
        NOW_MS - back * HOUR_MS: hours.get((NOW_MS // HOUR_MS - back) % 24, 0.0)
        for back in range(1, DAYS * 24 + 1)
    }
    usual = Situation(
        account=account(balance),
        auto_reset=AutoReset(),
        was_reset_today=False,
        spending=Spending(sums, from_ms=NOW_MS - DAYS * DAY_MS, to_ms=NOW_MS, zone=ZONE),
        coverage=1.0,
        recent=30.0,
        now_ms=NOW_MS,
        zone=ZONE,
    )
    return msgspec.structs.replace(usual, **fields)


OFFICE = dict.fromkeys(range(9, 18), 40.0)
EVEN = dict.fromkeys(range(24), 10.0)


def result(at: Situation) -> RunOut:
    """Return the answer."""
    return run_out(at, Random(1))


def test_a_range_that_beats_a_line_is_shown_with_its_test() -> None:
    """Office hours: a line through the last three hours knows nothing of nights."""
    found = result(situation(OFFICE))
    assert found.reason is None
    assert found.empty_at is not None
    assert found.back_test is not None
    assert found.back_test.held > found.back_test.line


def test_a_range_that_does_not_beat_a_line_is_hidden_and_its_test_is_shown() -> None:
    """An even spend is a straight line."""
    found = result(situation(EVEN))
    assert (found.reason, found.empty_at) == (Unavailable.BEATEN_BY_LINE, None)
    assert found.back_test is not None
    assert found.back_test.held <= found.back_test.line


def test_without_a_range_the_pace_remains() -> None:
    found = result(situation(OFFICE, coverage=0.5))
    assert found.reason is Unavailable.LOW_COVERAGE
    assert found.pace_empty_ms == NOW_MS + 100 * HOUR_MS


@pytest.mark.parametrize(("balance", "reason"), [(0, "empty"), (-5, "empty"), (None, "no_balance")])
def test_at_zero_and_without_a_balance_there_is_no_forecast(
    balance: int | None, reason: str
) -> None:
    reading = msgspec.structs.replace(account(1), balance=balance)
    found = result(situation(OFFICE, account=reading))
    assert found.reason == reason
    assert (found.empty_at, found.pace_empty_ms, found.chances) == (None, None, ())


def test_the_chances_name_plan_end_next_reset_and_midnight() -> None:
    ends_ms = NOW_MS + 3 * DAY_MS
    reading = account(
        300, expires_at_ms=ends_ms, maximum=1_000, reset=Reset(remaining=1, last_at_ms=None)
    )
    found = result(situation(OFFICE, account=reading, auto_reset=AutoReset(at="23:00")))
    at_ms = {chance.before: chance.at_ms for chance in found.chances}
    assert at_ms == {
        Milestone.PLAN_END: ends_ms,
        Milestone.RESET: NOW_MS + 17 * HOUR_MS,
        Milestone.MIDNIGHT: NOW_MS + 18 * HOUR_MS,
    }
    assert all(0 <= chance.p <= 1 for chance in found.chances)


@pytest.mark.slow
def test_equal_generators_give_equal_answers() -> None:
    assert result(situation(OFFICE)) == result(situation(OFFICE))
