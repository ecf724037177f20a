"""Encoded events, each encoded once for all streams that wait for it."""

import asyncio
from typing import Protocol

from creditcurve.feed import Feed


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

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """Return the revision reached and the data of a ``records`` event after a revision.

        The data is empty if no stored record is newer than the cursor.
        """


class Frames:
    """The newest frame of each event; concurrent requests for one share a task."""

    def __init__(self, feed: Feed, source: Source) -> None:
        self._feed = feed
        self._source = source
        self._status: tuple[int, asyncio.Task[bytes]] | None = None
        self._settings: tuple[int, asyncio.Task[bytes]] | None = None
        self._account: tuple[int, asyncio.Task[bytes]] | None = None
        self._records: dict[int, asyncio.Task[tuple[int, bytes]]] = {}

    async def status(self) -> bytes:
        """Return a ``status`` frame no older than the feed's mark."""
        mark = self._feed.marks.status
        if self._status is None or self._status[0] != mark:
            self._status = (mark, asyncio.create_task(self._encode_status(), name="status frame"))
        return await asyncio.shield(self._status[1])

    async def settings(self) -> bytes:
        """Return a ``settings`` frame no older than the feed's mark."""
        mark = self._feed.marks.settings
        if self._settings is None or self._settings[0] != mark:
            task = asyncio.create_task(self._encode_settings(), name="settings frame")
            self._settings = (mark, task)
        return await asyncio.shield(self._settings[1])

    async def account(self) -> bytes:
        """Return an ``account`` frame no older than the feed's mark."""
        mark = self._feed.marks.account
        if self._account is None or self._account[0] != mark:
            task = asyncio.create_task(self._encode_account(), name="account frame")
            self._account = (mark, task)
        return await asyncio.shield(self._account[1])

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """Return the revision reached and the ``records`` frame that follows a revision."""
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
        return frame("status", await self._source.status())

    async def _encode_settings(self) -> bytes:
        return frame("settings", await self._source.settings())

    async def _encode_account(self) -> bytes:
        return frame("account", await self._source.account())

    async def _encode_records(self, cursor: int) -> tuple[int, bytes]:
        published = self._feed.marks.revision
        reached, data = await self._source.records(cursor)
        if not data:  # the records up to here have been deleted by retention
            return max(cursor, published), b""
        return reached, frame("records", data, identity=reached)
