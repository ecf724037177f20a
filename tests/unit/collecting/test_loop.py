"""The one loop, against a real site and a real store, with a clock that is moved by hand."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest

from creditcurve.collecting.loop import Collector
from creditcurve.collecting.poll import Polling
from creditcurve.commands import Commands
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.instant import from_iso
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.feed import Feed
from creditcurve.simulator import DEMO_COOKIE, History
from creditcurve.store import SqliteStore, Vault
from creditcurve.upstream import UpstreamClient
from support.clocks import HandClock
from support.site import Simulator

NOW = from_iso("2025-11-23T12:30:00Z")
USAGE, CHECK = "/api/user/usage", "/api/user/usage/chart"
COLLECTING = Settings(collecting=True, poll_interval_s=86_400)


class Loop:
    """A collector at work, its clock and its site."""

    def __init__(self, site: Simulator, clock: HandClock, store: SqliteStore) -> None:
        upstream = UpstreamClient(site.url, clock=clock)
        feed = Feed()
        self.site, self.clock, self.store, self._upstream = site, clock, store, upstream
        self.polling = Polling(
            store=store, upstream=upstream, feed=feed, clock=clock, jitter=lambda: 0.5
        )
        self.commands = Commands(
            store=store, upstream=upstream, polling=self.polling, feed=feed, clock=clock
        )
        collector = Collector(
            store=store, polling=self.polling, commands=self.commands, feed=feed, clock=clock
        )
        self._task = asyncio.create_task(collector.run())

    async def end(self) -> None:
        """Cancel the loop, which alone ends it."""
        assert not self._task.done()
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self.polling.close()
        await self._upstream.aclose()

    async def called(self, count: int) -> list[str]:
        """Wait for so many calls in all; their paths."""
        async with asyncio.timeout(10):
            await self.site.received(count)
        return [request.target.partition("?")[0] for request in self.site.requests]

    async def look(self, seconds: float = 0.0) -> None:
        """Let time pass, and let the loop look at the clock until it has settled."""
        self.clock.advance(seconds)
        for _ in range(20):
            self.commands.wake.set()
            await asyncio.sleep(0)


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands."""
    return HandClock(NOW)


@pytest.fixture
async def site(clock: HandClock) -> AsyncIterator[Simulator]:
    """A site with one request of an hour ago."""
    async with Simulator(history=History(), clock=clock) as simulator:
        simulator.history.add(t_ms=NOW - 3_600_000, credits=7)
        yield simulator


@pytest.fixture
async def store(tmp_path: Path, clock: HandClock) -> AsyncIterator[SqliteStore]:
    """A store with a cookie that works, collecting on."""
    vault = Vault.open(
        secret_key=Secret(b"test key"), key_file=tmp_path / "unused.key", use_keyring=False
    )
    opened = SqliteStore.open(tmp_path / "data", vault=vault, clock=clock)
    await opened.state.save_cookie(DEMO_COOKIE, CookieStatus(state=CookieState.VALID), Link())
    await opened.state.save_settings(COLLECTING)
    yield opened
    await opened.close()


@pytest.fixture
async def loop(site: Simulator, clock: HandClock, store: SqliteStore) -> AsyncIterator[Loop]:
    """The loop, after its first poll, that poll's back-fill and the first check."""
    running = Loop(site, clock, store)
    assert await running.called(3) == [USAGE, USAGE, CHECK]
    await _until(lambda: running.polling.last_check_s is not None)
    yield running
    await running.end()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - it gives way to the loop, and waits for no time
            await asyncio.sleep(0)


async def test_the_cookie_is_checked_every_ten_minutes(loop: Loop) -> None:
    """The validity check is a periodic task of its own, between polls far apart."""
    await loop.look(599)
    assert len(loop.site.requests) == 3
    await loop.look(2)
    assert await loop.called(4) == [USAGE, USAGE, CHECK, CHECK]
    await _until(lambda: loop.store.state.cookie_status.checked_at_ms == loop.clock.now_ms())
    await loop.look(601)
    assert (await loop.called(5))[4:] == [CHECK]


async def test_a_check_that_finds_the_cookie_dead_stops_everything(loop: Loop) -> None:
    """Not one more call, however long it takes."""
    loop.site.cookie = None
    await loop.look(601)
    await loop.called(4)
    await _until(lambda: loop.store.state.link.state is LinkState.COOKIE_INVALID)
    await loop.look(10 * 86_400)
    assert len(loop.site.requests) == 4


async def test_nothing_is_due_while_collection_is_off(loop: Loop) -> None:
    """Neither polls nor checks."""
    await loop.commands.change_settings(lambda now: msgspec.structs.replace(now, collecting=False))
    await loop.look(10 * 86_400)
    assert len(loop.site.requests) == 3


@pytest.mark.parametrize("years", [-10, 10])
async def test_a_wall_clock_that_jumps_moves_no_poll(loop: Loop, years: int) -> None:
    """The interval is measured on the monotonic clock."""
    loop.clock._now_ms += years * 31_557_600_000
    await loop.look()
    assert len(loop.site.requests) == 3


async def test_after_a_long_sleep_one_poll_comes_and_no_burst(loop: Loop) -> None:
    """Eight hours of suspend with a poll a minute are one poll."""
    await loop.commands.change_settings(
        lambda now: msgspec.structs.replace(now, poll_interval_s=60)
    )
    await loop.look(8 * 3_600)
    calls = await loop.called(4)
    await _until(lambda: loop.store.state.link.last_success_ms == loop.clock.now_ms())
    await loop.look()
    assert len(loop.site.requests) - len(calls) <= 1
    assert calls[3] == USAGE


async def test_a_pause_the_site_asked_for_outlives_a_restart(
    store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """The minute after a firewall's challenge is kept by the next process too."""
    await store.state.save_settings(msgspec.structs.replace(COLLECTING, poll_interval_s=60))
    site.faults.set("challenge", endpoint="usage")
    first = Loop(site, clock, store)
    await _until(lambda: store.state.link.state is LinkState.BLOCKED)
    await first.end()
    second = Loop(site, clock, store)
    await _until(lambda: second.polling.last_attempt_s is not None)
    await second.look(59)
    assert len(site.requests) == 1
    await second.look(2)
    assert (await second.called(2))[:2] == [USAGE, USAGE]
    await second.end()
