"""Collecting by the timetable of the settings."""

from creditcurve.domain.coverage import GapKind
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.link import LinkState
from creditcurve.domain.timetable import Timetable
from support.world import NOW, SiteWorld

PAUSE = Timetable(start="13:00", end="15:00", inside="pause")
START_MS = NOW + 30 * MINUTE_MS
END_MS = START_MS + 2 * HOUR_MS


async def collect(world: SiteWorld) -> None:
    """Collect with a pause from half an hour after ``NOW`` on, for two hours."""
    await world.change(collecting=True, schedule=PAUSE, time_zone="UTC")
    world.start()
    await world.advance()


async def advance_to(world: SiteWorld, t_ms: int) -> None:
    """Let time pass in steps of a minute."""
    while world.clock.now_ms() < t_ms:
        world.charge(1)
        await world.advance(60)


async def test_no_call_is_made_in_a_pause_and_the_link_names_its_end(world: SiteWorld) -> None:
    await collect(world)
    await advance_to(world, START_MS)
    link = world.link
    assert (link.state, link.code) == (LinkState.OFF, "scheduled")
    assert (link.since_ms, link.next_change_ms) == (START_MS, END_MS)
    calls = len(world.calls)
    await advance_to(world, END_MS - MINUTE_MS)
    assert len(world.calls) == calls
    await advance_to(world, END_MS)
    assert (world.link.state, world.link.code) == (LinkState.OK, None)
    assert world.link.next_change_ms is None
    assert len(world.calls) > calls


async def test_the_gap_of_a_pause_is_named_during_and_after_it(world: SiteWorld) -> None:
    await collect(world)
    await advance_to(world, START_MS + HOUR_MS)
    (gap,) = await world.store.curves.gaps(NOW, world.clock.now_ms())
    assert gap.kind is GapKind.SCHEDULED
    world.site.row_limit = 20
    world.site.honours_hours = False
    await advance_to(world, END_MS + 2 * MINUTE_MS)
    gaps = await world.store.curves.gaps(NOW, world.clock.now_ms())
    assert {one.kind for one in gaps} == {GapKind.SCHEDULED}


async def test_the_switch_goes_before_the_timetable(world: SiteWorld) -> None:
    await collect(world)
    await advance_to(world, START_MS)
    await world.change(collecting=False)
    assert (world.link.state, world.link.code) == (LinkState.OFF, None)
    await world.change(collecting=True)
    assert (world.link.state, world.link.code) == (LinkState.OFF, "scheduled")


async def test_a_refresh_in_a_pause_polls_once_and_the_pause_goes_on(world: SiteWorld) -> None:
    await collect(world)
    await advance_to(world, START_MS)
    await world.poll()
    assert world.link.last_success_ms == world.clock.now_ms()
    assert world.link.code == "scheduled"


async def test_a_restart_in_a_pause_stays_paused(world: SiteWorld) -> None:
    await collect(world)
    await advance_to(world, START_MS)
    await world.restart()
    await world.advance()
    calls = len(world.calls)
    await world.advance(60)
    assert world.link.code == "scheduled"
    assert len(world.calls) == calls


async def test_other_settings_end_a_pause_at_once(world: SiteWorld) -> None:
    await collect(world)
    await advance_to(world, START_MS)
    calls = len(world.calls)
    await world.change(schedule=None)
    await world.advance()
    assert world.link.state is LinkState.OK
    assert len(world.calls) > calls
