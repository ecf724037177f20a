"""The parts that work on a data folder: store, upstream, collecting, alerts and commands.

The server and the commands that run without an instance both use them; lower packages do not know
``Config``.
"""

import contextlib
import os
import random
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from creditcurve.alerting.parts import Alerting
from creditcurve.alerting.preferences import Preferences
from creditcurve.channels.http import ChannelHttp
from creditcurve.clocks import Clock
from creditcurve.collecting.parts import Collecting
from creditcurve.commands import Commands
from creditcurve.commands.forecast import Forecasts
from creditcurve.config import Config
from creditcurve.domain.locale import is_chinese
from creditcurve.feed import Feed
from creditcurve.store import SqliteStore, Store
from creditcurve.upstream import Sites
from creditcurve.vault import Vault

if TYPE_CHECKING:
    from creditcurve.upstream.client import UpstreamClient


class Parts(Struct, frozen=True):
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
    """Run the parts on an open store; end their calls afterwards."""
    parts = _parts(config, store, feed, clock, is_page_open)
    try:
        yield parts
    finally:
        await parts.collecting.close()
        await parts.sites.aclose()


def _parts(
    config: Config, store: Store, feed: Feed, clock: Clock, is_page_open: Callable[[], bool]
) -> Parts:
    sites = _sites(config, clock)
    forecasts = Forecasts(store=store, clock=clock)
    alerting = Alerting(
        store=store,
        feed=feed,
        clock=clock,
        http=_channel_http(config),
        preferences=_preferences(config, store),
        is_page_open=is_page_open,
        expected_empty=forecasts.expected_empty_ms,
        data_dir=config.data_dir,
    )
    collecting = Collecting(
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
    return Parts(store, sites, collecting, alerting, commands)


def _sites(config: Config, clock: Clock) -> Sites:
    def client(origin: str) -> "UpstreamClient":
        from creditcurve.upstream.client import UpstreamClient  # noqa: PLC0415 - see upstream
        from creditcurve.upstream.exchange import Network  # noqa: PLC0415 - see upstream

        network = Network(ca_file=config.ca_file, proxy=config.proxy)
        return UpstreamClient(origin, clock=clock, network=network)

    return Sites(config.upstream, client, is_fixed=config.is_upstream_fixed)


def _channel_http(config: Config) -> ChannelHttp:
    return ChannelHttp(
        ca_file=config.ca_file, proxy=config.proxy, allow_private=config.allow_private_channels
    )


def _preferences(config: Config, store: Store) -> Preferences:
    return Preferences(store, page_url=_page_url(config), is_chinese=is_chinese(os.environ))


def _page_url(config: Config) -> str | None:
    """Return the address of the page on this machine; None while its port is not known."""
    if not config.port:
        return None
    is_everywhere = config.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    host = "127.0.0.1" if is_everywhere else config.host
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{config.port}{config.base_path}/"
