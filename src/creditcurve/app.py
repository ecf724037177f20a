"""The composition root: from a ``Config`` to a running application.

Each part is a small lifespan that starts and stops in one function; they are entered in order and
left in the reverse one. What stands below never learns of ``Config``.
"""

import asyncio
import contextlib
import random
import secrets
from collections.abc import AsyncIterator, Container, Coroutine
from dataclasses import dataclass
from typing import cast

from starlette.applications import Starlette
from starlette.types import ASGIApp

from creditcurve import __version__
from creditcurve.api.events.stream import Streams
from creditcurve.api.http.access import Access
from creditcurve.api.http.context import Context
from creditcurve.api.http.guard import Guard
from creditcurve.api.http.problems import EXCEPTIONS, answer_exception
from creditcurve.api.resources.session import login_path
from creditcurve.api.routes import routes
from creditcurve.clocks import Clock
from creditcurve.collecting.loop import Collector
from creditcurve.collecting.poll import Polling
from creditcurve.collecting.pruning import Pruning
from creditcurve.commands import Commands
from creditcurve.config import Config
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from creditcurve.store import SqliteStore, Store, Vault
from creditcurve.upstream import UpstreamClient


@dataclass(frozen=True, slots=True)
class Parts:
    """What works on a data folder; nothing in it polls by itself."""

    store: Store
    polling: Polling
    commands: Commands


def open_store(config: Config, clock: Clock) -> Store:
    """The store of the configured data folder, its cookie sealed by the configured key.

    Raises:
        StoreError: the database is from a newer version, or cannot be used.
    """
    vault = Vault.open(
        secret_key=config.secret_key, key_file=config.key_file, use_keyring=config.use_keyring
    )
    return SqliteStore.open(config.data_dir, vault=vault, clock=clock)


@contextlib.asynccontextmanager
async def working(config: Config, store: Store, feed: Feed, clock: Clock) -> AsyncIterator[Parts]:
    """The parts that call the upstream, on a store that is open; they end before it does."""
    upstream = UpstreamClient(
        config.upstream, clock=clock, ca_file=config.ca_file, proxy=config.proxy
    )
    polling = Polling(store=store, upstream=upstream, feed=feed, clock=clock, jitter=random.random)
    commands = Commands(store=store, upstream=upstream, polling=polling, feed=feed, clock=clock)
    try:
        yield Parts(store, polling, commands)
    finally:
        await polling.close()
        await upstream.aclose()


class Application:
    """The ASGI application, and the handle by which the server ends its streams.

    ``local_token`` is what the command line of this machine may call with, access key or not.
    """

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._feed = Feed()
        self._store: Store | None = None
        self.local_token = secrets.token_urlsafe(32)
        self._access = self._access_by(config.access_key)
        self._starlette = Starlette(
            routes=routes(),
            lifespan=self._lifespan,
            exception_handlers=dict.fromkeys(EXCEPTIONS, answer_exception),
        )
        self._starlette.router.redirect_slashes = False
        self._starlette.state.access = self._access
        self.asgi: ASGIApp = Guard(
            self._starlette, allowed_hosts=config.allowed_hosts, access=self._access
        )

    def _access_by(self, key: Secret | None) -> Access | None:
        if key is None:
            return None
        return Access(key, self.local_token, self._clock, ended=self._ended_sessions)

    def _ended_sessions(self) -> Container[str]:
        return () if self._store is None else self._store.state.ended_sessions

    def login_path(self) -> str:
        """The path of the page, which logs in once where an access key is needed."""
        return "/" if self._access is None else login_path(self._access)

    def open_store(self) -> None:
        """Open the store; before serving, so that a refusal is one line and not a traceback.

        Raises:
            StoreError: the database is from a newer version, or cannot be used.
        """
        self._store = open_store(self._config, self._clock)

    def end_streams(self) -> None:
        """Every open stream gets a clean end; call it before connections are drained."""
        self._feed.close()

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            store = await stack.enter_async_context(self._opened_store())
            self._feed.records(store.records.revision)
            parts = await stack.enter_async_context(
                working(self._config, store, self._feed, self._clock)
            )
            context = Context(
                version=__version__,
                is_demo=self._config.is_demo,
                needs_key=self._access is not None,
                data_dir=self._config.data_dir,
                store=store,
                feed=self._feed,
                commands=parts.commands,
                clock=self._clock,
            )
            self._starlette.state.context = context
            streams = self._starlette.state.streams = Streams(context)
            await stack.enter_async_context(_running(streams.watch(), "streams"))
            await stack.enter_async_context(self._pruning(store))
            await stack.enter_async_context(self._collector(parts))
            yield

    @contextlib.asynccontextmanager
    async def _opened_store(self) -> AsyncIterator[Store]:
        if self._store is None:
            self.open_store()
        store = cast("Store", self._store)
        try:
            yield store
        finally:
            await store.close()

    @contextlib.asynccontextmanager
    async def _collector(self, parts: Parts) -> AsyncIterator[None]:
        collector = Collector(
            store=parts.store,
            polling=parts.polling,
            commands=parts.commands,
            feed=self._feed,
            clock=self._clock,
        )
        async with _running(collector.run(), "collector"):
            yield

    @contextlib.asynccontextmanager
    async def _pruning(self, store: Store) -> AsyncIterator[None]:
        async with _running(Pruning(store=store, feed=self._feed).run(), "pruning"):
            yield


@contextlib.asynccontextmanager
async def _running(work: Coroutine[None, None, None], name: str) -> AsyncIterator[None]:
    """A task that works meanwhile; it is cancelled at the end."""
    task = asyncio.create_task(work, name=name)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
