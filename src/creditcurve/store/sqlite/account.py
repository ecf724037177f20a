"""The shelf of the account: its newest reading, its balance over time, and the credit resets."""

from collections.abc import Mapping
from typing import Final

import apsw
import msgspec

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import Comparison
from creditcurve.domain.account_facts import Source, SourceStatus
from creditcurve.domain.reset import DailyReset, ResetEntry
from creditcurve.store.sqlite import balances, resets, stored_values, versions
from creditcurve.store.sqlite.database import Database
from creditcurve.store.values.account import AccountReport, BalanceHistory

ACCOUNT: Final = "account"
DAILY_RESET: Final = "daily_reset"
REPORTED_RESETS: Final = 50


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
            found = balances.save(connection, before.account, account)
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
        return await self._database.read(lambda c: balances.history(c, from_ms, to_ms, account))

    async def add_reset(self, entry: ResetEntry) -> ResetEntry:
        """Store a new reset; return it with its number."""

        def work(connection: apsw.Connection) -> tuple[ResetEntry, AccountReport]:
            return resets.add(connection, entry), _report(connection)

        added, _ = await self._database.write(work, lambda done: self._committed(done[1]))
        return added

    async def end_reset(self, entry: ResetEntry) -> None:
        """Store the result of a reset."""

        def work(connection: apsw.Connection) -> AccountReport:
            resets.put(connection, entry)
            return _report(connection)

        await self._database.write(work, self._committed)

    async def resets(self, limit: int) -> list[ResetEntry]:
        """Return the newest resets, newest first."""
        return await self._database.read(lambda c: resets.newest(c, limit))

    async def last_reset_ms(self) -> int | None:
        """Return when the last reset that may have been used was asked for."""
        return await self._database.read(resets.last_ms)

    def _committed(self, report: AccountReport) -> None:
        self._report = report


def _report(connection: apsw.Connection) -> AccountReport:
    stored = stored_values.get(connection, ACCOUNT, StoredAccount) or StoredAccount()
    return AccountReport(
        account=stored.account,
        sources=stored.sources,
        resets=tuple(resets.newest(connection, REPORTED_RESETS)),
        version=versions.of_account(connection),
    )
