"""Encoded events, each encoded once for all streams that wait for it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from creditcurve.feed import Feed

_Frame = TypeVar("_Frame")


def frame(event: str, data: bytes, *, identity: int | None = None) -> bytes:
    """Return one event in wire format (HTML Living Standard, server-sent events)."""
    lead = b"" if identity is None else b"id: %d\n" % identity
    return lead + b"event: %s\ndata: %s\n\n" % (event.encode(), data)


class Source(Protocol):
    """Encodes the data of events from the present state."""

    async def status(self) -> bytes:
        """Return the data of a ``status`` event."""

    async def settings(self) -> bytes:
        """Return the data of a ``settings`` event."""

    async def account(self) -> bytes:
        """Return the data of an ``account`` event."""

    async def alerts(self) -> bytes:
        """Return the data of an ``alert`` event."""

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """Return the revision reached and the data of a ``records`` event after a revision.

        The data is empty if no stored record is newer than the cursor.
        """


class _Newest:
    """The newest frame of an event, encoded once per mark of the feed."""

    def __init__(self, event: str, encode: Callable[[], Awaitable[bytes]]) -> None:
        self._event = event
        self._encode = encode
        self._mark = -1
        self._task: asyncio.Task[bytes] | None = None

    async def at(self, mark: int) -> bytes:
        """Return a frame no older than the mark."""
        if self._task is None or self._mark != mark:
            self._mark = mark
            self._task = asyncio.create_task(self._frame(), name=f"{self._event} frame")
        return await _result(self._task)

    async def _frame(self) -> bytes:
        return frame(self._event, await self._encode())


async def _result(task: asyncio.Task[_Frame]) -> _Frame:
    """Return the result of a shared task, which outlives a cancelled waiter."""
    return task.result() if task.done() else await asyncio.shield(task)


class Frames:
    """The newest frame of each event; concurrent requests for one share a task."""

    def __init__(self, feed: Feed, source: Source) -> None:
        self._feed = feed
        self._source = source
        self._status = _Newest("status", source.status)
        self._settings = _Newest("settings", source.settings)
        self._account = _Newest("account", source.account)
        self._alerts = _Newest("alert", source.alerts)
        self._records: dict[int, asyncio.Task[tuple[int, bytes]]] = {}

    async def status(self) -> bytes:
        """Return a ``status`` frame no older than the feed's mark."""
        return await self._status.at(self._feed.marks.status)

    async def settings(self) -> bytes:
        """Return a ``settings`` frame no older than the feed's mark."""
        return await self._settings.at(self._feed.marks.settings)

    async def alerts(self) -> bytes:
        """Return an ``alert`` frame no older than the feed's mark."""
        return await self._alerts.at(self._feed.marks.alerts)

    async def account(self) -> bytes:
        """Return an ``account`` frame no older than the feed's mark."""
        return await self._account.at(self._feed.marks.account)

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """Return the revision reached and the ``records`` frame that follows a revision."""
        task = self._records.get(cursor)
        if task is None:
            self._records.clear()
            task = asyncio.create_task(self._encode_records(cursor), name="records frame")
            self._records[cursor] = task
        reached, data = await _result(task)
        if reached == cursor:
            self._records.pop(cursor, None)
        return reached, data

    async def _encode_records(self, cursor: int) -> tuple[int, bytes]:
        published = self._feed.marks.revision
        reached, data = await self._source.records(cursor)
        if not data:  # the records up to here have been deleted by retention
            return max(cursor, published), b""
        return reached, frame("records", data, identity=reached)
