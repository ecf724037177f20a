"""Outcomes: the times, pauses and texts that follow from the results of calls."""

import asyncio
import logging

import pytest

from creditcurve.collecting.schedule import Job
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import LinkState
from creditcurve.store import StoreUnavailableError
from creditcurve.upstream import UpstreamError
from support.world import NOW, SiteWorld


async def failed_poll(world: SiteWorld, fault: str) -> None:
    """Poll while the site fails in this way."""
    world.site.faults.set(fault, endpoint="usage", times=1)
    with pytest.raises(UpstreamError):
        await world.poll()


async def test_a_refused_cookie_has_the_time_of_its_refusal(world: SiteWorld) -> None:
    await world.change(collecting=True)
    world.clock.advance(7)
    await failed_poll(world, "unauthorized")
    link, status = world.link, world.cookie_status
    assert (link.state, link.since_ms, link.last_attempt_ms) == (
        LinkState.COOKIE_INVALID,
        NOW + 7_000,
        NOW + 7_000,
    )
    assert (status.state, status.checked_at_ms) == (CookieState.INVALID, NOW + 7_000)


async def test_a_fault_pauses_polls_for_as_long_as_the_link_says(world: SiteWorld) -> None:
    """Half of the way from the interval to twice as much: the random share is 0.5 here."""
    await world.change(collecting=True)
    world.clock.advance(7)
    await failed_poll(world, "error_500")
    assert (world.link.state, world.link.since_ms) == (LinkState.DEGRADED, NOW + 7_000)
    assert world.link.next_poll_ms == NOW + 7_000 + 90_000
    assert world.collecting.schedule.due_in_s(Job.POLL) == 90


async def test_another_interval_pauses_longer(world: SiteWorld) -> None:
    await world.change(collecting=True, poll_interval_s=600)
    await failed_poll(world, "error_500")
    assert world.collecting.schedule.due_in_s(Job.POLL) == 750


async def test_a_good_poll_is_followed_by_the_next_after_the_interval(world: SiteWorld) -> None:
    await world.change(collecting=True, poll_interval_s=120)
    world.clock.advance(7)
    await world.poll()
    assert world.collecting.schedule.due_in_s(Job.POLL) == 120
    assert (world.link.last_success_ms, world.link.next_poll_ms) == (NOW + 7_000, NOW + 127_000)


async def test_possible_losses_are_followed_by_faster_polls(world: SiteWorld) -> None:
    await world.change(collecting=True)
    await world.poll()
    world.site.row_limit = 5
    world.site.honours_hours = False
    world.clock.advance(60)
    world.charge(6)
    await world.poll()
    assert world.link.speedup == 1
    assert world.collecting.schedule.due_in_s(Job.POLL) == 30
    assert world.link.next_poll_ms == NOW + 90_000


async def test_a_poll_that_cannot_be_stored_is_made_again_in_15_seconds(world: SiteWorld) -> None:
    await world.change(collecting=True)
    gate = world.site.hold("usage")
    poll = asyncio.create_task(world.poll())
    await gate.reached()
    world.clock.advance(7)
    with world.broken_storage():
        gate.release()
        with pytest.raises(StoreUnavailableError) as failure:
            await poll
    link = world.link
    assert (link.state, link.code, link.detail) == (
        LinkState.STORAGE_ERROR,
        "storage_error",
        str(failure.value),
    )
    assert (link.since_ms, link.next_poll_ms) == (NOW + 7_000, NOW + 22_000)
    assert world.collecting.schedule.due_in_s(Job.POLL) == 15


async def test_a_good_check_makes_a_poll_due_only_where_none_were_made(world: SiteWorld) -> None:
    await world.change(collecting=True)
    await world.poll()
    await world.check()
    assert world.collecting.schedule.due_in_s(Job.POLL) == 60
    await failed_poll(world, "unauthorized")
    await world.check()
    assert world.collecting.schedule.due_in_s(Job.POLL) == 0


async def test_a_fault_is_logged_as_a_warning_and_its_end_is_not(
    world: SiteWorld, caplog: pytest.LogCaptureFixture
) -> None:
    await world.change(collecting=True)
    caplog.clear()
    caplog.set_level(logging.INFO, logger="creditcurve.collecting")
    await failed_poll(world, "error_500")
    await failed_poll(world, "error_500")
    await world.poll()
    await world.poll()
    lines = [(one.levelname, one.message) for one in caplog.records if "link" in one.message]
    assert lines == [
        ("WARNING", "link state=degraded code=upstream_error"),
        ("INFO", "link state=ok code=None"),
    ]
