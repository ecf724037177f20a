"""The open event streams: one task sends every change to all of them.

A stream without a task has all changes. One that opens catches up in the task of its request, and
one whose client reads again in a new task: the others do not wait for it.
"""

import asyncio
import logging
from typing import Protocol

from creditcurve.clocks import until_tick_s
from creditcurve.feed import Feed
from creditcurve.store import StoreUnavailableError
from creditcurve.turns import Turns

HEARTBEAT_S = 15.0
SENT_AT_ONCE = 32
"""Chunks that are written in one iteration of the event loop."""

log = logging.getLogger(__name__)


class Follower(Protocol):
    """The part of a stream that is used here."""

    async def catch_up(self) -> None:
        """Send everything that has changed."""

    def end(self) -> None:
        """End the response."""


class Streams:
    """Serves the open streams."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._open: dict[Follower, None] = {}
        self._returning: asyncio.TaskGroup | None = None
        self.turns = Turns(SENT_AT_ONCE)

    def __len__(self) -> int:
        return len(self._open)

    def add(self, stream: Follower) -> None:
        """Serve a stream from now on."""
        self._open[stream] = None

    def discard(self, stream: Follower) -> None:
        """Forget a stream whose connection is lost."""
        self._open.pop(stream, None)

    def resume(self, stream: Follower) -> None:
        """Let a stream catch up whose client reads again."""
        if self._returning is not None:
            self._returning.create_task(_catch_up(stream), name="stream")

    async def follow(self) -> None:
        """Send every change to all streams, until the feed is closed; then end them."""
        try:
            async with asyncio.TaskGroup() as self._returning:
                await self._send_changes()
        finally:
            self._returning = None
            for stream in tuple(self._open):
                stream.end()

    async def beat(self) -> None:
        """Keep idle connections alive until cancelled."""
        while True:
            await asyncio.sleep(until_tick_s(HEARTBEAT_S))
            if self._open:
                self._feed.beat()

    async def _send_changes(self) -> None:
        is_last = False
        while not is_last:
            is_last = self._feed.is_closed
            changed = self._feed.next_change()
            for stream in tuple(self._open):
                await _catch_up(stream)
            await changed


async def _catch_up(stream: Follower) -> None:
    """End a stream that fails; its client connects again."""
    try:
        await stream.catch_up()
    except StoreUnavailableError:
        stream.end()
    except Exception:
        log.exception("an event stream failed")
        stream.end()
