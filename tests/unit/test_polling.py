"""Polling against a real site and a real store, with a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from creditcurve.commands import Commands
from creditcurve.domain.clock import from_iso
from creditcurve.domain.link import CookieState, CookieStatus, Link
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.feed import Feed
from creditcurve.polling import Polling
from creditcurve.store import Store, Vault
from creditcurve.upstream import UpstreamClient
from creditcurve.upstream.simulator import DEMO_COOKIE, History, Simulator
from support.clocks import HandClock

NOW = from_iso("2025-11-23T12:30:00Z")
HOUR_MS = 3_600_000


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
async def site(clock: HandClock) -> AsyncIterator[Simulator]:
    async with Simulator(history=History(), clock=clock, pace_s=0.0005) as simulator:
        simulator.history.add(t_ms=NOW - HOUR_MS, credits=7)
        yield simulator


@pytest.fixture
async def store(tmp_path: Path, clock: HandClock) -> AsyncIterator[Store]:
    vault = Vault.open(
        secret_key=Secret(b"test key"), key_file=tmp_path / "unused.key", use_keyring=False
    )
    opened = Store.open(tmp_path / "data", vault=vault, clock=clock)
    status = CookieStatus(state=CookieState.VALID, generation=1)
    await opened.save_cookie(DEMO_COOKIE, status, Link())
    yield opened
    await opened.close()


@pytest.fixture
async def polling(store: Store, site: Simulator, clock: HandClock) -> AsyncIterator[Polling]:
    upstream = UpstreamClient(site.url, clock=clock)
    made = Polling(store=store, upstream=upstream, feed=Feed(), clock=clock, jitter=lambda: 0.5)
    yield made
    await made.close()
    await upstream.aclose()


async def test_a_poll_proves_nothing_after_the_moment_it_asked(
    polling: Polling, store: Store, site: Simulator, clock: HandClock
) -> None:
    """What happens while a slow answer is on its way need not be in it."""
    await polling.poll()
    asked = len(site.requests)
    site.faults.set("slow_body", endpoint="usage")
    flight = asyncio.create_task(polling.poll())
    await site.received(asked + 1)
    clock.advance(15)
    await flight
    clock.advance(7_200)
    gaps = await store.gaps(NOW - 60_000, clock.now_ms())
    assert [gap.from_ms for gap in gaps] == [NOW]


async def test_a_verdict_on_the_old_cookie_never_falls_on_the_new_one(
    polling: Polling, store: Store, site: Simulator, clock: HandClock
) -> None:
    """A cookie saved while a poll with the one before is refused stays valid: 500 races."""
    upstream = UpstreamClient(site.url, clock=clock)
    commands = Commands(store=store, upstream=upstream, polling=polling, feed=Feed(), clock=clock)
    for number in range(500):
        fresh = f"__Secure-authjs.session-token=race-{number}"
        site.cookie = Secret.of(fresh)
        await asyncio.gather(polling.poll(), commands.set_cookie(fresh), return_exceptions=True)
        assert store.cookie_status.state is CookieState.VALID, number
        assert await store.cookie() == Secret.of(fresh)
    await upstream.aclose()


async def test_polls_come_sooner_until_answers_overlap_again(
    polling: Polling, store: Store, site: Simulator, clock: HandClock
) -> None:
    """Row 15: half the interval at each possible loss, told with the next poll's time."""
    await store.save_settings(Settings(collecting=True))
    site.row_limit, site.honours_hours = 4, False
    assert await _pauses_after(polling, store, site, clock, rows=[1, 6, 5, 9, 7]) == [
        (60, 60),
        (30, 30),
        (15, 15),
        (10, 10),
        (10, 10),
    ]
    assert store.link.haste == 3
    assert await _pauses_after(polling, store, site, clock, rows=[3, 2, 1, 0]) == [
        (10, 10),
        (10, 10),
        (15, 15),
        (60, 60),
    ]


async def _pauses_after(
    polling: Polling, store: Store, site: Simulator, clock: HandClock, rows: list[int]
) -> list[tuple[float, float]]:
    """For each poll after so many new rows: the pause kept, and the one that is told."""
    pauses = []
    for count in rows:
        clock.advance(20)
        for number in range(count):
            site.history.add(t_ms=clock.now_ms() - number, credits=1)
        await polling.poll()
        told_ms = (store.link.next_poll_ms or 0) - clock.now_ms()
        pauses.append((polling.pause_s, told_ms / 1000))
    return pauses


async def test_haste_outlives_a_restart(
    polling: Polling, store: Store, site: Simulator, clock: HandClock, tmp_path: Path
) -> None:
    """The next process goes on at the pace that was needed."""
    await store.save_settings(Settings(collecting=True))
    site.row_limit, site.honours_hours = 4, False
    await _pauses_after(polling, store, site, clock, rows=[1, 6])
    upstream = UpstreamClient(site.url, clock=clock)
    await store.close()
    vault = Vault.open(
        secret_key=Secret(b"test key"), key_file=tmp_path / "unused.key", use_keyring=False
    )
    again = Store.open(tmp_path / "data", vault=vault, clock=clock)
    other = Polling(store=again, upstream=upstream, feed=Feed(), clock=clock, jitter=lambda: 0.5)
    assert await _pauses_after(other, again, site, clock, rows=[3]) == [(30, 30)]
    await other.close()
    await upstream.aclose()
    await again.close()


async def test_rows_missed_while_nobody_asked_call_for_no_haste(
    polling: Polling, store: Store, site: Simulator, clock: HandClock
) -> None:
    """Row 28: after hours asleep an answer overlaps with nothing, however slow the day is."""
    await store.save_settings(Settings(collecting=True))
    site.row_limit, site.honours_hours = 4, False
    await polling.poll()
    clock.advance(8 * 3_600)
    assert await _pauses_after(polling, store, site, clock, rows=[6]) == [(60, 60)]
