"""The ASGI application of one data folder, from opening the store to the end of its streams."""

import contextlib
import secrets
from collections.abc import AsyncIterator, Callable

from msgspec import Struct
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from creditcurve.api.events.streams import Streams
from creditcurve.api.http.access import Access
from creditcurve.api.http.demo import DemoCalls, DemoHost, DemoPaths
from creditcurve.api.http.guard import Guard
from creditcurve.api.http.identity import Identified
from creditcurve.api.http.proxy import Proxied
from creditcurve.api.http.translations import EXCEPTIONS, answer_exception
from creditcurve.api.routes import routes
from creditcurve.api.state import AppState, state_of
from creditcurve.app.access import refuses_other_accounts
from creditcurve.app.assembly import Assembly
from creditcurve.clocks import Clock
from creditcurve.config import Config
from creditcurve.diagnostics import Diagnostics, RecentLines, Redactor
from creditcurve.domain.origin import KNOWN_ORIGINS
from creditcurve.feed import Feed
from creditcurve.parts import open_store
from creditcurve.store import Store


class Unguarded(Struct, frozen=True):
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
        self._feed = Feed()
        self._assembly = Assembly(
            config,
            clock,
            self._feed,
            Streams(self._feed),
            Diagnostics.create(
                Redactor(config.data_dir, KNOWN_ORIGINS), clock, lines or RecentLines()
            ),
        )
        self._store: Store | None = None
        self._access: Access | None = None
        self.local_token = secrets.token_urlsafe(32)
        self._starlette = Starlette(
            routes=routes(),
            lifespan=self._lifespan,
            exception_handlers=dict.fromkeys(EXCEPTIONS, answer_exception),
        )
        self._starlette.router.redirect_slashes = False
        self.refuses_other_accounts = refuses_other_accounts(config)
        self.asgi = _protected(self._starlette, config, demo)

    def identify(self, *, secret: str, address: str) -> None:
        """Prove to commands that ask which instance answers; see ``domain.identity``."""
        self.asgi = Identified(self.asgi, secret=secret, address=address)

    @property
    def new_login(self) -> Callable[[], str] | None:
        """Creates the token of a login link; None if none is needed."""
        return None if self._access is None else self._access.new_link

    @property
    def has_streams(self) -> bool:
        """Whether an event stream is open."""
        return len(self._assembly.streams) > 0

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
        async with self._opened_store() as store, self._assembly.answering(store) as app:
            state = app.as_scope_state()

            async def respond(scope: Scope, receive: Receive, send: Send) -> None:
                await self._starlette({**scope, "state": state}, receive, send)

            yield respond

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[dict[str, object]]:
        async with (
            self._opened_store() as store,
            self._assembly.serving(store, self.local_token) as app,
            contextlib.AsyncExitStack() as stack,
        ):
            self._access = app.access
            if self._demo is not None:
                await stack.enter_async_context(contextlib.aclosing(self._demo))
            yield app.as_scope_state()

    @contextlib.asynccontextmanager
    async def _opened_store(self) -> AsyncIterator[Store]:
        store = self._store or self.open_store()
        try:
            yield store
        finally:
            await store.close()


def _protected(calls: ASGIApp, config: Config, demo: DemoHost | None) -> ASGIApp:
    """Return the calls behind the guard and the rules of trusted proxies."""
    guard = Guard(
        calls if demo is None else DemoCalls(calls, demo),
        allowed_hosts=config.allowed_hosts,
        refuses_other_accounts=refuses_other_accounts(config),
    )
    return Proxied(
        guard if demo is None else DemoPaths(guard, base_path=config.base_path),
        base_path=config.base_path,
        trusted=config.trusted_proxies,
    )
