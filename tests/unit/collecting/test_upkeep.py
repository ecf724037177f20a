"""Upkeep: sums and old records follow the settings, at the start and when they change."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import msgspec
import pytest

from creditcurve.collecting.upkeep import Upkeep
from creditcurve.domain.record import Record
from creditcurve.domain.settings import CountedPair
from support.world import NOW, SiteWorld

DAY_MS = 86_400_000


def record(number: int, *, days_old: int) -> Record:
    """Return a record of that age."""
    return Record(
        id=number,
        t_ms=NOW - days_old * DAY_MS,
        type="USAGE",
        endpoint="v1/messages",
        model="opus",
        credits=1,
    )


@contextlib.asynccontextmanager
async def running(world: SiteWorld) -> AsyncIterator[asyncio.Task[None]]:
    """Run the upkeep in the meantime."""
    task = asyncio.create_task(Upkeep(store=world.store, feed=world.feed).run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_records_are_removed_when_the_setting_changes(world: SiteWorld) -> None:
    await world.commands.records.import_records([record(1, days_old=9), record(2, days_old=0)])
    async with running(world):
        await world.change(retention_days=3)
        await world.until(lambda: world.store.retention.horizon.removed == 1)
    assert (await world.store.records.summary()).total == 1


async def test_records_are_removed_at_the_start(world: SiteWorld) -> None:
    await world.commands.records.import_records([record(1, days_old=9), record(2, days_old=0)])
    await world.change(retention_days=3)
    async with running(world):
        await world.until(lambda: world.store.retention.horizon.removed == 1)


async def test_a_failing_store_does_not_end_the_upkeep(
    world: SiteWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """It tries again when the settings change."""
    await world.commands.records.import_records([record(1, days_old=9), record(2, days_old=0)])
    await world.change(retention_days=3)
    with world.broken_storage():
        async with running(world) as task, asyncio.timeout(10):
            while "upkeep postponed" not in caplog.text:  # noqa: ASYNC110 - nothing publishes it
                await asyncio.sleep(0)
            assert not task.done()
    async with running(world):
        await world.until(lambda: world.store.retention.horizon.removed == 1)


async def test_it_ends_when_the_feed_closes(world: SiteWorld) -> None:
    async with running(world) as task:
        world.feed.close()
        await asyncio.wait_for(task, 1)


CODEX = CountedPair("CODEX_USAGE", "backend-api/codex/responses")


async def add_codex(world: SiteWorld) -> None:
    """Store a record of another type."""
    codex = msgspec.structs.replace(record(1, days_old=0), type=CODEX.type, endpoint=CODEX.endpoint)
    await world.commands.records.import_records([codex, record(2, days_old=0)])


async def until_counted(world: SiteWorld, records: int) -> None:
    """Follow the feed until so many records count."""
    async with asyncio.timeout(10):
        while True:
            changed = world.feed.next_change()
            if (await world.store.records.summary()).counted == records:
                return
            await changed


async def test_the_sums_follow_a_change_of_what_counts(world: SiteWorld) -> None:
    await add_codex(world)
    async with running(world):
        for pairs, counted in (((CODEX,), 2), ((), 1)):
            await world.change(also_counts=pairs)
            await until_counted(world, counted)


async def test_a_change_made_while_nothing_ran_is_applied_at_the_start(world: SiteWorld) -> None:
    await add_codex(world)
    await world.change(also_counts=(CODEX,))
    assert (await world.store.records.summary()).counted == 1
    async with running(world):
        await until_counted(world, 2)
