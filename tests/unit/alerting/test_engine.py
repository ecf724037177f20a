"""The engine: rules that compare with expectations, and rules that need no poll."""

import pytest

from creditcurve.alerting.engine import RECENT_S
from creditcurve.domain.account import Account
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS
from creditcurve.domain.unit import Unit
from creditcurve.store import EpisodesQuery
from creditcurve.upstream import UpstreamError
from support.history import store_history
from support.record_files import record
from support.world import NOW, SiteWorld

RUNS_OUT = Rule(id="out", kind=Kind.RUNS_OUT, within_h=4)


async def fired(world: SiteWorld) -> list[str]:
    """Return the rules that have an episode."""
    page = await world.store.alerts.episodes(EpisodesQuery())
    return [one.episode.rule for one in page.episodes]


async def read_balance(world: SiteWorld, balance: int) -> None:
    """Store a reading of the account."""
    at_ms = world.clock.now_ms()
    await world.store.account.save(Account(at_ms=at_ms, unit=Unit.CREDITS, balance=balance), {})


async def spend_fast(world: SiteWorld) -> None:
    """Store 100 credits an hour for the last three hours."""
    instants = [NOW - number * 6 * MINUTE_MS - MINUTE_MS for number in range(30)]
    spent = [record(number + 1, t_ms=at, credits=10) for number, at in enumerate(instants)]
    await store_history(world, spent, 3)


async def test_a_balance_that_runs_out_within_the_hours_fires(world: SiteWorld) -> None:
    await spend_fast(world)
    await read_balance(world, 300)
    await world.store.alerts.save_rule(RUNS_OUT, at_ms=NOW)
    await world.alerting.engine.tick()
    assert await fired(world) == ["out"]
    (episode,) = (await world.store.alerts.episodes(EpisodesQuery())).episodes
    assert 2.5 < episode.episode.value < 3.5


async def test_a_balance_that_lasts_does_not_fire(world: SiteWorld) -> None:
    await spend_fast(world)
    await read_balance(world, 5_000)
    await world.store.alerts.save_rule(RUNS_OUT, at_ms=NOW)
    await world.alerting.engine.tick()
    assert await fired(world) == []


async def test_a_top_up_ends_the_alert_only_with_a_new_forecast(world: SiteWorld) -> None:
    await spend_fast(world)
    await read_balance(world, 300)
    await world.store.alerts.save_rule(RUNS_OUT, at_ms=NOW)
    await world.alerting.engine.tick()
    await read_balance(world, 9_000)
    await world.alerting.engine.tick()
    (firing,) = (await world.store.alerts.episodes(EpisodesQuery())).episodes
    assert firing.episode.state == "firing"
    world.clock.advance(300)
    await world.alerting.engine.tick()
    (after,) = (await world.store.alerts.episodes(EpisodesQuery())).episodes
    assert after.episode.state == "recovering"


async def test_no_forecast_is_made_without_a_rule_on_it(world: SiteWorld) -> None:
    await read_balance(world, 300)
    await world.alerting.engine.tick()
    assert world.alerting.engine.observe().runs_out_ms is None


async def test_silence_is_counted_from_the_first_watched_moment(world: SiteWorld) -> None:
    """A machine that slept for a day has missed no poll."""
    await world.change(collecting=True)
    world.clock.advance(DAY_MS / 1000)
    await world.alerting.engine.tick()
    assert await fired(world) == []
    for _ in range(HOUR_MS // MINUTE_MS):
        world.clock.advance(60)
        await world.alerting.engine.tick()
    assert await fired(world) == ["silence"]


async def test_a_tick_is_left_out_shortly_after_a_poll(world: SiteWorld) -> None:
    """The poll has judged all rules; a failed one has not."""
    engine = world.alerting.engine
    assert engine.is_due()
    await world.poll()
    assert not engine.is_due()
    world.clock.advance(RECENT_S)
    assert engine.is_due()
    world.site.faults.set("error_503")
    with pytest.raises(UpstreamError):
        await world.poll()
    assert engine.is_due()


async def test_a_tick_follows_a_failure_shortly_after_a_poll(world: SiteWorld) -> None:
    """The rules on the cookie and on silence need no poll."""
    engine = world.alerting.engine
    await world.poll()
    await engine.tick()
    assert not engine.is_due()
    world.site.faults.set("unauthorized")
    with pytest.raises(UpstreamError):
        await world.poll()
    assert engine.is_due()
    await engine.tick()
    assert not engine.is_due()
