"""Doing a thing through the running instance where there is one, and here where there is none.

Whether one runs is told by the lock of the data folder, not by its note: a note outlives a crash,
and the cookie must not be sent to whoever has taken the port since. Without an instance the lock
is held, and the same commands work on the store that the interface would call.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from creditcurve import instance
from creditcurve.api.http.problems import EXCEPTIONS, translate
from creditcurve.app import Parts, open_store, working
from creditcurve.cli.client import Client
from creditcurve.cli.exits import CONFIG, FAILED, IO_ERROR, TRY_AGAIN, Refusal
from creditcurve.clocks import SystemClock
from creditcurve.config import Config
from creditcurve.feed import Feed
from creditcurve.store import NewerSchemaError, StoreError
from creditcurve.vault import VaultError

_Result = TypeVar("_Result")


def through(
    config: Config,
    *,
    running: Callable[[Client], _Result],
    here: Callable[[Parts], Awaitable[_Result]],
) -> _Result:
    """Let the running instance do it, or do it here.

    Raises:
        Refusal: it was refused, there or here, or the store cannot be used.
    """
    try:
        with instance.held(config.data_dir):
            return asyncio.run(_done(config, here))
    except instance.AlreadyRunning as refusal:
        if refusal.instance is None:
            raise Refusal("CreditCurve is just starting: try again.", TRY_AGAIN) from refusal
        with Client(refusal.instance) as client:
            return running(client)


async def _done(config: Config, work: Callable[[Parts], Awaitable[_Result]]) -> _Result:
    try:
        async with opened(config) as parts:
            return await work(parts)
    except NewerSchemaError as refusal:
        raise Refusal(str(refusal), CONFIG) from refusal
    except (StoreError, VaultError) as refusal:
        raise Refusal(f"The data folder {config.data_dir}: {refusal}", IO_ERROR) from refusal
    except EXPECTED as refusal:
        raise Refusal(translate(refusal).view.detail, FAILED) from refusal


EXPECTED = tuple(kind for kind in EXCEPTIONS if kind is not Exception)
"""What the commands refuse with, in the words of the interface."""


@contextlib.asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Parts]:
    """The store of a data folder and the commands on it; nothing polls by itself.

    Raises:
        StoreError: the store cannot be used.
    """
    clock = SystemClock()
    store = open_store(config, clock)
    try:
        async with working(config, store, Feed(store.records.revision), clock) as parts:
            yield parts
    finally:
        await store.close()
