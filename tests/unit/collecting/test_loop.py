"""The loop: what runs when, with a clock that the test moves."""

import pytest

from creditcurve.collecting.loop import CollectingLoop
from creditcurve.collecting.schedule import Job
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.secret import Secret
from support.world import CHECK, NOW, USAGE, SiteWorld

DAY_S = 86_400
OTHER = Secret(b"__Secure-authjs.session-token=another-made-up-one")


async def collect(world: SiteWorld, *, poll_interval_s: int = DAY_S) -> None:
    """Collect until the first poll, its back-fill and the first check are done."""
    await world.change(collecting=True, poll_interval_s=poll_interval_s)
    world.start()
    await world.advance()
    assert world.calls == [USAGE, USAGE, CHECK]


async def test_the_cookie_is_checked_every_ten_minutes(world: SiteWorld) -> None:
    """The check has its own interval, between polls that are far apart."""
    await collect(world)
    await world.advance(599)
    assert len(world.calls) == 3
    await world.advance(2)
    assert world.calls[3:] == [CHECK]
    assert world.cookie_status.checked_at_ms == world.clock.now_ms()
    await world.advance(601)
    assert world.calls[4:] == [CHECK]


async def test_polls_come_at_the_interval(world: SiteWorld) -> None:
    await collect(world, poll_interval_s=60)
    await world.advance(59)
    assert len(world.calls) == 3
    await world.advance(2)
    assert world.calls[3:] == [USAGE]


async def test_a_check_that_finds_the_cookie_invalid_ends_all_calls(world: SiteWorld) -> None:
    await collect(world)
    world.site.cookie = None
    await world.advance(601)
    assert world.link_state() is LinkState.COOKIE_INVALID
    await world.advance(10 * DAY_S)
    assert world.calls[3:] == [CHECK]


async def test_nothing_is_called_while_collecting_is_off(world: SiteWorld) -> None:
    await collect(world)
    await world.change(collecting=False)
    await world.advance(10 * DAY_S)
    assert len(world.calls) == 3


async def test_collecting_that_is_switched_on_polls_at_once(world: SiteWorld) -> None:
    await collect(world)
    await world.change(collecting=False)
    await world.change(collecting=True)
    await world.advance()
    assert world.calls[3:] == [USAGE]


async def test_a_longer_interval_applies_to_the_running_pause(world: SiteWorld) -> None:
    await collect(world, poll_interval_s=60)
    await world.change(poll_interval_s=300)
    await world.advance(299)
    assert len(world.calls) == 3
    await world.advance(2)
    assert world.calls[3:] == [USAGE]


@pytest.mark.parametrize("years", [-10, 10])
async def test_a_wall_clock_that_is_set_moves_no_poll(world: SiteWorld, years: int) -> None:
    await collect(world)
    world.clock.set_wall_clock(NOW + years * 31_557_600_000)
    await world.advance()
    assert len(world.calls) == 3


async def test_after_a_long_suspend_only_one_poll_is_made(world: SiteWorld) -> None:
    await collect(world, poll_interval_s=60)
    await world.advance(8 * 3_600)
    assert world.calls[3:] == [USAGE, CHECK]


async def test_a_challenge_is_retried_after_one_minute_then_two(world: SiteWorld) -> None:
    await collect(world, poll_interval_s=10)
    world.site.faults.set("challenge", endpoint="usage", times=2)
    await world.advance(11)
    assert world.link_state() is LinkState.BLOCKED
    for pause_s in (60, 120):
        called = len(world.calls)
        await world.advance(pause_s - 1)
        assert len(world.calls) == called
        await world.advance(2)
        assert len(world.calls) > called
    assert world.link_state() is LinkState.OK


