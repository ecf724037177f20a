"""Pruning: records older than the setting are removed at once and when it changes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from creditcurve.collecting.pruning import Pruning
from creditcurve.domain.record import Record
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
    """Run the pruning in the meantime."""
    task = asyncio.create_task(Pruning(store=world.store, feed=world.feed).run())
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


async def test_a_failing_store_does_not_end_the_pruning(world: SiteWorld) -> None:
    """It tries again when the settings change."""
    await world.commands.records.import_records([record(1, days_old=9), record(2, days_old=0)])
    await world.change(retention_days=3)
    with world.broken_storage():
        async with running(world) as task, asyncio.timeout(10):
            while world.store.failing is None:  # noqa: ASYNC110 - nothing publishes it
                await asyncio.sleep(0)
            assert not task.done()
    async with running(world):
        await world.until(lambda: world.store.retention.horizon.removed == 1)


async def test_it_ends_when_the_feed_closes(world: SiteWorld) -> None:
    async with running(world) as task:
        world.feed.close()
        await asyncio.wait_for(task, 1)
