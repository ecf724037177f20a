"""Polling against a real site and a real store, with a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from creditcurve.collecting.poll import CookieNotUsable, Polling
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
from support.site.effects import RENEWED_TOKEN

NOW = from_iso("2025-11-23T12:30:00Z")
HOUR_MS = 3_600_000
LOGIN = "__Secure-authjs.session-token"
RENEWED = f"{LOGIN}={RENEWED_TOKEN.decode()}"


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
async def site(clock: HandClock) -> AsyncIterator[Simulator]:
    async with Simulator(history=History(), clock=clock, pace_s=0.0005) as simulator:
        simulator.history.add(t_ms=NOW - HOUR_MS, credits=7)
        yield simulator


@pytest.fixture
async def store(tmp_path: Path, clock: HandClock) -> AsyncIterator[SqliteStore]:
    vault = Vault.open(
        secret_key=Secret(b"test key"), key_file=tmp_path / "unused.key", use_keyring=False
    )
    opened = SqliteStore.open(tmp_path / "data", vault=vault, clock=clock)
    status = CookieStatus(state=CookieState.VALID, generation=1)
    await opened.state.save_cookie(DEMO_COOKIE, status, Link())
    yield opened
    await opened.close()


@pytest.fixture
async def polling(store: SqliteStore, site: Simulator, clock: HandClock) -> AsyncIterator[Polling]:
    upstream = UpstreamClient(site.url, clock=clock)
    made = Polling(store=store, upstream=upstream, feed=Feed(), clock=clock, jitter=lambda: 0.5)
    yield made
    await made.close()
    await upstream.aclose()


async def test_a_poll_proves_nothing_after_the_moment_it_asked(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
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
    gaps = await store.curves.gaps(NOW - 60_000, clock.now_ms())
    assert [gap.from_ms for gap in gaps] == [NOW]


async def test_a_verdict_on_the_old_cookie_never_falls_on_the_new_one(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """A cookie saved while a poll with the one before is refused stays valid: 500 races."""
    upstream = UpstreamClient(site.url, clock=clock)
    commands = Commands(store=store, upstream=upstream, polling=polling, feed=Feed(), clock=clock)
    for number in range(500):
        fresh = f"__Secure-authjs.session-token=race-{number}"
        site.cookie = Secret.of(fresh)
        await asyncio.gather(polling.poll(), commands.set_cookie(fresh), return_exceptions=True)
        assert store.state.cookie_status.state is CookieState.VALID, number
        assert await store.state.cookie() == Secret.of(fresh)
    await upstream.aclose()


async def test_a_renewal_of_the_old_cookie_never_falls_on_the_new_one(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """Saved while a check or a poll with the one before is answered with a renewal: 300 races."""
    upstream = UpstreamClient(site.url, clock=clock)
    commands = Commands(store=store, upstream=upstream, polling=polling, feed=Feed(), clock=clock)
    for number in range(300):
        site.cookie = await store.state.cookie()
        call, endpoint = ((polling.poll, "usage"), (polling.check, "chart"))[number % 2]
        site.faults.set("renews_session", endpoint=endpoint, times=1)
        fresh = f"{LOGIN}=race-{number}"
        old = asyncio.create_task(call())
        await site.received(len(site.requests) + 1)
        await asyncio.gather(old, commands.set_cookie(fresh, verify=False), return_exceptions=True)
        assert await store.state.cookie() == Secret.of(fresh), number
        assert store.state.cookie_status.generation == number + 2
    await upstream.aclose()


async def test_two_answers_that_come_together_both_renew(
    polling: Polling, store: SqliteStore, site: Simulator
) -> None:
    """The one renews the login, the other the firewall's cookie: 100 races, no renewal is lost."""
    for number in range(100):
        given = f"{LOGIN}=made-up-{number}"
        site.cookie = Secret.of(given)
        status = CookieStatus(state=CookieState.VALID, generation=number + 2)
        await store.state.save_cookie(Secret.of(given), status, store.state.link)
        site.faults.set("renews_session", endpoint="chart", times=1)
        site.faults.set("renews_firewall", endpoint="usage", times=1)
        await asyncio.gather(polling.poll(), polling.check())
        assert await store.state.cookie() == Secret.of(f"{RENEWED}; acw_tc=0a1b2c3d"), number


