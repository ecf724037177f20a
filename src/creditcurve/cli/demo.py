"""``creditcurve demo``: run the program in a temporary folder, against a simulated site.

The site is a real HTTP server on loopback, in a thread. Before serving, the ordinary commands set
the cookie, poll once with the back-fill of a first poll, and switch collecting on: the page is live
at once, with a day of history. The weeks before that day are stored as if they had been collected.
Nothing is left behind at the end.
"""

import asyncio
import contextlib
import os
import secrets
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Final

import msgspec

from creditcurve.cli import serve
from creditcurve.cli.exits import run_safely
from creditcurve.cli.offline import opened
from creditcurve.cli.parameters import (
    AccessKey,
    AllowedHosts,
    BasePath,
    Host,
    OpenPage,
    Port,
    TrustedProxies,
)
from creditcurve.cli.registry import new_app
from creditcurve.cli.terminal import print_error, system_language
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags, load
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.record import Answer
from creditcurve.domain.secret import Secret
from creditcurve.server import is_free
from creditcurve.simulator import (
    DEMO_COOKIE,
    Era,
    History,
    SimulatedAccount,
    SimulatedSite,
    past_records,
)
from creditcurve.store import ExportQuery, Poll, Store

HOURS: Final = 24
PAST_DAYS: Final = 34
"""Enough for eight Saturdays and Sundays: fewer samples of an hour give no usual spend."""
SEED: Final = 20_250_825
POLL_INTERVAL_S: Final = 10
MAXIMUM: Final = 50_000
ROW_LIMIT: Final = 100
"""Rows that the simulated site returns without ``hours``: enough for ten seconds of the demo."""

app = new_app("demo", "creditcurve demo --port 18080")


@app.default
def run(  # noqa: PLR0913 - one parameter for each flag
    *,
    host: Host = None,
    port: Port = None,
    access_key: AccessKey = None,
    allowed_hosts: AllowedHosts = (),
    base_path: BasePath = None,
    trusted_proxies: TrustedProxies = (),
    open_page: OpenPage = None,
) -> int:
    """Serve the demo until a signal ends it; return the exit code."""
    flags = Flags(
        host=host,
        port=port,
        access_key=access_key,
        allowed_hosts=allowed_hosts,
        base_path=base_path,
        trusted_proxies=trusted_proxies,
        open_page=open_page,
    )
    return run_safely(lambda: _demo(flags))


def _demo(flags: Flags) -> int:
    before = signal.signal(signal.SIGTERM, _exit)
    try:
        with _folder() as folder, _site() as upstream:
            config = _with_free_port(_config(flags, folder, upstream), flags)
            asyncio.run(_seed(config))
            return serve.serve(config)
    finally:
        signal.signal(signal.SIGTERM, before)


def _config(flags: Flags, folder: Path, upstream: str) -> Config:
    """Return the configuration, with a temporary folder, key and site."""
    flags = msgspec.structs.replace(flags, data_dir=folder / "data", upstream=upstream)
    return msgspec.structs.replace(
        load(flags, _without_site(os.environ)),
        secret_key=Secret(secrets.token_bytes(32)),
        key_file=None,
        use_keyring=False,
        is_demo=True,
    )


def _without_site(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without the variables of the real site and its cookie."""
    unused = ("SECRET_KEY", "SECRET_KEY_FILE", "SECRET_KEY_NEW", "SECRET_KEY_NEW_FILE")
    names = {f"CREDITCURVE_{name}" for name in (*unused, "CA_FILE", "PROXY")}
    return {name: value for name, value in environment.items() if name not in names}


def _with_free_port(config: Config, flags: Flags) -> Config:
    """Choose another port if the default one is taken and no port was given."""
    is_given = flags.port is not None or bool(os.environ.get("CREDITCURVE_PORT"))
    if is_given or is_free(config):
        return config
    say = system_language()
    port = config.port
    print_error(
        "creditcurve: "
        + say(f"port {port} is taken, using another one.", f"端口 {port} 被占用，改用其他端口。")
    )
    return msgspec.structs.replace(config, port=0)


async def _seed(config: Config) -> None:
    async with opened(config) as parts:
        commands = parts.commands
        await commands.cookie.set(DEMO_COOKIE.reveal().decode())
        await commands.refresh()
        await _store_past(parts.store)
        await commands.settings.change(
            lambda now: msgspec.structs.replace(
                now, collecting=True, poll_interval_s=POLL_INTERVAL_S
            )
        )


async def _store_past(store: Store) -> None:
    """Store the weeks before the first collected record, as a back-fill that reaches to it."""
    oldest = [chunk[0] async for chunk in store.records.export(ExportQuery())][:1]
    if not oldest:
        return
    now_ms, until_ms = SystemClock().now_ms(), oldest[0].t_ms
    zone = datetime.now(UTC).astimezone().tzinfo or UTC
    past = past_records(SEED, days=PAST_DAYS, until_ms=until_ms, zone=zone)
    await store.records.append(
        Poll(
            at_ms=now_ms,
            answer=Answer(records=(*past, oldest[0])),
            interval_s=POLL_INTERVAL_S,
            link=store.state.link,
            cookie_status=store.state.cookie_status,
            hours=PAST_DAYS * 24,
        )
    )


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="creditcurve-demo-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _site() -> Iterator[str]:
    """Run a simulated site; yield its address."""
    started: Future[tuple[str, Callable[[], object]]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_simulate(started)), name="site")
    thread.start()
    address, stop = started.result()
    try:
        yield address
    finally:
        stop()
        thread.join()


async def _simulate(started: "Future[tuple[str, Callable[[], object]]]") -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    clock = SystemClock()
    history = History.generated(SEED, HOURS)
    site = SimulatedSite(
        history=history, clock=clock, row_limit=ROW_LIMIT, account=_account(clock.now_ms())
    )
    try:
        await site.start()
    except OSError as error:
        started.set_exception(error)
        return
    started.set_result((site.url, lambda: loop.call_soon_threadsafe(ended.set)))
    await ended.wait()
    await site.close()


def _account(now_ms: int) -> SimulatedAccount:
    """Return an account with recovery and a reset, whose plan ends in twelve days."""
    return SimulatedAccount(
        era=Era.CREDITS,
        opening=MAXIMUM,
        since_ms=now_ms - HOURS * HOUR_MS,
        plan="ULTRA",
        maximum=MAXIMUM,
        recovery_per_h=1_200,
        plan_ends_ms=now_ms + 12 * DAY_MS,
    )


def _exit(_number: int, _frame: FrameType | None) -> None:
    """Exit on SIGTERM before serving, which also deletes the folder."""
    raise SystemExit(0)
