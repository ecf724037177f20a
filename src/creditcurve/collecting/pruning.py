"""Retention: remove records that are older than the user wants to keep; their sums stay.

It runs at the start, when the settings change, and every hour. It removes in short writes, so that
a poll does not have to wait. After a failure it tries again in the next run.
"""

import asyncio
import contextlib
import logging
from typing import Final

from creditcurve.feed import Feed
from creditcurve.store import Store, StoreUnavailableError

INTERVAL_S: Final = 3_600.0

log = logging.getLogger(__name__)


class Pruning:
    """Applies the setting ``retention_days`` to the store."""

    def __init__(self, *, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed

    async def run(self) -> None:
        """Remove old records again and again, until cancelled or the feed closes."""
        while not self._feed.is_closed:
            seen = self._feed.marks.settings
            try:
                await self._prune()
            except StoreUnavailableError as error:
                log.warning("pruning postponed: %s", error)
            await self._wait_for_other_settings(seen)

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
                    await asyncio.shield(changed)
