"""The store's methods for the balance and its history."""

from collections.abc import Mapping
from typing import Protocol

from creditcurve.domain.account import Account
from creditcurve.domain.account_change import Comparison
from creditcurve.domain.account_facts import Source, SourceStatus
from creditcurve.domain.reset import DailyReset, ResetEntry
from creditcurve.store.values.account import AccountReport, BalanceHistory


class Accounts(Protocol):
    """The account: its newest reading, its balance over time, and the credit resets."""

    @property
    def account(self) -> Account | None:
        """The newest reading; None before the first."""
        ...

    @property
    def sources(self) -> Mapping[Source, SourceStatus]:
        """The state of each source that was asked."""
        ...

    @property
    def report(self) -> AccountReport:
        """The newest reading, the sources and the newest resets, as of one version."""
        ...

    async def save(
        self, account: Account, sources: Mapping[Source, SourceStatus]
    ) -> Comparison | None:
        """Store a reading, compared with the records since the last one.

        Returns:
            The comparison; None without an earlier reading.
        """
        ...

    @property
    def daily_reset(self) -> DailyReset:
        """The time of day of automatic resets and when it was chosen."""
        ...

    async def save_daily_reset(self, daily: DailyReset) -> None:
        """Store the time of day of automatic resets."""
        ...

    async def history(self, from_ms: int, to_ms: int) -> BalanceHistory:
        """Return the balance of a range in the present unit, its changes, and the remainder."""
        ...

    async def add_reset(self, entry: ResetEntry) -> ResetEntry:
        """Store a new reset and return it with its number; no call may be made before that."""
        ...

    async def end_reset(self, entry: ResetEntry) -> None:
        """Store the result of a reset."""
        ...

    async def resets(self, limit: int) -> list[ResetEntry]:
        """Return the newest resets, newest first."""
        ...

    async def last_reset_ms(self) -> int | None:
        """Return when the last reset that may have been used was asked for."""
        ...
