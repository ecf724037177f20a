"""Upkeep: apply the settings about stored records to the store, in short writes.

It runs at the start, when the settings change, and every hour. First the sums follow a change of
what counts, then old records are removed; the one never sees the other half done. After a failure
it tries again in the next run.
"""

import asyncio
import contextlib
import logging
from typing import Final

from creditcurve.feed import Feed
from creditcurve.store import RecountProgress, Store, StoreUnavailableError

INTERVAL_S: Final = 3_600.0

log = logging.getLogger(__name__)


class Upkeep:
    """Applies the settings ``also_counts`` and ``retention_days`` to the store."""

    def __init__(self, *, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed

    async def run(self) -> None:
        """Apply them again and again, until cancelled or the feed closes."""
        while not self._feed.is_closed:
            seen = self._feed.marks.settings
            try:
                await self._recount()
                await self._prune()
            except StoreUnavailableError as error:
                log.warning("upkeep postponed: %s", error)
            await self._wait_for_other_settings(seen)

    async def _recount(self) -> None:
        """Let the sums follow a change of what counts; publish each percent."""
        recount, before = self._store.recount, self._store.recount.progress
        while await recount.advance():
            if recount.progress is None or _percent(recount.progress) != _percent(before):
                self._feed.status_changed()
            before = recount.progress

    async def _prune(self) -> None:
        before = self._store.retention.horizon
        try:
            while (days := self._store.state.settings.retention_days) is not None:
                if not await self._store.retention.prune(days):
                    break
        finally:
            removed = self._store.retention.horizon.removed - before.removed
            if removed:
                log.info("pruning removed records=%d", removed)
                self._feed.status_changed()

    async def _wait_for_other_settings(self, seen: int) -> None:
        """Wait until the settings differ from those already seen, at most an hour."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(INTERVAL_S):
                while True:
                    changed = self._feed.next_change()
                    if self._feed.marks.settings != seen or self._feed.is_closed:
                        return
                    await changed


def _percent(progress: RecountProgress | None) -> int | None:
    return None if progress is None else 100 * progress.done // max(1, progress.total)
