"""The tasks that work without being called."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine

from creditcurve.collecting.upkeep import Upkeep
from creditcurve.feed import Feed
from creditcurve.parts import Parts


@contextlib.asynccontextmanager
async def background(parts: Parts, feed: Feed) -> AsyncIterator[None]:
    """Run collecting, alerts and the upkeep of the store."""
    collecting, alerting = parts.collecting, parts.alerting
    tasks = {
        "database check": parts.store.storage.check(),
        "upkeep": Upkeep(store=parts.store, feed=feed).run(),
        "collecting": collecting.loop.run(),
        "account": collecting.account.loop.run(),
        "alerts": alerting.engine.run(),
        "delivery": alerting.delivery.run(),
        "digest": alerting.digests.run(),
    }
    async with contextlib.AsyncExitStack() as stack:
        for name, work in tasks.items():
            await stack.enter_async_context(running(work, name))
        yield


@contextlib.asynccontextmanager
async def running(work: Coroutine[None, None, None], name: str) -> AsyncIterator[None]:
    """Run a task in the background and cancel it at the end."""
    task = asyncio.create_task(work, name=name)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
