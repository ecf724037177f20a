"""One event stream: a cursor into the store.

It sends everything after the cursor and then follows the feed, so a reconnect after a restart runs
the same code as the next event. There is no queue per client.
"""

import random
from collections.abc import Callable

from creditcurve.api.events.frames import frame
from creditcurve.api.events.streams import Connection
from creditcurve.api.state import AppState

MAX_BEHIND = 10_000
"""A client further behind gets ``reset``: fetching again is cheaper than catching up."""
RETRY_MS = (1_000, 4_000)

_HEARTBEAT = b":\n\n"


class Stream:
    """Sends one client the records that it lacks, then every change."""

    def __init__(
        self,
        app: AppState,
        connection: Connection,
        *,
        since: int | None,
        may_continue: Callable[[], bool],
    ) -> None:
        store = app.store
        self._feed = app.feed
        self._frames = app.frames
        self._connection = connection
        self._may_continue = may_continue
        self._cursor = store.records.revision if since is None else since
        self._revision = store.records.revision
        self._deleted = store.retention.horizon.revision
        self._seen = app.feed.marks

    async def run(self) -> None:
        """Greet, catch up and follow the feed, until the program or the session ends."""
        await self._greet()
        while True:
            changed = self._feed.next_change()
            if not self._may_continue():
                break
            await self._catch_up()
            if self._feed.is_closed:
                break
            await changed
        await self._connection.end()

    async def _greet(self) -> None:
        """Send ``retry``, the cursor, ``status`` and ``settings``; ``reset`` if needed."""
        await self._connection.start()
        self._seen = self._feed.marks
        retry_ms = random.randint(*RETRY_MS)  # noqa: S311 - spreads reconnects, guards nothing
        is_lost = not 0 <= self._revision - self._cursor <= MAX_BEHIND
        is_lost = is_lost or self._cursor < self._deleted
        if is_lost:
            self._cursor = self._revision
        lead = b"retry: %d\nid: %d\n\n" % (retry_ms, self._cursor)
        status, settings = await self._frames.status(), await self._frames.settings()
        await self._connection.put(lead + status + settings)
        if is_lost:
            await self._connection.put(frame("reset", b"{}", identity=self._cursor))

    async def _catch_up(self) -> None:
        """Send everything that has changed since the last call."""
        marks = self._feed.marks
        while self._cursor < self._feed.marks.revision:
            self._cursor, chunk = await self._frames.records(self._cursor)
            await self._connection.put(chunk)
        if marks.status != self._seen.status:
            await self._connection.put(await self._frames.status())
        if marks.settings != self._seen.settings:
            await self._connection.put(await self._frames.settings())
        if marks.account != self._seen.account:
            await self._connection.put(await self._frames.account())
        if marks.alerts != self._seen.alerts:
            await self._connection.put(await self._frames.alerts())
        if marks.beats != self._seen.beats:
            await self._connection.put(_HEARTBEAT)
        self._seen = marks
