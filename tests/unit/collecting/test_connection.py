"""The connection: outcomes and commands that come together leave one consistent state."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Coroutine, Iterator

import pytest

from creditcurve.collecting.schedule import Job
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.secret import Secret
from creditcurve.upstream import UpstreamError
from support.site.effects import RENEWED_TOKEN
from support.world import NOW, SiteWorld

LOGIN = "__Secure-authjs.session-token"
RENEWED = f"{LOGIN}={RENEWED_TOKEN.decode()}".encode()
FRESH = f"{LOGIN}=another-made-up-one"
Call = Callable[[SiteWorld], Coroutine[None, None, None]]
CALLS: list[tuple[str, Call]] = [
    ("usage", SiteWorld.poll),
    ("chart", SiteWorld.check),
]
both_calls = pytest.mark.parametrize(("endpoint", "call"), CALLS, ids=["poll", "check"])


@both_calls
async def test_the_refusal_of_an_older_cookie_is_ignored(
    world: SiteWorld, endpoint: str, call: Call
) -> None:
    world.site.faults.set("unauthorized", endpoint=endpoint, times=1)
    gate = world.site.hold(endpoint)
    old = asyncio.create_task(call(world))
    await gate.reached()
    await world.commands.cookie.set(FRESH, verify=False)
    gate.release()
    with contextlib.suppress(UpstreamError):
        await old
    assert world.cookie_state() is CookieState.UNVERIFIED
    assert world.cookie_status.reason is None
    assert world.link_state() is LinkState.OFF


async def test_a_fault_of_a_call_with_an_older_cookie_is_ignored(world: SiteWorld) -> None:
    await world.change(collecting=True)
    world.site.faults.set("error_500", endpoint="usage", times=1)
    gate = world.site.hold("usage")
    old = asyncio.create_task(world.poll())
    await gate.reached()
    await world.commands.cookie.set(FRESH, verify=False)
    gate.release()
    with pytest.raises(UpstreamError):
        await old
    assert (world.link.state, world.link.code) == (LinkState.OK, None)


@both_calls
async def test_the_renewal_of_an_older_cookie_is_ignored(
    world: SiteWorld, endpoint: str, call: Call
) -> None:
    world.site.faults.set("renews_session", endpoint=endpoint, times=1)
    gate = world.site.hold(endpoint)
    old = asyncio.create_task(call(world))
    await gate.reached()
    await world.commands.cookie.set(FRESH, verify=False)
    gate.release()
    await old
    assert await world.cookie() == FRESH.encode()
    assert world.cookie_state() is CookieState.UNVERIFIED


async def test_the_rows_of_an_older_cookie_are_stored(world: SiteWorld) -> None:
    """They are true whatever cookie they were fetched with."""
    gate = world.site.hold("usage")
    old = asyncio.create_task(world.poll())
    await gate.reached()
    await world.commands.cookie.set(FRESH, verify=False)
    gate.release()
    await old
    assert (await world.store.records.summary()).total == 1


@pytest.mark.parametrize("endpoint", ["usage", "chart"])
async def test_two_answers_that_come_together_both_renew(world: SiteWorld, endpoint: str) -> None:
    """The check renews the login, the poll the firewall's cookie; one waits for the other."""
    await world.poll()
    login = Secret(f"{LOGIN}=made-up".encode())
    world.site.cookie = login
    await world.give_cookie(login)
    world.site.faults.set("renews_session", endpoint="chart", times=1)
    world.site.faults.set("renews_firewall", endpoint="usage", times=1)
    gates = [world.site.hold("usage"), world.site.hold("chart")]
    both = [asyncio.create_task(world.poll()), asyncio.create_task(world.check())]
    for gate in gates:
        await gate.reached()
    if endpoint == "chart":
        gates.reverse()
    async with world.collecting.connection.transition():
        gates[0].release()
        await until_transitions_wait(world, 1)
        gates[1].release()
        await until_transitions_wait(world, 2)
    await asyncio.gather(*both)
    assert await world.cookie() == RENEWED + b"; acw_tc=0a1b2c3d"


