"""Retention at work: removes single requests that are older than the user wants to keep.

It looks at the start, whenever the settings change, and every hour; it removes in short writes, so
that no poll waits for it. What it could not remove it tries again at its next look.
"""

import asyncio
import contextlib
import logging
from typing import Final

from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError

PAUSE_S: Final = 3_600.0

log = logging.getLogger(__name__)


class Pruning:
    """Holds the store to ``retention_days``."""

    def __init__(self, *, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed

    async def run(self) -> None:
        """Remove what is due, again and again, until cancelled or the feed closes."""
        while not self._feed.is_closed:
            seen = self._feed.marks.settings
            try:
                await self._prune()
            except StoreUnavailableError as error:
                log.warning("retention postponed: %s", error)
            await self._wait(seen)

    async def _prune(self) -> None:
        before = self._store.retention.horizon
        try:
            while (days := self._store.state.settings.retention_days) is not None:
                if not await self._store.retention.prune(days):
                    break
        finally:
            removed = self._store.retention.horizon.removed - before.removed
            if removed:
                log.info("retention removed records=%d", removed)
                self._feed.status()

    async def _wait(self, seen: int) -> None:
        """Until the settings are others than those that were seen, but no longer than an hour."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PAUSE_S):
                while True:
                    changed = self._feed.next_change()
                    if self._feed.marks.settings != seen or self._feed.is_closed:
                        return
                    await asyncio.shield(changed)
