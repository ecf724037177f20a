"""The journal of resets: each is stored before its call, and again with its result."""

import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.reset import Initiator, ResetEntry, ResetState
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
        return await self._store.account.add_reset(self._entry(by, ResetState.ASKED))

    async def skip(self, by: Initiator, reason: str) -> None:
        """Store that an automatic reset was not asked for."""
        entry = self._entry(by, ResetState.SKIPPED, reason)
        await self._store.account.add_reset(entry)
        self._feed.account_changed()

    async def end(self, entry: ResetEntry, **changes: object) -> ResetEntry:
        """Store an entry with its changes; return it."""
        ended = msgspec.structs.replace(entry, **changes)
        await self._store.account.end_reset(ended)
        self._feed.account_changed()
        return ended

    async def last_ms(self) -> int | None:
        """Return when the last reset that may have been used was asked for."""
        return await self._store.account.last_reset_ms()

    def _entry(self, by: Initiator, state: ResetState, reason: str | None = None) -> ResetEntry:
        return ResetEntry(id=0, t_ms=self._clock.now_ms(), by=by, state=state, reason=reason)
