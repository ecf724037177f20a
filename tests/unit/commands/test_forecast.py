"""The forecast on a real store: a range with enough history, otherwise the reason."""

import asyncio
from zoneinfo import ZoneInfo

import msgspec
import pytest

from creditcurve.commands.forecast import Forecast
from creditcurve.domain.account import Account
from creditcurve.domain.forecast import Unavailable
from creditcurve.domain.instant import DAY_MS, HOUR_MS, MINUTE_MS
from creditcurve.domain.unit import Unit
from support.history import store_history
from support.record_files import record
from support.world import NOW, SiteWorld

UTC = ZoneInfo("UTC")


async def read_balance(world: SiteWorld, balance: int, at_ms: int = NOW) -> None:
    account = Account(at_ms=at_ms, unit=Unit.CREDITS, balance=balance)
    await world.store.account.save(account, {})


async def spend(world: SiteWorld, days: int) -> None:
    """Store a request an hour, watched throughout, for so many days; every day costs more."""
    hours = range(24 * days)
    records = [
        record(number + 1, t_ms=NOW - number * HOUR_MS - MINUTE_MS, credits=10 + number // 24 % 5)
        for number in hours
    ]
    await store_history(world, records, days)


async def test_enough_history_gives_a_range(world: SiteWorld) -> None:
    await spend(world, 40)
    await read_balance(world, 1_000)
    found = await world.commands.forecast(UTC)
    band = found.run_out.empty_at
    assert found.run_out.reason is None
    assert band is not None
    assert band.p10 is not None
    assert band.p90 is not None
    assert NOW + 2 * DAY_MS < band.p10 <= band.p90 < NOW + 6 * DAY_MS
    assert found.run_out.pace_per_h == pytest.approx(10, abs=1)


async def test_a_short_history_gives_the_reason_and_the_pace(world: SiteWorld) -> None:
    await spend(world, 5)
    await read_balance(world, 1_000)
    found = (await world.commands.forecast(UTC)).run_out
    assert found.reason is Unavailable.SHORT_HISTORY
    assert found.empty_at is None
    assert found.pace_empty_ms is not None


async def test_without_a_balance_there_is_no_forecast(world: SiteWorld) -> None:
    assert (await world.commands.forecast(UTC)).run_out.reason is Unavailable.NO_BALANCE


async def test_an_empty_balance_shows_since_when(world: SiteWorld) -> None:
    for at_ms, balance in ((NOW - HOUR_MS, 5), (NOW - MINUTE_MS, 0), (NOW, 0)):
        await read_balance(world, balance, at_ms)
    found = await world.commands.forecast(UTC)
    assert found.run_out.reason is Unavailable.EMPTY
    assert found.empty_since_ms == NOW - MINUTE_MS


async def test_it_is_computed_again_only_after_a_change(world: SiteWorld) -> None:
    await spend(world, 20)
    await read_balance(world, 1_000)
    first = await world.commands.forecast(UTC)
    assert await world.commands.forecast(UTC) is first
    await read_balance(world, 500, NOW + MINUTE_MS)
    second = await world.commands.forecast(UTC)
    assert second is not first
    assert msgspec.json.encode(second.run_out) != msgspec.json.encode(first.run_out)


async def test_calls_that_wait_share_the_next_computation(world: SiteWorld) -> None:
    """It began after they came; the data that changes meanwhile would compute one for each."""
    await spend(world, 20)
    await read_balance(world, 1_000)

    async def call() -> Forecast:
        found = await world.commands.forecast(UTC)
        world.clock.advance(3_600)
        return found

    first, second, third, fourth = await asyncio.gather(*(call() for _ in range(4)))
    assert second is not first
    assert third is fourth is second
    assert await world.commands.forecast(UTC) is not second
    other = await world.commands.forecast(ZoneInfo("Asia/Shanghai"))
    assert other is not await world.commands.forecast(UTC)
