"""The journal of resets: each is stored before its call, and again with its result."""

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.reset import Initiator, ResetEntry
from creditcurve.feed import Feed
from creditcurve.store import Store


class ResetJournal:
    """Stores resets and publishes each change."""

    def __init__(self, *, store: Store, feed: Feed, clock: Clock) -> None:
        self._store = store
        self._feed = feed
        self._clock = clock

    @property
    def newest(self) -> tuple[ResetEntry, ...]:
        """The newest resets, newest first."""
        return self._store.account.report.resets

    async def begin(self, by: Initiator) -> ResetEntry:
        """Store that the site is about to be asked."""
        return await self._store.account.begin_reset(by, t_ms=self._clock.now_ms())

    async def end(self, entry: ResetEntry, **changes: object) -> ResetEntry:
        """Store an entry with its changes; return it."""
        ended = msgspec.structs.replace(entry, **changes)
        await self._store.account.end_reset(ended)
        self._feed.account_changed()
        return ended

    async def last_ms(self) -> int | None:
        """Return when the last reset that may have been used was asked for."""
        return await self._store.account.last_reset_ms()
