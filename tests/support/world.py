"""The world of a test: a real store, a simulated site and the collecting between them.

Everything runs in the test's event loop, with a clock that the test moves. ``World`` works with any
client; ``SiteWorld`` has a simulated site as well.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Self

import msgspec

from creditcurve.alerting.parts import Alerting
from creditcurve.alerting.preferences import Preferences
from creditcurve.channels.http import ChannelHttp
from creditcurve.clocks import Clock
from creditcurve.collecting.loop import CollectingLoop
from creditcurve.collecting.parts import Collecting
from creditcurve.commands import Commands
from creditcurve.commands.forecast import Forecasts
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.instant import HOUR_MS, from_iso
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.feed import Feed
from creditcurve.simulator import DEMO_COOKIE, History
from creditcurve.store import SqliteStore
from creditcurve.upstream import Sites
from creditcurve.upstream.client import UpstreamClient
from creditcurve.vault import Vault
from support.clocks import HandClock
from support.site import Simulator
from support.storage import broken_storage

NOW = from_iso("2025-11-23T12:30:00Z")
TIMEOUT_S = 10
USAGE, CHECK = "/api/user/usage", "/api/user/usage/chart"


def open_store(folder: Path, clock: Clock, *, key: bytes = b"test key") -> SqliteStore:
    """Open the store of a data folder; the cookie is sealed with ``key``."""
    vault = Vault.open(secret_key=Secret(key), key_file=folder / "unused.key", use_keyring=False)
    return SqliteStore.open(folder, vault=vault, clock=clock)


class World:
    """A store and the collecting on it; the loop runs only between ``start`` and ``stop``."""

    def __init__(
        self, folder: Path, *, clock: HandClock, client: Callable[[], UpstreamClient]
    ) -> None:
        self.folder = folder
        self.clock = clock
        self._client = client
        self._loop: asyncio.Task[None] | None = None
        self.open()

    def open(self, *, key: bytes = b"test key") -> None:
        """Create all parts, as a start of the program does."""
        self.store = open_store(self.folder, self.clock, key=key)
        self.feed = Feed(self.store.records.revision)
        self.upstream = self._client()
        self.sites = Sites(self.upstream.origin, lambda _: self.upstream, is_fixed=True)
        forecasts = Forecasts(store=self.store, clock=self.clock)
        self.alerting = Alerting(
            store=self.store,
            feed=self.feed,
            clock=self.clock,
            http=ChannelHttp(),
            preferences=Preferences(
                self.store, page_url="http://127.0.0.1:8080/", is_chinese=False
            ),
            is_page_open=lambda: False,
            expected_empty=forecasts.expected_empty_ms,
            data_dir=self.folder,
        )
        self.collecting = Collecting(
            store=self.store,
            sites=self.sites,
            feed=self.feed,
            clock=self.clock,
            jitter=lambda: 0.5,
            observe=self.alerting.engine.observe,
        )
        self.commands = Commands.create(
            store=self.store,
            sites=self.sites,
            collecting=self.collecting,
            alerting=self.alerting,
            forecasts=forecasts,
            feed=self.feed,
            clock=self.clock,
        )

    async def close(self) -> None:
        """Close all parts, as an end of the program does."""
        await self.stop()
        await self.collecting.close()
        await self.upstream.aclose()
        await self.store.close()

    async def restart(self, *, key: bytes = b"test key") -> None:
        """End the program and start it again; the loop runs again if it ran before."""
        was_running = self._loop is not None
        await self.close()
        self.open(key=key)
        if was_running:
            self.start()

    @property
    def settings(self) -> Settings:
        """The stored settings."""
        return self.store.state.settings

    @property
    def link(self) -> Link:
        """The stored link."""
        return self.store.state.link

    @property
    def cookie_status(self) -> CookieStatus:
        """The stored cookie's status."""
        return self.store.state.cookie_status

    def is_collecting(self) -> bool:
        """Return whether collecting is switched on."""
        return self.settings.collecting

    def link_state(self) -> LinkState:
        """Return the state of the link."""
        return self.link.state

    def cookie_state(self) -> CookieState:
        """Return the state of the cookie."""
        return self.cookie_status.state

    async def cookie(self) -> bytes:
        """Return the stored cookie."""
        stored = await self.store.state.cookie()
        assert stored is not None
        return stored.reveal()

    async def poll(self) -> None:
        """Poll now."""
        await self.collecting.poller.poll()

    async def check(self) -> None:
        """Check the stored cookie now."""
        await self.commands.cookie.check()

    async def give_cookie(
        self, cookie: Secret = DEMO_COOKIE, state: CookieState = CookieState.VALID
    ) -> None:
        """Store a cookie without a call to the site."""
        status = msgspec.structs.replace(
            CookieStatus(state=state), generation=self.cookie_status.generation + 1
        )
        await self.store.state.save(cookie=cookie, cookie_status=status, link=self.link)

    async def change(self, **changes: object) -> None:
        """Change settings by the user's command."""
        await self.commands.settings.change(lambda now: msgspec.structs.replace(now, **changes))

    def start(self, loop: CollectingLoop | None = None) -> None:
        """Start the loop, or another one in its place."""
        self._loop = asyncio.create_task((loop or self.collecting.loop).run())

    async def stop(self) -> None:
        """Cancel the loop, if it runs; nothing else may have ended it."""
        if self._loop is None:
            return
        assert not self._loop.done()
        self._loop.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._loop
        self._loop = None

    async def advance(self, seconds: float = 0) -> None:
        """Let time pass, and wait until the loop has run everything that is due by then."""
        self.clock.advance(seconds)
        schedule = self.collecting.schedule
        schedule.wake()
        async with asyncio.timeout(TIMEOUT_S):
            while schedule._changed.is_set():  # noqa: ASYNC110 - the loop clears it when idle
                await asyncio.sleep(0)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until a published change makes a condition true."""
        async with asyncio.timeout(TIMEOUT_S):
            while True:
                changed = self.feed.next_change()
                if holds():
                    return
                await asyncio.shield(changed)

    def broken_storage(self) -> contextlib.AbstractContextManager[None]:
        """Make every write fail, as on a folder that has disappeared."""
        return broken_storage(self.store, self.folder)


class SiteWorld(World):
    """A world with a simulated site."""

    def __init__(self, folder: Path, *, clock: HandClock, site: Simulator) -> None:
        self.site = site
        super().__init__(folder, clock=clock, client=lambda: UpstreamClient(site.url, clock=clock))

    @classmethod
    @contextlib.asynccontextmanager
    async def created(cls, folder: Path) -> AsyncIterator[Self]:
        """Create a world at ``NOW``: a valid cookie, and one request an hour ago on the site."""
        clock = HandClock(NOW)
        async with Simulator(history=History(), clock=clock, pace_s=0.0005) as site:
            site.history.add(t_ms=NOW - HOUR_MS, credits=7)
            world = cls(folder / "data", clock=clock, site=site)
            try:
                await world.give_cookie()
                yield world
            finally:
                await world.close()

    @property
    def calls(self) -> list[str]:
        """The paths of the requests that the site received."""
        return [request.path for request in self.site.requests]

    def sent_cookies(self) -> list[bytes]:
        """Return the cookies of the requests that the site received."""
        return [request.header(b"cookie") or b"" for request in self.site.requests]

    def charge(self, count: int) -> None:
        """Add that many requests to the site, made just now."""
        for number in range(count):
            self.site.history.add(t_ms=self.clock.now_ms() - number, credits=1)