async def test_the_refusal_of_a_login_that_was_renewed_since_is_ignored(world: SiteWorld) -> None:
    world.site.faults.set("unauthorized", endpoint="usage", times=1)
    world.site.faults.set("renews_session", endpoint="chart", times=1)
    gate = world.site.hold("usage")
    poll = asyncio.create_task(world.poll())
    await gate.reached()
    await world.check()
    gate.release()
    with pytest.raises(UpstreamError):
        await poll
    assert world.cookie_state() is CookieState.VALID


async def test_a_renewed_cookie_is_sent_by_the_very_next_call(world: SiteWorld) -> None:
    """By the poll after the check of an unverified cookie, and by the back-fill after the poll."""
    given = await world.cookie()
    await world.give_cookie(state=CookieState.UNVERIFIED)
    world.site.faults.set("renews_firewall", endpoint="chart", times=1)
    world.site.faults.set("renews_session", endpoint="usage", times=1)
    await world.poll()
    check, poll, backfill = world.sent_cookies()
    assert (check, poll) == (given, given + b"; acw_tc=0a1b2c3d")
    assert RENEWED in backfill
    assert await world.cookie() == backfill


async def test_a_back_fill_renews_too(world: SiteWorld) -> None:
    world.site.faults.set("renews_session", endpoint="back_fill", times=1)
    await world.poll()
    assert RENEWED in await world.cookie()
    assert world.cookie_status.renewed_at_ms == NOW


async def test_only_a_new_login_counts_as_a_renewal(world: SiteWorld) -> None:
    """Not the firewall's cookie; a login with the same value does, and has another expiry."""
    login = Secret(RENEWED)
    world.site.cookie = login
    status = CookieStatus(state=CookieState.VALID, generation=9, expires_at_ms=NOW + 1)
    await world.store.state.save(cookie=login, cookie_status=status, link=world.link)
    world.site.faults.set("renews_firewall", endpoint="usage", times=1)
    await world.poll()
    assert (world.cookie_status.renewed_at_ms, world.cookie_status.expires_at_ms) == (
        None,
        NOW + 1,
    )
    world.site.faults.set("renews_session", endpoint="usage", times=1)
    await world.poll()
    assert (world.cookie_status.renewed_at_ms, world.cookie_status.expires_at_ms) == (NOW, None)


async def test_a_renewed_cookie_is_stored_in_one_transaction_with_the_rows(
    world: SiteWorld,
) -> None:
    """If the link cannot be stored with them, neither is stored."""
    given = await world.cookie()
    world.site.faults.set("renews_session", endpoint="usage", times=1)
    gate = world.site.hold("usage")
    poll = asyncio.create_task(world.poll())
    await gate.reached()
    with failing_link(world, "off"):
        gate.release()
        with pytest.raises(Exception, match="planted"):
            await poll
    assert await world.cookie() == given
    assert (await world.store.records.summary()).total == 0


async def test_three_403s_switch_collecting_off_in_one_transaction(world: SiteWorld) -> None:
    """If the link cannot be stored, the setting is not stored either."""
    await world.change(collecting=True)
    world.site.faults.set("forbidden", endpoint="usage", times=None)
    for _ in range(2):
        with pytest.raises(UpstreamError):
            await world.poll()
    with failing_link(world, "off"), pytest.raises(Exception, match="planted"):
        await world.poll()
    assert world.is_collecting()
    with pytest.raises(UpstreamError):
        await world.poll()
    assert not world.is_collecting()
    assert (world.link.state, world.link.code) == (LinkState.OFF, "upstream_forbidden")


async def test_a_challenge_is_never_counted_among_the_403s(world: SiteWorld) -> None:
    """The 403s before and after a firewall's challenge are not three in a row."""
    await world.change(collecting=True)
    for fault in ("forbidden", "challenge", "challenge", "challenge", "forbidden"):
        world.site.faults.set(fault, endpoint="usage", times=1)
        with pytest.raises(UpstreamError):
            await world.poll()
    assert world.is_collecting()


