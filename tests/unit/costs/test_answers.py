"""What reading an answer and publishing an event cost, counted in calls and bytes."""

import asyncio
import gc
import time
import tracemalloc
from functools import partial
from types import SimpleNamespace
from typing import Final, cast

import pytest

from creditcurve.api.events.frames import Frames
from creditcurve.api.events.stream import Stream
from creditcurve.api.events.streams import Streams
from creditcurve.api.state import AppState
from creditcurve.feed import Feed
from creditcurve.simulator.history import History, encoded
from creditcurve.upstream.known_rows import KnownRows
from support.calls import Calls, calls

pytestmark = pytest.mark.slow

SIZES: Final = (100, 1_000, 10_000)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def rows(count: int, end_ms: int) -> bytes:
    history = History()
    for number in range(count):
        history.add(t_ms=end_ms - (count - number) * 1_000, credits=number % 97)
    return encoded(history.until(end_ms))


def test_a_known_row_is_read_without_a_call() -> None:
    counts = []
    for size in SIZES:
        end_ms, known = now_ms(), KnownRows()
        body = rows(size, end_ms)
        known.read_usage(body, now_ms=end_ms)
        counts.append(calls(partial(known.read_usage, body, now_ms=end_ms)))
    assert max(counts) < 10, counts


def test_known_rows_take_memory_by_their_number_and_share_their_texts() -> None:
    """Of a row are kept: its bytes, a record, two numbers, and places in tables."""
    for size in SIZES:
        end_ms, known = now_ms(), KnownRows()
        body = rows(size, end_ms)
        tracemalloc.start()
        try:
            known.read_usage(body, now_ms=end_ms)
            gc.collect()
            kept, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert kept < 20_000 + 460 * size


class Source:
    """Counts how often each event is encoded."""

    def __init__(self) -> None:
        self.encoded = 0

    async def status(self) -> bytes:
        """Count one encoding."""
        self.encoded += 1
        return b"{}"

    settings = account = alerts = status

    async def records(self, cursor: int) -> tuple[int, bytes]:
        """Count one encoding."""
        self.encoded += 1
        return cursor + 1, b"{}"


async def test_an_event_is_encoded_once_for_all_streams() -> None:
    source, feed = Source(), Feed()
    frames = Frames(feed, source)
    feed.records_changed(1)
    await asyncio.gather(*(frames.records(0) for _ in range(1_000)))
    await asyncio.gather(*(frames.status() for _ in range(1_000)))
    assert source.encoded == 2


class Client:
    """Counts the chunks of all streams, and reports when every stream has the same number."""

    is_writable = True

    def __init__(self, streams: int) -> None:
        self._streams = streams
        self._chunks = 0
        self._complete = asyncio.Event()

    def write(self, _chunk: bytes) -> None:
        """Receive a chunk of a stream."""
        self._chunks += 1
        if self._chunks % self._streams == 0:
            self._complete.set()

    def end(self) -> None:
        """Receive the end of a stream."""

    async def received(self) -> None:
        """Wait until each stream has one chunk more."""
        self._complete.clear()
        await self._complete.wait()


async def greeted(count: int, client: Client) -> tuple[Feed, Streams]:
    """Open so many streams, whose chunks a client counts."""
    source, feed = Source(), Feed()
    streams, position = Streams(feed), SimpleNamespace(revision=0)
    store = SimpleNamespace(records=position, retention=SimpleNamespace(horizon=position))
    parts = {"store": store, "feed": feed, "frames": Frames(feed, source), "streams": streams}
    app = cast("AppState", SimpleNamespace(**parts))
    for _ in range(count):
        await Stream(app, lambda _: client, since=None, may_continue=lambda: True).greet()
    return feed, streams


async def stream_calls(count: int) -> float:
    """Count the calls that one event costs each of so many streams, with its encoding."""
    client = Client(count)
    feed, streams = await greeted(count, client)
    following = asyncio.create_task(streams.follow())
    await asyncio.sleep(0)
    with Calls() as calls_made:
        feed.records_changed(1)
        await client.received()
    feed.close()
    await following
    return calls_made.count / count


async def test_an_event_costs_every_stream_the_same_few_calls() -> None:
    costs = [await stream_calls(count) for count in (10, 100, 1_000)]
    assert costs[-1] <= costs[0] < 100, costs


async def test_memory_grows_by_the_open_streams_only() -> None:
    """What the program keeps of a stream beside its connection, in bytes for each."""
    kept = []
    for count in (10, 100, 1_000):
        client = Client(count)
        await greeted(1, client)
        tracemalloc.start()
        try:
            opened = await greeted(count, client)
            gc.collect()
            total, _ = tracemalloc.get_traced_memory()
            kept.append(total / count)
        finally:
            tracemalloc.stop()
        del opened
    assert kept[2] <= kept[1] <= kept[0], kept
    assert kept[2] < 500, kept


def test_reading_known_rows_keeps_one_set_of_rows() -> None:
    end_ms, known = now_ms(), KnownRows()
    body = rows(1_000, end_ms)
    known.read_usage(body, now_ms=end_ms)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(5):
            known.read_usage(body, now_ms=end_ms)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 600_000  # one set of rows, which replaces the one before
