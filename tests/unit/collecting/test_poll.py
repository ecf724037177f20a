"""The poll: one flight at a time, the stored answer, and the back-fill."""

import asyncio

import pytest

from creditcurve.collecting.cookie import CookieNotUsableError
from creditcurve.collecting.schedule import Job
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import LinkState
from creditcurve.domain.secret import Secret
from creditcurve.store import StoreUnavailableError
from creditcurve.upstream import UpstreamError
from support.world import CHECK, NOW, USAGE, SiteWorld

OTHER = Secret(b"__Secure-authjs.session-token=another-made-up-one")


async def test_polls_that_come_together_share_one_flight(world: SiteWorld) -> None:
    await world.poll()
    gate = world.site.hold("usage")
    polls = [asyncio.create_task(world.collecting.poller.poll()) for _ in range(5)]
    await gate.reached()
    gate.release()
    assert len({id(result) for result in await asyncio.gather(*polls)}) == 1
    assert world.calls == [USAGE, USAGE, USAGE]  # with the back-fill of the first poll


async def test_a_poll_with_a_new_cookie_follows_the_flight_of_the_old_one(
    world: SiteWorld,
) -> None:
    """It neither joins that flight, whose failure says nothing about it, nor runs beside it."""
    await world.poll()
    world.site.cookie = OTHER
    gate = world.site.hold("usage")
    old = asyncio.create_task(world.poll())
    await gate.reached()
    await world.commands.cookie.set(OTHER.reveal().decode())
    new = asyncio.create_task(world.poll())
    await asyncio.sleep(0)
    assert len(world.calls) == 4
    gate.release()
    with pytest.raises(UpstreamError):
        await old
    await new
    assert world.sent_cookies()[-1] == OTHER.reveal()
    assert world.link.last_success_ms == NOW


async def test_the_flight_of_a_deleted_cookie_cannot_be_joined(world: SiteWorld) -> None:
    gate = world.site.hold("usage")
    flight = asyncio.create_task(world.poll())
    await gate.reached()
    await world.commands.cookie.delete()
    with pytest.raises(CookieNotUsableError):
        await world.poll()
    gate.release()
    await flight


async def test_a_poll_tries_an_unreadable_cookie_again(world: SiteWorld) -> None:
    """The key may be back, for example after the keyring was unlocked."""
    status = world.cookie_status.with_state(CookieState.UNREADABLE)
    await world.store.state.save(cookie_status=status)
    await world.poll()
    assert world.cookie_state() is CookieState.VALID


async def test_closing_cancels_the_flight(world: SiteWorld) -> None:
    gate = world.site.hold("usage")
    flight = asyncio.create_task(world.poll())
    await gate.reached()
    await world.collecting.poller.close()
    with pytest.raises(asyncio.CancelledError):
        await flight


async def test_a_poll_proves_nothing_after_the_moment_it_asked(world: SiteWorld) -> None:
    """A request made while the answer is on its way need not be in the answer."""
    await world.poll()
    gate = world.site.hold("usage")
    flight = asyncio.create_task(world.poll())
    await gate.reached()
    world.clock.advance(15)
    gate.release()
    await flight
    world.clock.advance(7_200)
    gaps = await world.store.curves.gaps(NOW - 60_000, world.clock.now_ms())
    assert [gap.from_ms for gap in gaps] == [NOW]


async def test_an_unverified_cookie_is_checked_before_its_first_poll(world: SiteWorld) -> None:
    await world.give_cookie(state=CookieState.UNVERIFIED)
    await world.poll()
    assert world.calls[:2] == [CHECK, USAGE]
    assert world.cookie_state() is CookieState.VALID


async def test_a_failed_first_check_is_a_failure_of_the_poll(world: SiteWorld) -> None:
    await world.give_cookie(state=CookieState.UNVERIFIED)
    await world.change(collecting=True)
    world.site.faults.set("error_500", endpoint="chart", times=1)
    with pytest.raises(UpstreamError):
        await world.poll()
    assert (world.link.state, world.link.code) == (LinkState.DEGRADED, "upstream_error")
    assert world.cookie_state() is CookieState.UNVERIFIED
    assert world.calls == [CHECK]


async def test_a_refused_back_fill_marks_the_cookie_but_the_poll_was_good(
    world: SiteWorld,
) -> None:
    world.site.faults.set("unauthorized", endpoint="back_fill", times=1)
    result = await world.collecting.poller.poll()
    assert result.new == 1
    assert world.cookie_state() is CookieState.INVALID


async def test_nothing_is_asked_while_the_store_cannot_write(world: SiteWorld) -> None:
    """An answer that could not be stored would be asked for in vain."""
    await world.change(collecting=True)
    await world.poll()
    calls = list(world.calls)
    with world.broken_storage():
        for _ in range(2):
            with pytest.raises(StoreUnavailableError):
                await world.poll()
    assert world.calls == [*calls, USAGE]  # the first one finds out that writing fails
    assert world.link_state() is LinkState.STORAGE_ERROR


async def test_polls_come_sooner_until_answers_overlap_again(world: SiteWorld) -> None:
    """Half the interval after each possible loss; the reported time is the scheduled one."""
    await world.change(collecting=True)
    world.site.row_limit, world.site.honours_hours = 4, False
    assert await pauses_after(world, rows=[1, 6, 5, 9, 7]) == [60, 30, 15, 10, 10]
    assert world.link.speedup == 3
    assert await pauses_after(world, rows=[3, 2, 1, 0]) == [10, 10, 15, 60]


async def test_a_speedup_survives_a_restart(world: SiteWorld) -> None:
    await world.change(collecting=True)
    world.site.row_limit, world.site.honours_hours = 4, False
    await pauses_after(world, rows=[1, 6])
    await world.restart()
    assert await pauses_after(world, rows=[3]) == [30]


async def test_records_missed_while_not_collecting_cause_no_speedup(world: SiteWorld) -> None:
    """After a suspend of hours no answer overlaps, however slow the day is."""
    await world.change(collecting=True)
    world.site.row_limit, world.site.honours_hours = 4, False
    await world.poll()
    world.clock.advance(8 * 3_600)
    assert await pauses_after(world, rows=[6]) == [60]


async def pauses_after(world: SiteWorld, rows: list[int]) -> list[float]:
    """Poll after so many new rows each; return the pauses, scheduled and reported alike."""
    pauses = []
    for count in rows:
        world.clock.advance(20)
        world.charge(count)
        await world.poll()
        scheduled_s = world.collecting.schedule.due_in_s(Job.POLL)
        reported_s = ((world.link.next_poll_ms or 0) - world.clock.now_ms()) / 1000
        assert scheduled_s == pytest.approx(reported_s)
        pauses.append(reported_s)
    return pauses