async def test_a_verdict_on_what_was_renewed_since_is_none(
    polling: Polling, store: SqliteStore, site: Simulator
) -> None:
    """Whichever answer comes first, the refusal is of the login that was sent: 100 races."""
    for number in range(100):
        given = f"{LOGIN}=made-up-{number}"
        site.cookie = Secret.of(given)
        status = CookieStatus(state=CookieState.VALID, generation=number + 2)
        await store.state.save_cookie(Secret.of(given), status, store.state.link)
        site.faults.set("renews_session", endpoint="chart", times=1)
        site.faults.set("unauthorized", endpoint="usage", times=1)
        await asyncio.gather(polling.poll(), polling.check(), return_exceptions=True)
        assert await store.state.cookie() == Secret.of(RENEWED)
        refused = next(seen for seen in site.requests[-2:] if seen.path == "/api/user/usage")
        is_old = refused.header(b"cookie") == given.encode()
        assert (store.state.cookie_status.state is CookieState.VALID) == is_old, number


async def test_what_was_renewed_is_sent_by_the_very_next_call(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """By the poll after the check of an untried cookie, and by the back-fill after the poll."""
    untried = CookieStatus(state=CookieState.UNVERIFIED, generation=2)
    await store.state.save_cookie(DEMO_COOKIE, untried, Link())
    site.faults.set("renews_firewall", endpoint="chart", times=1)
    site.faults.set("renews_session", endpoint="usage", times=1)
    await polling.poll()
    check, poll, backfill = (request.header(b"cookie") or b"" for request in site.requests)
    assert check == DEMO_COOKIE.reveal()
    assert poll == DEMO_COOKIE.reveal() + b"; acw_tc=0a1b2c3d"
    assert RENEWED.encode() in backfill
    assert (await store.state.cookie() or DEMO_COOKIE).reveal() == backfill


async def test_a_back_fill_renews_too(
    polling: Polling, store: SqliteStore, site: Simulator
) -> None:
    """It is a good answer like any other."""
    site.faults.set("renews_session", endpoint="back_fill", times=1)
    await polling.poll()
    assert RENEWED.encode() in (await store.state.cookie() or DEMO_COOKIE).reveal()
    assert store.state.cookie_status.renewed_at_ms == NOW


async def test_the_answer_to_the_first_check_renews_too(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """What was pasted is tried, and what that renewed is what is kept."""
    upstream = UpstreamClient(site.url, clock=clock)
    commands = Commands(store=store, upstream=upstream, polling=polling, feed=Feed(), clock=clock)
    site.faults.set("renews_session", endpoint="chart", times=1)
    status = await commands.set_cookie(DEMO_COOKIE.reveal().decode())
    assert status.renewed_at_ms == NOW
    assert RENEWED.encode() in (await store.state.cookie() or DEMO_COOKIE).reveal()
    await upstream.aclose()


async def test_only_a_login_that_is_issued_anew_counts_as_renewed(
    polling: Polling, store: SqliteStore, site: Simulator
) -> None:
    """Not the firewall's cookie. With the same value it does: its old end no longer counts."""
    site.cookie = Secret.of(RENEWED)
    status = CookieStatus(state=CookieState.VALID, generation=2, expires_at_ms=NOW + 1)
    await store.state.save_cookie(Secret.of(RENEWED), status, Link())
    site.faults.set("renews_firewall", endpoint="usage", times=1)
    await polling.poll()
    assert (store.state.cookie_status.renewed_at_ms, store.state.cookie_status.expires_at_ms) == (
        None,
        NOW + 1,
    )
    site.faults.set("renews_session", endpoint="usage", times=1)
    await polling.poll()
    assert (store.state.cookie_status.renewed_at_ms, store.state.cookie_status.expires_at_ms) == (
        NOW,
        None,
    )


async def test_deleting_changes_no_setting_but_the_switch(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """Also where it waits for a cookie that is being tried, and a setting is changed meanwhile."""
    upstream = UpstreamClient(site.url, clock=clock, total_s=1)
    commands = Commands(store=store, upstream=upstream, polling=polling, feed=Feed(), clock=clock)
    site.faults.set("hang", endpoint="chart", times=1)
    saving = asyncio.create_task(commands.set_cookie(f"{LOGIN}=made-up"))
    await site.received(1)
    deleting = asyncio.create_task(commands.delete_cookie())
    await commands.change_settings(lambda _: Settings(poll_interval_s=30, collecting=True))
    await asyncio.gather(saving, deleting, return_exceptions=True)
    assert store.state.settings == Settings(poll_interval_s=30)
    await upstream.aclose()


async def test_what_a_deleted_cookie_has_asked_for_is_nobody_s_to_join(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """A refresh after the deletion says that there is no cookie, whatever is still under way."""
    commands = _commands(polling, store, site, clock)
    site.faults.set("hang", endpoint="usage", times=1)
    flight = asyncio.create_task(polling.poll())
    await site.received(1)
    await commands.delete_cookie()
    with pytest.raises(CookieNotUsable):
        await polling.poll()
    flight.cancel()


async def test_a_switch_that_is_turned_while_an_answer_is_stored_stays_turned(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """The link never says that calls are made when none are: 200 races."""
    commands = _commands(polling, store, site, clock)
    for turn in range(200):
        await commands.change_settings(lambda now: msgspec.structs.replace(now, collecting=True))
        asked = len(site.requests)
        flight = asyncio.create_task(polling.poll())
        await site.received(asked + 1)
        for _ in range(turn % 25):
            await asyncio.sleep(0)
        await commands.change_settings(lambda now: msgspec.structs.replace(now, collecting=False))
        await flight
        assert (store.state.link.state, store.state.link.next_poll_ms) == (LinkState.OFF, None)


async def test_two_settings_that_are_changed_at_once_are_both_changed(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """Each change is made to what the other left."""
    commands = _commands(polling, store, site, clock)
    await asyncio.gather(
        commands.change_settings(lambda now: msgspec.structs.replace(now, theme="dark")),
        commands.change_settings(lambda now: msgspec.structs.replace(now, range_hours=6)),
    )
    assert (store.state.settings.theme, store.state.settings.range_hours) == ("dark", 6)


def _commands(polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock) -> Commands:
    upstream = UpstreamClient(site.url, clock=clock)
    return Commands(store=store, upstream=upstream, polling=polling, feed=Feed(), clock=clock)


async def test_polls_come_sooner_until_answers_overlap_again(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """Row 15: half the interval at each possible loss, told with the next poll's time."""
    await store.state.save_settings(Settings(collecting=True))
    site.row_limit, site.honours_hours = 4, False
    assert await _pauses_after(polling, store, site, clock, rows=[1, 6, 5, 9, 7]) == [
        (60, 60),
        (30, 30),
        (15, 15),
        (10, 10),
        (10, 10),
    ]
    assert store.state.link.speedup == 3
    assert await _pauses_after(polling, store, site, clock, rows=[3, 2, 1, 0]) == [
        (10, 10),
        (10, 10),
        (15, 15),
        (60, 60),
    ]


async def _pauses_after(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock, rows: list[int]
) -> list[tuple[float, float]]:
    """For each poll after so many new rows: the pause kept, and the one that is told."""
    pauses = []
    for count in rows:
        clock.advance(20)
        for number in range(count):
            site.history.add(t_ms=clock.now_ms() - number, credits=1)
        await polling.poll()
        told_ms = (store.state.link.next_poll_ms or 0) - clock.now_ms()
        pauses.append((polling.pause_s, told_ms / 1000))
    return pauses


async def test_haste_outlives_a_restart(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock, tmp_path: Path
) -> None:
    """The next process goes on at the pace that was needed."""
    await store.state.save_settings(Settings(collecting=True))
    site.row_limit, site.honours_hours = 4, False
    await _pauses_after(polling, store, site, clock, rows=[1, 6])
    upstream = UpstreamClient(site.url, clock=clock)
    await store.close()
    vault = Vault.open(
        secret_key=Secret(b"test key"), key_file=tmp_path / "unused.key", use_keyring=False
    )
    again = SqliteStore.open(tmp_path / "data", vault=vault, clock=clock)
    other = Polling(store=again, upstream=upstream, feed=Feed(), clock=clock, jitter=lambda: 0.5)
    assert await _pauses_after(other, again, site, clock, rows=[3]) == [(30, 30)]
    await other.close()
    await upstream.aclose()
    await again.close()


async def test_rows_missed_while_nobody_asked_call_for_no_haste(
    polling: Polling, store: SqliteStore, site: Simulator, clock: HandClock
) -> None:
    """Row 28: after hours asleep an answer overlaps with nothing, however slow the day is."""
    await store.state.save_settings(Settings(collecting=True))
    site.row_limit, site.honours_hours = 4, False
    await polling.poll()
    clock.advance(8 * 3_600)
    assert await _pauses_after(polling, store, site, clock, rows=[6]) == [(60, 60)]
