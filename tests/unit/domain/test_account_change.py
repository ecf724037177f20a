"""Two readings of the balance compared with the spend between them."""

import pytest

from creditcurve.domain.account import Account, Reset
from creditcurve.domain.account_change import Change, ChangeKind, Comparison, compare
from creditcurve.domain.account_facts import Source
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.unit import Unit

NOW_MS = 1_795_000_000_000


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


def test_two_accounts_are_not_compared() -> None:
    before = account(5_000, users={Source.CREDITS: "1", Source.SESSION: "1"})
    other = account(9_000, 1, plan="MAX", users={Source.CREDITS: "2"})
    assert compare(before, other, 0) == Comparison(changes=(), unexplained=0)
    assert compare(other, account(100, 2, users={Source.CREDITS: "1"}), 0).unexplained == 0


def test_an_account_is_the_same_where_no_source_names_another() -> None:
    before = account(5_000, users={Source.CREDITS: "1"})
    for users in ({}, {Source.CREDITS: "1"}, {Source.SESSION: "2"}):
        found = compare(before, account(7_000, 1, users=users), 0)
        assert [change.kind for change in found.changes] == [ChangeKind.TOP_UP]


def test_recovery_of_several_hours_is_recovery() -> None:
    found = compare(account(1_000), account(2_000, 5 * HOUR_MS // MINUTE_MS), 0)
    assert [change.kind for change in found.changes] == [ChangeKind.RECOVERY]


@pytest.mark.parametrize(
    ("minutes", "added", "kind"),
    [
        (59, 200, ChangeKind.RECOVERY),
        (59, 201, ChangeKind.TOP_UP),
        (60, 400, ChangeKind.RECOVERY),
        (60, 401, ChangeKind.TOP_UP),
    ],
)
def test_recovery_is_at_most_one_full_hour_more(minutes: int, added: int, kind: ChangeKind) -> None:
    found = compare(account(1_000), account(1_000 + added, minutes), 0)
    assert [change.kind for change in found.changes] == [kind]


def test_another_plan_is_a_change() -> None:
    found = compare(account(5_000), account(5_000, 1, plan="MAX"), 0)
    assert [change.kind for change in found.changes] == [ChangeKind.PLAN]


def test_balances_of_different_units_are_not_compared() -> None:
    found = compare(account(5_000), account(199_564, 1, unit=Unit.YUAN), 0)
    assert found.changes == ()
    assert found.unexplained == 0
