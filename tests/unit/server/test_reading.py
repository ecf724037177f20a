"""A client that does not read is disconnected; a slow one is not."""

import asyncio

import pytest

from creditcurve.server.reading import CHECK_S, MIN_BYTES, ReadWatch, WatchedFlow
from support.timers import Timers


@pytest.fixture
def timers() -> Timers:
    return Timers()


@pytest.fixture
def stalled() -> list[str]:
    """The stalls."""
    return []


@pytest.fixture
def waiting(timers: Timers, stalled: list[str]) -> list[int]:
    """Start a watch; return the bytes that wait for the client."""
    waiting_bytes = [100_000]
    ReadWatch(
        call_later=timers.call_later,
        waiting_bytes=lambda: waiting_bytes[0],
        on_stalled=lambda: stalled.append("stalled"),
    ).start()
    return waiting_bytes


def test_a_client_that_reads_nothing_is_disconnected(
    waiting: list[int], timers: Timers, stalled: list[str]
) -> None:
    timers.fire()
    assert waiting == [100_000]
    assert stalled == ["stalled"]
    assert not timers.delays_s


def test_a_slow_client_is_kept_as_long_as_it_reads(
    waiting: list[int], timers: Timers, stalled: list[str]
) -> None:
    for _ in range(5):
        waiting[0] -= MIN_BYTES
        timers.fire()
    assert stalled == []
    waiting[0] -= MIN_BYTES - 1
    timers.fire()
    assert stalled == ["stalled"]


class _Transport(asyncio.Transport):
    """A connection whose client reads nothing."""

    def get_write_buffer_size(self) -> int:
        return 100_000


def test_a_client_is_watched_only_while_data_waits_for_it(
    timers: Timers, stalled: list[str]
) -> None:
    flow = WatchedFlow(_Transport(), timers.call_later, lambda: stalled.append("stalled"))
    assert not timers.delays_s
    flow.pause_writing()
    assert timers.delays_s == [CHECK_S]
    flow.resume_writing()
    assert not timers.delays_s
    flow.pause_writing()
    timers.fire()
    assert stalled == ["stalled"]


async def test_an_answer_waits_while_the_client_does_not_read(timers: Timers) -> None:
    flow = WatchedFlow(_Transport(), timers.call_later, lambda: None)
    flow.pause_writing()
    waiting = asyncio.ensure_future(flow.drain())
    await asyncio.sleep(0)
    assert not waiting.done()
    flow.resume_writing()
    await waiting