async def test_a_pause_survives_a_restart(world: SiteWorld) -> None:
    await collect(world, poll_interval_s=10)
    world.site.faults.set("challenge", endpoint="usage", times=1)
    await world.advance(11)
    called = len(world.calls)
    await world.restart()
    await world.advance()
    await world.advance(58)
    assert len(world.calls) == called
    await world.advance(2)
    assert len(world.calls) > called


async def test_a_resumed_pause_is_at_most_two_hours(world: SiteWorld) -> None:
    """The wall clock was years ahead when the pause was stored."""
    await world.change(collecting=True)
    years_ahead = NOW + 10 * 31_557_600_000
    blocked = Link(state=LinkState.BLOCKED, code="waf_challenge", next_poll_ms=years_ahead)
    await world.store.state.save_link(blocked)
    world.start()
    await world.advance()
    await world.advance(7_199)
    assert world.calls == []
    await world.advance(2)
    assert USAGE in world.calls


async def test_a_failed_write_is_retried_after_fifteen_seconds(world: SiteWorld) -> None:
    """However long the interval is; the site is not asked until writing works again."""
    await collect(world)
    with world.broken_storage():
        await world.advance(DAY_S + 1)
        assert world.link_state() is LinkState.STORAGE_ERROR
        called = len(world.calls)
        for _ in range(3):
            await world.advance(16)
        assert len(world.calls) == called
    await world.advance(14)
    assert len(world.calls) == called
    await world.advance(2)
    assert world.calls[called:][:1] == [USAGE]
    assert world.link_state() is LinkState.OK


async def test_a_check_that_cannot_be_stored_ends_all_calls_until_writing_works(
    world: SiteWorld,
) -> None:
    """Otherwise the check would be repeated every few seconds until the next poll."""
    await collect(world)
    with world.broken_storage():
        await world.advance(601)
        assert world.link_state() is LinkState.STORAGE_ERROR
        called = len(world.calls)
        for _ in range(3):
            await world.advance(16)
        assert len(world.calls) == called
    await world.advance(16)
    assert world.link_state() is LinkState.OK


async def test_a_new_cookie_is_polled_at_once_although_an_old_poll_is_under_way(
    world: SiteWorld,
) -> None:
    """Not only after the pause that the failure of the old cookie would have caused."""
    await collect(world)
    world.site.cookie = OTHER
    gate = world.site.hold("usage")
    world.clock.advance(DAY_S + 1)
    world.collecting.schedule.wake()
    await gate.reached()
    await world.commands.cookie.set(OTHER.reveal().decode())
    gate.release()
    await world.advance()
    assert world.sent_cookies()[-1] == OTHER.reveal()
    assert world.calls[-2:] == [USAGE, CHECK] or world.calls[-1] == USAGE
    assert world.link_state() is LinkState.OK


async def test_an_unreadable_cookie_ends_all_calls(world: SiteWorld) -> None:
    await world.change(collecting=True)
    await world.restart(key=b"another key")
    world.start()
    await world.advance(DAY_S)
    assert world.calls == []
    assert world.cookie_state() is CookieState.UNREADABLE


async def test_an_unexpected_failure_pauses_the_job_and_the_loop_goes_on(
    world: SiteWorld, caplog: pytest.LogCaptureFixture
) -> None:
    runs = []

    async def fail() -> None:
        runs.append(world.clock.now_ms())
        raise ZeroDivisionError

    loop = CollectingLoop(
        store=world.store,
        changes=world.collecting.changes,
        schedule=world.collecting.schedule,
        feed=world.feed,
        jobs=dict.fromkeys(Job, fail),
    )
    await world.change(collecting=True)
    world.start(loop)
    await world.advance()
    assert len(runs) == 2  # the poll and the check
    await world.advance(59)
    assert len(runs) == 2
    await world.advance(2)
    assert len(runs) == 4
    assert "unexpected failure job=poll" in caplog.text


async def test_the_loop_ends_only_by_cancellation(world: SiteWorld) -> None:
    await collect(world)
    await world.stop()
    assert len(world.calls) == 3
