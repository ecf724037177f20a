"""Puts an application together on its store: parts, state of the interface, background tasks."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from msgspec import Struct

from creditcurve import __version__
from creditcurve.api.events.frames import Frames
from creditcurve.api.events.source import StoreSource
from creditcurve.api.events.streams import Streams
from creditcurve.api.http.access import Access
from creditcurve.api.http.downloads import Downloads
from creditcurve.api.http.sessions import instance_id
from creditcurve.api.resources.backup import remove_leftovers
from creditcurve.api.routes import contract
from creditcurve.api.state import About, AppState
from creditcurve.app.access import access_control, session_secret
from creditcurve.app.background import background, running
from creditcurve.clocks import Clock
from creditcurve.config import Config
from creditcurve.diagnostics import Diagnostics
from creditcurve.feed import Feed
from creditcurve.parts import Parts, working
from creditcurve.store import Store


class Assembly(Struct, frozen=True):
    """The parts that exist before the store is open, and those built on the open store."""

    config: Config
    clock: Clock
    feed: Feed
    streams: Streams
    diagnostics: Diagnostics

    @contextlib.asynccontextmanager
    async def serving(self, store: Store, local_token: str) -> AsyncIterator[AppState]:
        """Run everything, with access control and background tasks."""
        config, clock = self.config, self.clock
        async with contextlib.AsyncExitStack() as stack:
            await asyncio.to_thread(remove_leftovers, config.data_dir)
            self.feed.records_changed(store.records.revision)
            secret = await session_secret(store)
            access = access_control(config, clock, store, secret=secret, local_token=local_token)
            parts = await stack.enter_async_context(
                working(config, store, self.feed, clock, is_page_open=lambda: len(self.streams) > 0)
            )
            stack.enter_context(self.diagnostics.watching())
            await stack.enter_async_context(running(self.streams.follow(), "streams"))
            await stack.enter_async_context(running(self.streams.beat(), "heartbeat"))
            await stack.enter_async_context(background(parts, self.feed))
            yield self._state(parts, access, instance_id(secret))

    @contextlib.asynccontextmanager
    async def answering(self, store: Store) -> AsyncIterator[AppState]:
        """Run only the parts that calls need, without access control."""
        async with working(self.config, store, self.feed, self.clock) as parts:
            yield self._state(parts, None, identity="")

    def _state(self, parts: Parts, access: Access | None, identity: str) -> AppState:
        about = About(
            id=identity,
            version=__version__,
            is_demo=self.config.is_demo,
            is_hosted_demo=self.config.is_hosted_demo,
            needs_key=access is not None,
            data_dir=self.config.data_dir,
            base_path=self.config.base_path,
            sites=parts.sites,
        )
        source = StoreSource(about, parts.store, parts.alerting.notifications)
        return AppState(
            about=about,
            store=parts.store,
            feed=self.feed,
            commands=parts.commands,
            clock=self.clock,
            access=access,
            frames=Frames(self.feed, source),
            streams=self.streams,
            downloads=Downloads(),
            contract=contract,
            diagnostics=self.diagnostics,
        )
