"""The composition root: from a ``Config`` to a running application.

Each part is a small lifespan that starts and stops in one function; they are entered in order and
left in reverse order. Lower packages do not know ``Config``.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from creditcurve import __version__
from creditcurve.api.events.frames import Frames
from creditcurve.api.events.source import StoreSource
from creditcurve.api.events.streams import Streams
from creditcurve.api.http.access import Access
from creditcurve.api.http.demo import DemoCalls, DemoHost, DemoPaths
from creditcurve.api.http.downloads import Downloads
from creditcurve.api.http.guard import Guard
from creditcurve.api.http.guesses import Guesses
from creditcurve.api.http.identity import Identified
from creditcurve.api.http.problems import EXCEPTIONS, answer_exception
from creditcurve.api.http.proxy import Proxied
from creditcurve.api.http.sessions import Links, Sessions, instance_id, signing_key
from creditcurve.api.resources.backup import remove_leftovers
from creditcurve.api.routes import contract, routes
from creditcurve.api.state import About, AppState, state_of
from creditcurve.clocks import Clock
from creditcurve.collecting.upkeep import Upkeep
from creditcurve.config import Config
from creditcurve.diagnostics import Diagnostics, RecentLines, Redactor
from creditcurve.domain.origin import KNOWN_ORIGINS
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from creditcurve.parts import Parts, open_store, working
from creditcurve.store import Store, StoreUnavailableError

log = logging.getLogger(__name__)


def _has_local_proxy(config: Config) -> bool:
    """Return whether a proxy of this machine is trusted, which has an account of its own."""
    loopback = (ip_address("127.0.0.1"), ip_address("::1"))
    return any(address in network for network in config.trusted_proxies for address in loopback)


@dataclass(frozen=True, slots=True)
class Unguarded:
    """A running application without its guard, for a caller that has checked the request."""

    calls: ASGIApp
    state: AppState


class Application:
    """The ASGI application; the server uses it to end the event streams.

    Attributes:
        asgi: the application to serve.
        refuses_other_accounts: whether connections of other local accounts are refused, where they
            are known.
        local_token: the command line of this machine may call with it, access key or not.
    """

    def __init__(
        self,
        config: Config,
        clock: Clock,
        demo: DemoHost | None = None,
        lines: RecentLines | None = None,
    ) -> None:
        self._config = config
        self._demo = demo
        self._clock = clock
        self._diagnostics = Diagnostics.create(
            Redactor(config.data_dir, KNOWN_ORIGINS), clock, lines or RecentLines()
        )
        self._feed = Feed()
        self._streams = Streams(self._feed)
        self._store: Store | None = None
        self._access: Access | None = None
        self.local_token = secrets.token_urlsafe(32)
        self._starlette = Starlette(
            routes=routes(),
            lifespan=self._lifespan,
            exception_handlers=dict.fromkeys(EXCEPTIONS, answer_exception),
        )
        self._starlette.router.redirect_slashes = False
        self.refuses_other_accounts = config.access_key is None and not _has_local_proxy(config)
        guard = Guard(
            self._starlette if demo is None else DemoCalls(self._starlette, demo),
            allowed_hosts=config.allowed_hosts,
            refuses_other_accounts=self.refuses_other_accounts,
        )
        self.asgi: ASGIApp = Proxied(
            guard if demo is None else DemoPaths(guard, base_path=config.base_path),
            base_path=config.base_path,
            trusted=config.trusted_proxies,
        )

    def identify(self, *, secret: str, address: str) -> None:
        """Prove to commands that ask which instance answers; see ``domain.identity``."""
        self.asgi = Identified(self.asgi, secret=secret, address=address)

    @property
    def new_login(self) -> Callable[[], str] | None:
        """Creates the token of a login link; None if none is needed."""
        return None if self._access is None else self._access.new_link

    def open_store(self) -> Store:
        """Open the store; call it before serving, so that a failure is one line.

        Raises:
            StoreError: the database is from a newer version, or cannot be used.
            VaultError: the key that seals the cookie cannot be used.
        """
        self._store = store = open_store(self._config, self._clock)
        return store

    def end_streams(self) -> None:
        """End every event stream; call it before connections are drained."""
        self._feed.close()
        if self._demo is not None:
            self._demo.end_streams()

    @contextlib.asynccontextmanager
    async def unguarded(self) -> AsyncIterator[Unguarded]:
        """Run the application inside another one, whose guard has checked each request."""
        async with self._lifespan(self._starlette) as state:

            async def calls(scope: Scope, receive: Receive, send: Send) -> None:
                inner = {**scope, "state": {**scope["state"], **state}}
                await self._starlette(inner, receive, send)

            yield Unguarded(calls, state_of({"state": state}))

    @contextlib.asynccontextmanager
    async def interface(self) -> AsyncIterator[ASGIApp]:
        """Open the store and yield the interface on it, for a command of this machine.

        There is no access control, and nothing runs in the background.

        Raises:
            StoreError, VaultError: as ``open_store``.
        """
        async with (
            self._opened_store() as store,
            working(self._config, store, self._feed, self._clock) as parts,
        ):
            state = self._state(parts, identity="").as_scope_state()

            async def respond(scope: Scope, receive: Receive, send: Send) -> None:
                await self._starlette({**scope, "state": state}, receive, send)

            yield respond

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[dict[str, object]]:
        async with contextlib.AsyncExitStack() as stack:
            store = await stack.enter_async_context(self._opened_store())
            await asyncio.to_thread(remove_leftovers, self._config.data_dir)
            self._feed.records_changed(store.records.revision)
            secret = await _session_secret(store)
            self._access = _access(
                self._config, self._clock, store, secret=secret, local_token=self.local_token
            )
            parts = await stack.enter_async_context(
                working(
                    self._config,
                    store,
                    self._feed,
                    self._clock,
                    is_page_open=lambda: len(self._streams) > 0,
                )
            )
            app = self._state(parts, instance_id(secret))
            stack.enter_context(self._diagnostics.watching())
            await stack.enter_async_context(_running(app.streams.watch(), "streams"))
            await stack.enter_async_context(_background(parts, self._feed))
            if self._demo is not None:
                await stack.enter_async_context(contextlib.aclosing(self._demo))
            yield app.as_scope_state()

    def _state(self, parts: Parts, identity: str) -> AppState:
        about = About(
            id=identity,
            version=__version__,
            is_demo=self._config.is_demo,
            is_hosted_demo=self._config.is_hosted_demo,
            needs_key=self._access is not None,
            data_dir=self._config.data_dir,
            base_path=self._config.base_path,
            sites=parts.sites,
        )
        return AppState(
            about=about,
            store=parts.store,
            feed=self._feed,
            commands=parts.commands,
            clock=self._clock,
            access=self._access,
            frames=Frames(
                self._feed, StoreSource(about, parts.store, parts.alerting.notifications)
            ),
            streams=self._streams,
            downloads=Downloads(),
            contract=contract,
            diagnostics=self._diagnostics,
        )

    @contextlib.asynccontextmanager
    async def _opened_store(self) -> AsyncIterator[Store]:
        store = self._store or self.open_store()
        try:
            yield store
        finally:
            await store.close()


async def _session_secret(store: Store) -> Secret:
    """Return the stored secret, or one for this run if the storage fails."""
    try:
        return await store.state.session_secret()
    except StoreUnavailableError:
        log.warning("session secret not stored: sessions end with this run")
        return Secret(secrets.token_bytes(32))


@contextlib.asynccontextmanager
async def _running(work: Coroutine[None, None, None], name: str) -> AsyncIterator[None]:
    """Run a task in the background and cancel it at the end."""
    task = asyncio.create_task(work, name=name)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _access(
    config: Config, clock: Clock, store: Store, *, secret: Secret, local_token: str
) -> Access | None:
    """Return the access control; None if everybody who reaches the program may use it."""
    key = config.access_key
    if key is None and not config.needs_login:
        return None
    return Access(
        key,
        local_token,
        sessions=Sessions(
            signing_key(secret, key),
            clock,
            cookie=f"creditcurve_session_{instance_id(secret)}",
            ended=lambda: store.state.ended_sessions,
        ),
        links=Links(clock),
        guesses=Guesses(clock),
    )


@contextlib.asynccontextmanager
async def _background(parts: Parts, feed: Feed) -> AsyncIterator[None]:
    """Run everything that works without being called."""
    collecting, alerting = parts.collecting, parts.alerting
    tasks = {
        "database check": parts.store.storage.check(),
        "upkeep": Upkeep(store=parts.store, feed=feed).run(),
        "collecting": collecting.loop.run(),
        "account": collecting.account_loop.run(),
        "alerts": alerting.engine.run(),
        "delivery": alerting.delivery.run(),
        "digest": alerting.digests.run(),
    }
    async with contextlib.AsyncExitStack() as stack:
        for name, work in tasks.items():
            await stack.enter_async_context(_running(work, name))
        yield
