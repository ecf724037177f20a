"""Doing a thing through the running instance where there is one, and here where there is none.

Whether one runs is told by the lock of the data folder, not by its note: a note outlives a crash,
and the cookie must not be sent to whoever has taken the port since. Without an instance the lock
is held, and the same commands work on the store that the interface would call.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from creditcurve import instance
from creditcurve.api.problems import EXCEPTIONS, translate
from creditcurve.cli.client import Client
from creditcurve.cli.exits import CONFIG, FAILED, IO_ERROR, TRY_AGAIN, Refusal
from creditcurve.clocks import SystemClock
from creditcurve.commands import Commands
from creditcurve.config import Config
from creditcurve.feed import Feed
from creditcurve.polling import Polling
from creditcurve.store import NewerSchema, Store, StoreError, Vault
from creditcurve.upstream import UpstreamClient

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Parts:
    """What works on a data folder that no instance has."""

    store: Store
    commands: Commands


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
    except NewerSchema as refusal:
        raise Refusal(str(refusal), CONFIG) from refusal
    except StoreError as refusal:
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
    vault = Vault.open(
        secret_key=config.secret_key, key_file=config.key_file, use_keyring=config.use_keyring
    )
    feed = Feed()
    async with contextlib.AsyncExitStack() as stack:
        store = Store.open(config.data_dir, vault=vault, clock=clock)
        stack.push_async_callback(store.close)
        upstream = UpstreamClient(
            config.upstream, clock=clock, ca_file=config.ca_file, proxy=config.proxy
        )
        stack.push_async_callback(upstream.aclose)
        polling = Polling(
            store=store, upstream=upstream, feed=feed, clock=clock, jitter=random.random
        )
        stack.push_async_callback(polling.close)
        commands = Commands(store=store, upstream=upstream, polling=polling, feed=feed, clock=clock)
        yield Parts(store, commands)
