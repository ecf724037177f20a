"""The balance over time: readings, why they changed, and the changes that no record explains."""

from collections.abc import Mapping
from typing import Any, Final, cast

import apsw

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import Change, ChangeKind, Comparison, compare
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.reset import Initiator, ResetEntry, ResetState
from creditcurve.store.sqlite import resets, units
from creditcurve.store.sqlite.amounts import Amount, from_sql, sum_of, to_sql
from creditcurve.store.values.account import BalanceHistory, StoredChange

MAX_HISTORY_POINTS: Final = 20_000

_SPENT: Final = """
    SELECT sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM record WHERE t_ms > ? AND t_ms <= ?
"""
_PUT_BALANCE: Final = "INSERT OR REPLACE INTO balance (t, unit, amount) VALUES (?, ?, ?)"
_LAST_BALANCES: Final = "SELECT t, unit, amount FROM balance ORDER BY t DESC LIMIT 2"
_DELETE_BALANCE: Final = "DELETE FROM balance WHERE t = ?"
_PUT_CHANGE: Final = "INSERT INTO account_change (t, kind, amount, initiator) VALUES (?, ?, ?, ?)"
_GET_UNEXPLAINED: Final = "SELECT amount FROM unexplained WHERE t = ?"
_PUT_UNEXPLAINED: Final = "INSERT OR REPLACE INTO unexplained (t, amount) VALUES (?, ?)"
_DELETE_UNEXPLAINED: Final = "DELETE FROM unexplained WHERE t = ?"
_HISTORY: Final = """
    SELECT t, amount FROM (
        SELECT t, amount FROM balance WHERE t >= :from_ms AND t < :to_ms AND unit = :unit
         ORDER BY t DESC LIMIT :limit
    ) ORDER BY t
"""
_CHANGES: Final = """
    SELECT t, kind, amount, initiator FROM account_change
     WHERE t >= ? AND t < ? ORDER BY t, id LIMIT 10000
"""
_UNEXPLAINED: Final = "SELECT t, amount FROM unexplained WHERE t >= ? AND t < ? ORDER BY t"


def save(
    connection: apsw.Connection, before: Account | None, account: Account
) -> Comparison | None:
    """Store a reading and its difference to the one before; return the difference."""
    if units.note(connection, account):
        connection.execute(_DELETE_UNEXPLAINED, (_hour_of(account),))
    found = _compared(connection, before, account)
    if found is not None:
        _save_comparison(connection, found, account)
    _save_balance(connection, account)
    return found


def history(
    connection: apsw.Connection, from_ms: int, to_ms: int, account: Account | None
) -> BalanceHistory:
    """Return the balance of a range in the unit of an account, its changes, and the remainder."""
    unit = "" if account is None or account.unit is None else account.unit.value
    since_ms = units.since_ms(connection) or from_ms
    bounds: dict[str, Any] = {"from_ms": from_ms, "to_ms": to_ms, "unit": unit}
    points = _amounts(connection, _HISTORY, {**bounds, "limit": MAX_HISTORY_POINTS})
    first_ms = max(from_ms, since_ms // HOUR_MS * HOUR_MS)
    unexplained = _amounts(connection, _UNEXPLAINED, (first_ms, to_ms))
    changes = connection.execute(_CHANGES, (max(from_ms, since_ms), to_ms))
    return BalanceHistory(
        t=[t for t, _ in points],
        balance=[amount for _, amount in points],
        changes=tuple(
            StoredChange(t_ms=t, kind=kind, amount=from_sql(amount), by=Initiator(by))
            for t, kind, amount, by in changes
        ),
        unexplained=dict(unexplained),
    )


def _amounts(
    connection: apsw.Connection, query: str, bindings: Mapping[str, int | str] | tuple[int, int]
) -> list[tuple[int, Credits]]:
    rows = cast("list[tuple[int, Amount]]", connection.execute(query, bindings).fetchall())
    return [(t, from_sql(amount)) for t, amount in rows]


def _compared(
    connection: apsw.Connection, before: Account | None, account: Account
) -> Comparison | None:
    if before is None or before.at_ms >= account.at_ms:
        return None
    whole, texts = connection.execute(_SPENT, (before.at_ms, account.at_ms)).get
    return compare(before, account, sum_of(whole or 0, texts))


def _save_comparison(connection: apsw.Connection, found: Comparison, account: Account) -> None:
    for change in found.changes:
        by = _initiator(connection, change)
        row = (change.t_ms, change.kind.value, to_sql(change.amount), by.value)
        connection.execute(_PUT_CHANGE, row)
    if found.unexplained:
        hour_ms = _hour_of(account)
        known: Credits = from_sql(connection.execute(_GET_UNEXPLAINED, (hour_ms,)).get or 0)
        connection.execute(_PUT_UNEXPLAINED, (hour_ms, to_sql(total((known, found.unexplained)))))


def _initiator(connection: apsw.Connection, change: Change) -> Initiator:
    """Return who caused a change: a reset of ours within the last minutes, or the site."""
    newest = resets.newest(connection, 1)
    is_ours = change.kind is ChangeKind.RESET and any(
        _may_have_caused(one, change) for one in newest
    )
    return newest[0].by if is_ours else Initiator.SITE


def _may_have_caused(entry: ResetEntry, change: Change) -> bool:
    was_asked = entry.state not in (ResetState.FAILED, ResetState.SKIPPED)
    return was_asked and change.t_ms - entry.t_ms < HOUR_MS


def _save_balance(connection: apsw.Connection, account: Account) -> None:
    """Store the balance; of equal ones in a row only the first and the last."""
    if account.balance is None or account.unit is None:
        return
    value = (account.unit.value, to_sql(account.balance))
    last = connection.execute(_LAST_BALANCES).fetchall()
    if len(last) == 2 and all(row[1:] == value for row in last):
        connection.execute(_DELETE_BALANCE, (last[0][0],))
    connection.execute(_PUT_BALANCE, (account.at_ms, *value))


def _hour_of(account: Account) -> int:
    return account.at_ms // HOUR_MS * HOUR_MS
