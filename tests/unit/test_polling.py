"""Polling against a real site and a real store, with a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from creditcurve.commands import Commands
from creditcurve.domain.clock import from_iso
from creditcurve.domain.link import CookieState, CookieStatus, Link
from creditcurve.domain.secret import Secret
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
