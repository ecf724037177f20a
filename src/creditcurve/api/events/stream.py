"""The event stream: each connection is a cursor into the store.

It sends what lies after the cursor and waits for the feed; a reconnect after a restart is the same
code as the next event. There is no queue per client: whoever waits shares one encoded frame. Nor
is there a timer per client: one beat and one look at who is stuck serve them all.
"""

import asyncio
import random
from collections.abc import Callable
from typing import Annotated, cast

import msgspec
from msgspec import Meta
from starlette.datastructures import Headers, QueryParams
from starlette.types import Receive, Scope, Send

from creditcurve.api.http.access import Access
from creditcurve.api.http.context import Context
from creditcurve.api.http.endpoint import encode
from creditcurve.api.http.guard import session_token_of
from creditcurve.api.http.problems import invalid
from creditcurve.api.resources.status import status_of
from creditcurve.api.schema import RecordsEvent, RecordView

LOOK_S = 1.0
LOOKS_PER_BEAT = 15
"""A heartbeat every 15 s."""
SEND_DEADLINE_S = 15.0
"""A client that has not taken what was sent by then is cut off (20 s are promised)."""
MAX_BEHIND = 10_000
"""Further behind than this many revisions, fetching anew is cheaper than catching up."""
MAX_PER_FRAME = 1_000
RETRY_MS = (1_000, 4_000)

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
_HEARTBEAT = b":\n\n"


class EventsQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the client has: everything up to this revision (``Last-Event-ID`` says the same)."""

    since: Annotated[int, Meta(ge=0)] | None = None


def frame(event: str, data: bytes, *, identity: int | None = None) -> bytes:
    """One event, as it goes over the wire (source: HTML Living Standard, server-sent events)."""
    lead = b"" if identity is None else b"id: %d\n" % identity
    return lead + b"event: %s\ndata: %s\n\n" % (event.encode(), data)


class Frames:
    """Encoded frames, made once for all who wait for the same thing."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._status: tuple[int, asyncio.Task[bytes]] | None = None
        self._settings: tuple[int, bytes] | None = None
        self._records: dict[int, asyncio.Task[tuple[int, bytes]]] = {}

    async def status(self) -> bytes:
        """The status as it is now."""
        mark = self._context.feed.marks.status
        if self._status is None or self._status[0] != mark:
            self._status = (mark, asyncio.create_task(self._encode_status(), name="status frame"))
        return await asyncio.shield(self._status[1])

    def settings(self) -> bytes:
        """The settings as they are now."""
        mark = self._context.feed.marks.settings
        if self._settings is None or self._settings[0] != mark:
            self._settings = (mark, frame("settings", encode(self._context.store.state.settings)))
        return self._settings[1]

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """What lies after a revision, as a frame, and the revision that it reaches."""
        task = self._records.get(cursor)
        if task is None:
            self._records.clear()
            task = asyncio.create_task(self._encode_records(cursor), name="records frame")
            self._records[cursor] = task
        reached, data = await asyncio.shield(task)
        if reached == cursor:
            self._records.pop(cursor, None)
        return reached, data

    async def _encode_status(self) -> bytes:
        return frame("status", encode(await status_of(self._context)))

    async def _encode_records(self, cursor: int) -> tuple[int, bytes]:
        published = self._context.feed.marks.revision
        newer = await self._context.store.records.since(cursor, MAX_PER_FRAME)
        found = newer.records
        if not found:  # what there was is older than the horizon, which has moved since
            return max(cursor, published), b""
        reached = found[-1].revision
        event = RecordsEvent(
            revision=reached, records=tuple(RecordView.of(stored) for stored in found)
        )
        return reached, frame("records", encode(event), identity=reached)


