"""Changes of the account: two readings of the balance, compared with the recorded spend."""

from enum import StrEnum

import msgspec

from creditcurve.domain.account import Account, Reset
from creditcurve.domain.credits import Credits, total


class ChangeKind(StrEnum):
    """Why a balance changed other than by spending."""

    TOP_UP = "top_up"
    RESET = "reset"
    RECOVERY = "recovery"
    PLAN = "plan"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the account: credits that were added, or another plan (``amount`` 0)."""

    t_ms: int
    kind: ChangeKind
    amount: Credits = 0


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two readings of the balance compared with the spend recorded between them.

    ``unexplained`` is what left the balance and is in no record (negative: a record that did not).
    """

    changes: tuple[Change, ...]
    unexplained: Credits


def compare(before: Account, after: Account, spent: Credits) -> Comparison:
    """Explain the difference between two balances; those of two accounts have none.

    Args:
        before: the earlier reading.
        after: the later reading.
        spent: the recorded credits between the two.
    """
    if after.is_other_than(before):
        return Comparison(changes=(), unexplained=0)
    changes = []
    if before.plan is not None and after.plan is not None and before.plan != after.plan:
        changes.append(Change(t_ms=after.at_ms, kind=ChangeKind.PLAN))
    if before.unit is not after.unit or before.balance is None or after.balance is None:
        return Comparison(changes=tuple(changes), unexplained=0)
    added = total((after.balance, -before.balance, spent))
    if added > 0:
        kind = _kind_of(before, after, added)
        changes.append(Change(t_ms=after.at_ms, kind=kind, amount=added))
        added = 0
    return Comparison(changes=tuple(changes), unexplained=-added)


def _kind_of(before: Account, after: Account, added: Credits) -> ChangeKind:
    if after.maximum is not None and after.balance is not None:
        was_used = _resets_used(before.reset, after.reset)
        if was_used or (after.balance >= after.maximum and added > _recoverable(before, after)):
            return ChangeKind.RESET
        if added <= _recoverable(before, after):
            return ChangeKind.RECOVERY
    return ChangeKind.TOP_UP


def _recoverable(before: Account, after: Account) -> Credits:
    """Return what recovery may have credited; it comes on the hour, so one more hour may count."""
    hours = (after.at_ms - before.at_ms) // 3_600_000 + 1
    return (after.recovery_per_h or 0) * hours


def _resets_used(before: Reset | None, after: Reset | None) -> bool:
    if before is None or after is None or before.remaining is None or after.remaining is None:
        return False
    return after.remaining < before.remaining
