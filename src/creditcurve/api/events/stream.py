"""One event stream: a cursor into the store.

It sends everything after the cursor and then follows the feed, so a reconnect after a restart runs
the same code as the next event. There is no queue per client.
"""

import random
from collections.abc import Callable

from creditcurve.api.events.body import TakeOver
from creditcurve.api.events.frames import Frames, frame
from creditcurve.api.state import AppState
from creditcurve.feed import Feed, Marks

MAX_BEHIND = 10_000
"""A client further behind gets ``reset``: fetching again is cheaper than catching up."""
RETRY_MS = (1_000, 4_000)

_HEARTBEAT = b":\n\n"


class Stream:
    """Sends one client the records that it lacks, then every change; see ``body.Writer``."""

    __slots__ = (
        "_body",
        "_cursor",
        "_deleted",
        "_feed",
        "_frames",
        "_is_busy",
        "_may_continue",
        "_revision",
        "_seen",
        "_streams",
    )

    def __init__(
        self,
        app: AppState,
        take_over: TakeOver,
        *,
        since: int | None,
        may_continue: Callable[[], bool],
    ) -> None:
        store = app.store
        self._feed: Feed = app.feed
        self._frames: Frames = app.frames
        self._streams = app.streams
        self._may_continue = may_continue
        self._cursor = store.records.revision if since is None else since
        self._revision = store.records.revision
        self._deleted = store.retention.horizon.revision
        self._seen: Marks = app.feed.marks
        self._is_busy = True
        self._body = take_over(self)
        self._streams.add(self)

    async def greet(self) -> None:
        """Send ``retry``, the cursor, ``status`` and ``settings``; ``reset`` if needed."""
        self._seen = self._feed.marks
        retry_ms = random.randint(*RETRY_MS)  # noqa: S311 - spreads reconnects, guards nothing
        is_lost = not 0 <= self._revision - self._cursor <= MAX_BEHIND
        is_lost = is_lost or self._cursor < self._deleted
        if is_lost:
            self._cursor = self._revision
        lead = b"retry: %d\nid: %d\n\n" % (retry_ms, self._cursor)
        greeting = lead + await self._frames.status() + await self._frames.settings()
        if is_lost:
            greeting += frame("reset", b"{}", identity=self._cursor)
        await self._put(greeting)
        self._is_busy = False
        await self.catch_up()

    async def catch_up(self) -> None:
        """Send everything that has changed, unless another call is doing so.

        It returns early if the client does not read, and ends the response when the session or the
        program ends.
        """
        if self._is_busy:
            return
        self._is_busy = True
        try:
            while self._body.is_writable and self._is_behind and self._may_continue():
                await self._send_changes()
        finally:
            self._is_busy = False
        if self._feed.is_closed or not self._may_continue():
            self._body.end()

    def resume(self) -> None:
        """Catch up: the client reads again."""
        self._streams.resume(self)

    def lose(self) -> None:
        """Forget the stream: its connection is lost."""
        self._streams.discard(self)

    def end(self) -> None:
        """End the response."""
        self._body.end()

    @property
    def _is_behind(self) -> bool:
        marks = self._feed.marks
        return self._seen is not marks or self._cursor < marks.revision

    async def _send_changes(self) -> None:
        """Send the next records and, with the last of them, everything else that has changed."""
        marks, chunk = self._feed.marks, b""
        if self._cursor < marks.revision:
            self._cursor, chunk = await self._frames.records(self._cursor)
        if self._cursor >= marks.revision:
            chunk += await self._changes(self._seen, marks)
            self._seen = marks
        await self._put(chunk)

    async def _changes(self, seen: Marks, marks: Marks) -> bytes:
        chunk = b""
        if marks.status != seen.status:
            chunk += await self._frames.status()
        if marks.settings != seen.settings:
            chunk += await self._frames.settings()
        if marks.account != seen.account:
            chunk += await self._frames.account()
        if marks.alerts != seen.alerts:
            chunk += await self._frames.alerts()
        if marks.beats != seen.beats:
            chunk += _HEARTBEAT
        return chunk

    async def _put(self, chunk: bytes) -> None:
        await self._streams.turns.take()
        if chunk:
            self._body.write(chunk)
