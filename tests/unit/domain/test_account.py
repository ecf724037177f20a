"""The account, merged from its sources, and the changes of its balance."""

import pytest

from creditcurve.domain.account import (
    Account,
    Change,
    ChangeKind,
    Facts,
    Reset,
    Source,
    Unit,
    compare,
    merged,
)
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS

NOW_MS = 1_795_000_000_000
CREDITS = Facts(plan="PRO", unit=Unit.CREDITS, balance=7_739, maximum=8_000)
WALLET = Facts(unit=Unit.YUAN, balance=199_564)


def test_a_wallet_decides_balance_and_unit() -> None:
    """Credits of the old era are not added to it, nor do they limit it."""
    found = merged({Source.CREDITS: CREDITS, Source.WALLET: WALLET}, at_ms=NOW_MS)
    assert (found.unit, found.balance, found.plan) == (Unit.YUAN, 199_564, "PRO")
    assert found.maximum is None


def test_credits_come_with_maximum_recovery_and_reset() -> None:
    found = merged(
        {
            Source.CREDITS: CREDITS,
            Source.RECOVERY: Facts(recovery_per_h=200),
            Source.RESET: Facts(resets_left=1),
        },
        at_ms=NOW_MS,
    )
    assert (found.unit, found.maximum, found.recovery_per_h) == (Unit.CREDITS, 8_000, 200)
    assert found.reset is not None
    assert found.reset.is_available


def test_without_sources_nothing_is_known() -> None:
    assert merged({}, at_ms=NOW_MS) == Account(at_ms=NOW_MS)


def account(balance: int, minutes: int = 0, **fields: object) -> Account:
    """Return an account in credits, some minutes after ``NOW_MS``."""
    known = {"unit": Unit.CREDITS, "plan": "PRO", "maximum": 8_000, "recovery_per_h": 200}
    return Account(at_ms=NOW_MS + minutes * MINUTE_MS, balance=balance, **(known | fields))  # type: ignore[arg-type]  # fields of Account


def test_spending_that_is_recorded_is_explained() -> None:
    found = compare(account(5_000), account(4_900, 1), 100)
    assert found.changes == ()
    assert found.unexplained == 0


def test_spending_that_no_record_shows_is_unexplained() -> None:
    assert compare(account(5_000), account(4_900, 1), 60).unexplained == 40


@pytest.mark.parametrize(
    ("after", "kind", "amount"),
    [
        (account(5_100, 1), ChangeKind.RECOVERY, 200),
        (account(8_000, 1, reset=Reset(remaining=0, last_at_ms=None)), ChangeKind.RESET, 3_100),
        (account(6_900, 1), ChangeKind.TOP_UP, 2_000),
        (account(9_000, 1, maximum=None, recovery_per_h=None), ChangeKind.TOP_UP, 4_100),
    ],
)
def test_an_addition_is_named(after: Account, kind: ChangeKind, amount: int) -> None:
    before = account(5_000, reset=Reset(remaining=1, last_at_ms=None))
    found = compare(before, after, 100)
    assert found.changes == (Change(t_ms=after.at_ms, kind=kind, amount=amount),)
    assert found.unexplained == 0


def test_recovery_of_several_hours_is_recovery() -> None:
    found = compare(account(1_000), account(2_000, 5 * HOUR_MS // MINUTE_MS), 0)
    assert [change.kind for change in found.changes] == [ChangeKind.RECOVERY]


def test_another_plan_is_a_change() -> None:
    found = compare(account(5_000), account(5_000, 1, plan="MAX"), 0)
    assert [change.kind for change in found.changes] == [ChangeKind.PLAN]


def test_balances_of_different_units_are_not_compared() -> None:
    found = compare(account(5_000), account(199_564, 1, unit=Unit.YUAN), 0)
    assert found.changes == ()
    assert found.unexplained == 0