@pytest.mark.parametrize("is_stored_first", [True, False])
async def test_collecting_that_is_switched_off_during_a_poll_stays_off(
    world: SiteWorld, is_stored_first: bool
) -> None:
    """The link never reports calls when none are made, whichever is stored first."""
    await world.poll()
    await world.change(collecting=True)
    gate = world.site.hold("usage")
    poll = asyncio.create_task(world.poll())
    await gate.reached()
    if is_stored_first:
        async with world.collecting.connection.transition():
            gate.release()
            await until_transitions_wait(world, 1)
            switching = asyncio.create_task(world.change(collecting=False))
            await asyncio.sleep(0)
        await asyncio.gather(poll, switching)
    else:
        await world.change(collecting=False)
        gate.release()
        await poll
    assert (world.link.state, world.link.next_poll_ms) == (LinkState.OFF, None)


async def test_a_new_interval_counts_from_the_last_poll_and_ends_a_speedup(
    world: SiteWorld,
) -> None:
    await world.change(collecting=True)
    await world.poll()
    world.clock.advance(20)
    await world.change(poll_interval_s=120)
    assert world.link.next_poll_ms == NOW + 120_000
    assert world.link.speedup == 0


async def test_other_settings_change_neither_link_nor_pause(world: SiteWorld) -> None:
    await world.change(collecting=True)
    await world.poll()
    before = world.link
    await world.change(theme="dark")
    assert world.link == before


async def test_a_lost_sealing_key_makes_the_cookie_unreadable_until_it_is_back(
    world: SiteWorld,
) -> None:
    await world.check()
    await world.restart(key=b"another key")
    await world.collecting.changes.start()
    assert world.cookie_state() is CookieState.UNREADABLE
    assert world.link_state() is LinkState.NO_COOKIE
    await world.restart()
    await world.collecting.changes.start()
    assert world.cookie_state() is CookieState.VALID
    assert world.link_state() is LinkState.OFF


async def test_at_the_first_start_the_link_reports_the_missing_cookie(world: SiteWorld) -> None:
    await world.commands.cookie.delete()
    await world.store.state.save_link(Link())
    await world.collecting.changes.start()
    assert world.link_state() is LinkState.NO_COOKIE


async def test_a_refused_cookie_can_be_checked_again_and_collecting_goes_on(
    world: SiteWorld,
) -> None:
    await world.change(collecting=True)
    cookie, world.site.cookie = world.site.cookie, None
    with pytest.raises(UpstreamError):
        await world.poll()
    assert (world.link.state, world.cookie_status.reason) == (
        LinkState.COOKIE_INVALID,
        "unauthorized",
    )
    world.site.cookie = cookie
    await world.check()
    assert (world.cookie_status.state, world.cookie_status.reason) == (CookieState.VALID, None)
    assert world.link_state() is LinkState.OK
    assert world.collecting.schedule.due_in_s(Job.POLL) == 0


async def test_a_storage_failure_does_not_change_an_idle_link(world: SiteWorld) -> None:
    """Nothing would ever end that state: without collecting nothing is tried again."""
    with world.broken_storage(), contextlib.suppress(Exception):
        await world.poll()
    assert world.link_state() is LinkState.NO_COOKIE


@contextlib.contextmanager
def failing_link(world: SiteWorld, state: str) -> Iterator[None]:
    """Let the write of a link in this state fail, and no other write."""
    path = next(world.folder.glob("*.db"))
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute(
            "CREATE TRIGGER planted BEFORE INSERT ON state WHEN NEW.name = 'link' "
            f"AND json_extract(NEW.value, '$.state') = '{state}' "
            "BEGIN SELECT RAISE(ABORT, 'planted'); END"
        )
        try:
            yield
        finally:
            other.execute("DROP TRIGGER planted")


async def until_transitions_wait(world: SiteWorld, count: int) -> None:
    """Wait until so many transitions wait for the present one; they follow in their order."""
    lock = world.collecting.connection._lock
    async with asyncio.timeout(10):
        while len(lock._waiters or ()) < count:  # noqa: ASYNC110 - yields
            await asyncio.sleep(0)
