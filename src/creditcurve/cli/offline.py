"""Runs a command through the running instance, or directly on the store if none is running.

The lock of the data folder decides, not the note: a note outlives a crash, and the cookie must not
be sent to another program that has the port now. Without an instance the lock is acquired here, and
the same commands work on the store that the interface would call.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import TypeVar

from creditcurve import instance
from creditcurve.api.http.translations import EXCEPTIONS, translate
from creditcurve.cli.client import Client
from creditcurve.cli.exits import CommandError, Exit
from creditcurve.cli.failures import data_folder_error, failure_text, newer_database_error
from creditcurve.cli.messages.problems import problem_text
from creditcurve.cli.startup import check_ca_file, check_key
from creditcurve.clocks import SystemClock
from creditcurve.config import Config
from creditcurve.feed import Feed
from creditcurve.parts import Parts, open_store, working
from creditcurve.store import NewerSchemaError, StoreError
from creditcurve.vault import VaultError

_Result = TypeVar("_Result")


def through(
    config: Config,
    *,
    running: Callable[[Client], _Result],
    here: Callable[[Parts], Awaitable[_Result]],
) -> _Result:
    """Run a command through the running instance, or here.

    Args:
        config: names the data folder.
        running: called with a client of the running instance.
        here: called with the store and the commands, if no instance is running.

    Raises:
        CommandError: the command is refused, or the store cannot be used.
        ConfigError: the data folder or the key cannot be used.
    """

    async def on_store() -> _Result:
        async with opened(config) as parts:
            return await here(parts)

    return running_or(config, running=running, here=on_store)


def running_or(
    config: Config,
    *,
    running: Callable[[Client], _Result],
    here: Callable[[], Coroutine[None, None, _Result]],
) -> _Result:
    """Call the running instance, or run a coroutine that opens the store itself.

    Raises:
        CommandError, ConfigError: as ``through``.
    """
    try:
        with instance.held(config.data_dir):
            check_key(config)
            check_ca_file(config)
            return asyncio.run(_translated(config, here))
    except instance.AlreadyRunningError as error:
        if error.instance is None:
            raise CommandError(
                "CreditCurve is starting: try again.",
                "CreditCurve 正在启动：请稍后重试。",
                Exit.TRY_AGAIN,
            ) from error
        with Client(error.instance) as client:
            return running(client)


async def _translated(
    config: Config, work: Callable[[], Coroutine[None, None, _Result]]
) -> _Result:
    try:
        return await work()
    except NewerSchemaError as error:
        raise newer_database_error(error) from error
    except VaultError as error:
        raise CommandError(*failure_text(error), Exit.CONFIG) from error
    except StoreError as error:
        raise data_folder_error(config, error) from error
    except EXPECTED as error:
        view = translate(error).view
        raise CommandError(*problem_text(view.code, view.detail)) from error


EXPECTED = tuple(kind for kind in EXCEPTIONS if kind is not Exception)
"""Errors of the commands that have a text."""


@contextlib.asynccontextmanager
async def opened(config: Config) -> AsyncIterator[Parts]:
    """Open the store of a data folder and the commands on it; nothing polls by itself.

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
