"""The composition root: from a ``Config`` to a running application.

Each part is a small lifespan that starts and stops in one function; they are entered in order and
left in reverse order. Lower packages do not know ``Config``.
"""

import asyncio
import contextlib
import logging
import os
import random
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from creditcurve import __version__
from creditcurve.alerting.parts import Alerting
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
from creditcurve.channels.http import ChannelHttp
from creditcurve.clocks import Clock
from creditcurve.collecting.parts import Collecting
from creditcurve.collecting.upkeep import Upkeep
from creditcurve.commands import Commands
from creditcurve.commands.forecast import Forecasts
from creditcurve.config import Config
from creditcurve.diagnostics import Diagnostics, RecentLines, Redactor
from creditcurve.domain.origin import KNOWN_ORIGINS
from creditcurve.domain.secret import Secret
from creditcurve.feed import Feed
from creditcurve.store import SqliteStore, Store, StoreUnavailableError
from creditcurve.upstream import Sites, UpstreamClient
from creditcurve.upstream.exchange import Network
from creditcurve.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that work on a data folder; none of them polls by itself."""

    store: Store
    sites: Sites
    collecting: Collecting
    alerting: Alerting
    commands: Commands


def open_store(config: Config, clock: Clock) -> Store:
    """Open the store of the configured data folder, with the configured sealing key.

    Raises:
        StoreError: the database is from a newer version, or cannot be used.
        VaultError: the key that seals the cookie cannot be used.
    """
    vault = Vault.open(
        secret_key=config.secret_key, key_file=config.key_file, use_keyring=config.use_keyring
    )
    return SqliteStore.open(config.data_dir, vault=vault, clock=clock)


@contextlib.asynccontextmanager
async def working(
    config: Config,
    store: Store,
    feed: Feed,
    clock: Clock,
    *,
    is_page_open: Callable[[], bool] = lambda: False,
) -> AsyncIterator[Parts]:
    """Run the parts that call the upstream, on an open store."""
    sites = Sites(
        config.upstream,
        lambda origin: UpstreamClient(
            origin, clock=clock, network=Network(ca_file=config.ca_file, proxy=config.proxy)
        ),
        is_fixed=config.is_upstream_fixed,
    )
    forecasts = Forecasts(store=store, clock=clock)
    alerting = Alerting.create(
        store=store,
        feed=feed,
        clock=clock,
        http=ChannelHttp(
            ca_file=config.ca_file,
            proxy=config.proxy,
            allow_private=config.allow_private_channels,
        ),
        is_page_open=is_page_open,
        expected_empty=forecasts.expected_empty_ms,
        page_url=_page_url(config),
        is_chinese=_is_chinese(os.environ),
        data_dir=config.data_dir,
    )
    collecting = Collecting.create(
        store=store,
        sites=sites,
        feed=feed,
        clock=clock,
        jitter=random.random,
        observe=alerting.engine.observe,
    )
    commands = Commands.create(
        store=store,
        sites=sites,
        collecting=collecting,
        alerting=alerting,
        forecasts=forecasts,
        feed=feed,
        clock=clock,
    )
    try:
        yield Parts(store, sites, collecting, alerting, commands)
    finally:
        await collecting.close()
        await sites.aclose()


def _page_url(config: Config) -> str | None:
    """Return the address of the page on this machine; None while its port is not known."""
    if not config.port:
        return None
    is_everywhere = config.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    host = "127.0.0.1" if is_everywhere else config.host
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{config.port}{config.base_path}/"


def _has_local_proxy(config: Config) -> bool:
    """Return whether a proxy of this machine is trusted, which has an account of its own."""
    loopback = (ip_address("127.0.0.1"), ip_address("::1"))
    return any(address in network for network in config.trusted_proxies for address in loopback)


def _is_chinese(environment: Mapping[str, str]) -> bool:
    """Return whether messages are in Chinese while the settings name no language."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environment[name] for name in names if environment.get(name)), "")
    return chosen.lower().startswith("zh")


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
            self._access = self._new_access(store, secret)
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
            await stack.enter_async_context(_running(store.check(), "database check"))
            upkeep = Upkeep(store=store, feed=self._feed)
            await stack.enter_async_context(_running(upkeep.run(), "upkeep"))
            await stack.enter_async_context(_running(parts.collecting.loop.run(), "collecting"))
            await stack.enter_async_context(
                _running(parts.collecting.account_loop.run(), "account")
            )
            await stack.enter_async_context(_running(parts.alerting.engine.run(), "alerts"))
            await stack.enter_async_context(_running(parts.alerting.delivery.run(), "delivery"))
            if self._demo is not None:
                await stack.enter_async_context(contextlib.aclosing(self._demo))
            await stack.enter_async_context(_running(parts.alerting.digests.run(), "digest"))
            yield app.as_scope_state()

    def _new_access(self, store: Store, secret: Secret) -> Access | None:
        key, clock = self._config.access_key, self._clock
        if key is None and not self._config.needs_login:
            return None
        return Access(
            key,
            self.local_token,
            sessions=Sessions(
                signing_key(secret, key),
                clock,
                cookie=f"creditcurve_session_{instance_id(secret)}",
                ended=lambda: store.state.ended_sessions,
            ),
            links=Links(clock),
            guesses=Guesses(clock),
        )

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