class Streams:
    """All open streams, and what they share."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._frames = Frames(context)
        self._connections: set[_Connection] = set()

    def __len__(self) -> int:
        return len(self._connections)

    async def follow(
        self, connection: "_Connection", since: int | None, may_stay: Callable[[], bool]
    ) -> None:
        """Stream into a connection for as long as it may stay and the program runs."""
        self._connections.add(connection)
        try:
            await _Stream(self._context, self._frames, connection, since, may_stay=may_stay).run()
        finally:
            self._connections.discard(connection)

    async def watch(self) -> None:
        """Beat for all, and cut off who does not take what is sent; ends by cancellation."""
        looks = 0
        while True:
            await asyncio.sleep(LOOK_S)
            looks += 1
            latest = asyncio.get_running_loop().time() - SEND_DEADLINE_S
            for connection in tuple(self._connections):
                connection.cut_if_stuck_since(latest)
            if looks % LOOKS_PER_BEAT == 0:
                self._context.feed.beat()


class EventStream:
    """The ASGI endpoint of ``GET /api/events``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the client leaves, stops reading, or its session or the program ends."""
        streams, since = cast("Streams", scope["app"].state.streams), _since(scope)
        here = cast("asyncio.Task[None]", asyncio.current_task())
        gone = asyncio.create_task(_until_gone(receive), name="stream watch")

        def leave(_gone: asyncio.Task[None]) -> None:
            here.cancel()

        gone.add_done_callback(leave)
        try:
            await streams.follow(_Connection(scope, send), since, _right_to_stay(scope))
        except asyncio.CancelledError:
            if not gone.done() or here.uncancel():
                raise
        finally:
            gone.remove_done_callback(leave)
            gone.cancel()


class _Stream:
    """One client's way through the store."""

    def __init__(
        self,
        context: Context,
        frames: Frames,
        connection: "_Connection",
        since: int | None,
        *,
        may_stay: Callable[[], bool],
    ) -> None:
        self._feed = context.feed
        self._frames = frames
        self._connection = connection
        self._may_stay = may_stay
        self._cursor = context.store.records.revision if since is None else since
        self._revision = context.store.records.revision
        self._removed = context.store.retention.horizon.revision
        self._seen = context.feed.marks

    async def run(self) -> None:
        """Greet, catch up, then follow the feed."""
        await self._greet()
        while True:
            changed = self._feed.next_change()
            if not self._may_stay():
                break
            await self._catch_up()
            if self._feed.is_closed:
                break
            await asyncio.shield(changed)
        await self._connection.end()

    async def _greet(self) -> None:
        """``retry``, where the client stands, ``status``, ``settings``; ``reset`` where due."""
        await self._connection.start()
        self._seen = self._feed.marks
        retry_ms = random.randint(*RETRY_MS)  # noqa: S311 - spreads reconnects, guards nothing
        is_lost = not 0 <= self._revision - self._cursor <= MAX_BEHIND
        is_lost = is_lost or self._cursor < self._removed
        if is_lost:
            self._cursor = self._revision
        lead = b"retry: %d\nid: %d\n\n" % (retry_ms, self._cursor)
        await self._connection.put(lead + await self._frames.status() + self._frames.settings())
        if is_lost:
            await self._connection.put(frame("reset", b"{}", identity=self._cursor))

    async def _catch_up(self) -> None:
        """Everything that has changed since the last look."""
        marks = self._feed.marks
        while self._cursor < self._feed.marks.revision:
            self._cursor, chunk = await self._frames.records(self._cursor)
            await self._connection.put(chunk)
        if marks.status != self._seen.status:
            await self._connection.put(await self._frames.status())
        if marks.settings != self._seen.settings:
            await self._connection.put(self._frames.settings())
        if marks.beats != self._seen.beats:
            await self._connection.put(_HEARTBEAT)
        self._seen = marks


class _Connection:
    """The sending side of one stream, which knows since when a send has been waiting."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        self._abort = cast("Callable[[], None] | None", scope.get("state", {}).get("abort"))
        self._time = asyncio.get_running_loop().time
        self._sending_since: float | None = None

    async def start(self) -> None:
        await self._send({"type": "http.response.start", "status": 200, "headers": _HEADERS})

    async def put(self, chunk: bytes) -> None:
        """Send; the client must take it in time."""
        self._sending_since = self._time()
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        self._sending_since = None

    async def end(self) -> None:
        """A clean end of the answer."""
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def cut_if_stuck_since(self, latest: float) -> None:
        """Drop the connection of a client that does not read: it would never take a clean end."""
        is_stuck = self._sending_since is not None and self._sending_since <= latest
        if is_stuck and self._abort is not None:
            self._abort()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _right_to_stay(scope: Scope) -> Callable[[], bool]:
    """Whether a stream may go on: one that was opened by a session ends with it."""
    access = cast("Access | None", scope["app"].state.access)
    token = session_token_of(Headers(scope=scope))
    if access is None or token is None or not access.is_session(token):
        return lambda: True
    return lambda: access.is_session(token)


def _since(scope: Scope) -> int | None:
    """What the client says it has; an id that is none of ours is like one from another store.

    Raises:
        Problem: 422, ``since`` is not a revision.
    """
    query = QueryParams(scope["query_string"])
    given = query.get("since")
    if given is not None:
        if not _is_number(given):
            raise invalid("since", "since is a revision, a whole number.")
        return int(given)
    last = Headers(scope=scope).get("last-event-id")
    if not last:
        return None
    return int(last) if _is_number(last) else -MAX_BEHIND - 1


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
