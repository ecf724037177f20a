"""The open event streams: one heartbeat and one check for stalled clients serve them all."""

import asyncio
import math
from collections.abc import Callable
from typing import cast

from starlette.types import Scope, Send

from creditcurve.feed import Feed
from creditcurve.turns import Turns

HEARTBEAT_S = 15.0
_MIN_PAUSE_S = 1.0
SENT_AT_ONCE = 32
"""Chunks that are written in one iteration of the event loop."""
SEND_DEADLINE_S = 15.0
"""A client that has not received its data by then is disconnected (20 s are promised)."""

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Connection:
    """The sending side of one stream; it knows how long a send has been waiting."""

    def __init__(self, scope: Scope, send: Send, turns: Turns) -> None:
        self._send = send
        self._turns = turns
        self._abort = cast("Callable[[], None] | None", scope["state"].get("abort"))
        self._time = asyncio.get_running_loop().time
        self._sending_since: float | None = None

    async def start(self) -> None:
        """Send the head of the response."""
        await self._send({"type": "http.response.start", "status": 200, "headers": _HEADERS})

    async def put(self, chunk: bytes) -> None:
        """Send a chunk; while this waits, the client may be disconnected."""
        await self._turns.take()
        self._sending_since = self._time()
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        self._sending_since = None

    async def end(self) -> None:
        """End the response."""
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def abort_if_stalled(self, now_s: float) -> None:
        """Reset the connection of a client that does not read; it would not read an end either."""
        if self._abort is not None and self.deadline_s <= now_s:
            self._abort()

    @property
    def deadline_s(self) -> float:
        """When the present send has waited too long, in the loop's time; infinite without one."""
        since = self._sending_since
        return math.inf if since is None else since + SEND_DEADLINE_S


class Streams:
    """The connections of all open streams."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._connections: set[Connection] = set()
        self.turns = Turns(SENT_AT_ONCE)

    def __len__(self) -> int:
        return len(self._connections)

    def add(self, connection: Connection) -> None:
        """Count a connection as open and watch it."""
        self._connections.add(connection)

    def discard(self, connection: Connection) -> None:
        """Forget a connection that has ended."""
        self._connections.discard(connection)

    async def watch(self) -> None:
        """Send heartbeats and disconnect stalled clients until cancelled.

        Between heartbeats it wakes only for a send that waits: an idle program stays asleep.
        """
        time = asyncio.get_running_loop().time
        beat_s = time() + HEARTBEAT_S
        while True:
            await asyncio.sleep(max(_MIN_PAUSE_S, min(beat_s, self._next_deadline_s()) - time()))
            for connection in tuple(self._connections):
                connection.abort_if_stalled(time())
            if time() >= beat_s:
                self._feed.beat()
                beat_s = time() + HEARTBEAT_S

    def _next_deadline_s(self) -> float:
        return min((one.deadline_s for one in self._connections), default=math.inf)
