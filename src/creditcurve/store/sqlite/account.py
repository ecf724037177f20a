"""The shelf of the account: its newest reading, its balance over time, and the credit resets."""

from collections.abc import Mapping
from typing import Any, Final, cast

import apsw
import msgspec

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import Change, Comparison, compare
from creditcurve.domain.account_facts import Source, SourceStatus
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.reset import DailyReset, Initiator, ResetEntry, ResetState
from creditcurve.store.sqlite import stored_values, versions
from creditcurve.store.sqlite.amounts import Amount, from_sql, sum_of, to_sql
from creditcurve.store.sqlite.database import Database
from creditcurve.store.values import AccountReport, BalanceHistory, StoredChange

ACCOUNT: Final = "account"
DAILY_RESET: Final = "daily_reset"
MAX_HISTORY_POINTS: Final = 20_000
REPORTED_RESETS: Final = 50

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
_PUT_RESET: Final = "INSERT INTO credit_reset (t, state, value) VALUES (?, ?, '{}') RETURNING id"
_END_RESET: Final = "UPDATE credit_reset SET state = ?, value = ? WHERE id = ?"
_RESETS: Final = "SELECT value FROM credit_reset ORDER BY id DESC LIMIT ?"
_LAST_RESET: Final = "SELECT max(t) FROM credit_reset WHERE state NOT IN ('failed', 'skipped')"


class StoredAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The newest reading and the state of each source."""

    account: Account | None = None
    sources: dict[Source, SourceStatus] = {}


class SqliteAccount:
    """Implements ``contract.Accounts``."""

    def __init__(self, database: Database, connection: apsw.Connection) -> None:
        self._database = database
        self._report = _report(connection)
        self._daily = stored_values.get(connection, DAILY_RESET, DailyReset) or DailyReset()

    @property
    def account(self) -> Account | None:
        """The newest reading; None before the first."""
        return self._report.account

    @property
    def sources(self) -> Mapping[Source, SourceStatus]:
        """The state of each source that was asked."""
        return self._report.sources

    @property
    def report(self) -> AccountReport:
        """The newest reading, the sources and the newest resets, as of one version."""
        return self._report

    async def save(
        self, account: Account, sources: Mapping[Source, SourceStatus]
    ) -> Comparison | None:
        """Store a reading, and the change since the last one as far as records explain it."""
        stored = StoredAccount(account=account, sources=dict(sources))

        def work(connection: apsw.Connection) -> tuple[Comparison | None, AccountReport]:
            before = stored_values.get(connection, ACCOUNT, StoredAccount) or StoredAccount()
            found = _compared(connection, before.account, account)
            if found is not None:
                _save_comparison(connection, found, account)
            _save_balance(connection, account)
            stored_values.put(connection, ACCOUNT, stored)
            versions.advance_account(connection)
            return found, _report(connection)

        comparison, _ = await self._database.write(work, lambda done: self._committed(done[1]))
        return comparison

    @property
    def daily_reset(self) -> DailyReset:
        """The time of day of automatic resets and when it was chosen."""
        return self._daily

    async def save_daily_reset(self, daily: DailyReset) -> None:
        """Store the time of day of automatic resets."""

        def keep(_: None) -> None:
            self._daily = daily

        await self._database.write(lambda c: stored_values.put(c, DAILY_RESET, daily), keep)

    async def history(self, from_ms: int, to_ms: int) -> BalanceHistory:
        """Return the balance of a range in the present unit, its changes, and the remainder."""
        account = self._report.account
        unit = "" if account is None or account.unit is None else account.unit.value

        def work(connection: apsw.Connection) -> BalanceHistory:
            bounds: dict[str, Any] = {"from_ms": from_ms, "to_ms": to_ms, "unit": unit}
            points = _amounts(connection, _HISTORY, {**bounds, "limit": MAX_HISTORY_POINTS})
            unexplained = _amounts(connection, _UNEXPLAINED, (from_ms, to_ms))
            return BalanceHistory(
                t=[t for t, _ in points],
                balance=[amount for _, amount in points],
                changes=tuple(
                    StoredChange(t_ms=t, kind=kind, amount=from_sql(amount), by=Initiator(by))
                    for t, kind, amount, by in connection.execute(_CHANGES, (from_ms, to_ms))
                ),
                unexplained=dict(unexplained),
            )

        return await self._database.read(work)

    async def begin_reset(self, by: Initiator, *, t_ms: int) -> ResetEntry:
        """Store that a reset is about to be asked for."""

        def work(connection: apsw.Connection) -> tuple[ResetEntry, AccountReport]:
            number = int(connection.execute(_PUT_RESET, (t_ms, ResetState.ASKED.value)).get)
            entry = ResetEntry(id=number, t_ms=t_ms, by=by, state=ResetState.ASKED)
            _put_reset(connection, entry)
            return entry, _report(connection)

        entry, _ = await self._database.write(work, lambda done: self._committed(done[1]))
        return entry

    async def end_reset(self, entry: ResetEntry) -> None:
        """Store the result of a reset."""

        def work(connection: apsw.Connection) -> AccountReport:
            _put_reset(connection, entry)
            return _report(connection)

        await self._database.write(work, self._committed)

    async def resets(self, limit: int) -> list[ResetEntry]:
        """Return the newest resets, newest first."""
        return await self._database.read(lambda c: _resets(c, limit))

    async def last_reset_ms(self) -> int | None:
        """Return when the last reset that may have been used was asked for."""
        return await self._database.read(lambda c: c.execute(_LAST_RESET).get)

    def _committed(self, report: AccountReport) -> None:
        self._report = report


def _report(connection: apsw.Connection) -> AccountReport:
    stored = stored_values.get(connection, ACCOUNT, StoredAccount) or StoredAccount()
    return AccountReport(
        account=stored.account,
        sources=stored.sources,
        resets=tuple(_resets(connection, REPORTED_RESETS)),
        version=versions.of_account(connection),
    )


def _resets(connection: apsw.Connection, limit: int) -> list[ResetEntry]:
    rows: list[Any] = connection.execute(_RESETS, (limit,)).fetchall()
    return [msgspec.json.decode(value, type=ResetEntry) for (value,) in rows]


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
        hour_ms = account.at_ms // HOUR_MS * HOUR_MS
        known: Credits = from_sql(connection.execute(_GET_UNEXPLAINED, (hour_ms,)).get or 0)
        connection.execute(_PUT_UNEXPLAINED, (hour_ms, to_sql(total((known, found.unexplained)))))


def _initiator(connection: apsw.Connection, change: Change) -> Initiator:
    """Return who caused a change: a reset of ours within the last minutes, or the site."""
    row: Any = connection.execute(_RESETS, (1,)).fetchone()
    if change.kind.value == "reset" and row is not None:
        entry = msgspec.json.decode(row[0], type=ResetEntry)
        if change.t_ms - entry.t_ms < HOUR_MS and entry.state not in (
            ResetState.FAILED,
            ResetState.SKIPPED,
        ):
            return entry.by
    return Initiator.SITE


def _save_balance(connection: apsw.Connection, account: Account) -> None:
    """Store the balance; of equal ones in a row only the first and the last."""
    if account.balance is None or account.unit is None:
        return
    value = (account.unit.value, to_sql(account.balance))
    last = connection.execute(_LAST_BALANCES).fetchall()
    if len(last) == 2 and all(row[1:] == value for row in last):
        connection.execute(_DELETE_BALANCE, (last[0][0],))
    connection.execute(_PUT_BALANCE, (account.at_ms, *value))


def _put_reset(connection: apsw.Connection, entry: ResetEntry) -> None:
    value = msgspec.json.encode(entry).decode()
    connection.execute(_END_RESET, (entry.state.value, value, entry.id))
    versions.advance_account(connection)
