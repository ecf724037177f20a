"""``creditcurve demo``: the program on a temporary data folder, against a simulated site.

The site is a real HTTP server on loopback, on a thread of its own. Before anything is served the
ordinary commands give the cookie, poll once with the back-fill of a first poll, and switch
collecting on: the page is live at once, with a day behind it. Nothing is left behind at the end.
"""

import asyncio
import contextlib
import os
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import FrameType
from typing import Final

import msgspec

from creditcurve.cli import serve
from creditcurve.cli.exits import settled
from creditcurve.cli.offline import opened
from creditcurve.cli.ports import is_free
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags
from creditcurve.domain.secret import Secret
from creditcurve.simulator import DEMO_COOKIE, History, SimulatedSite

HOURS: Final = 24
SEED: Final = 20_250_825
POLL_INTERVAL_S: Final = 10
ROW_LIMIT: Final = 100
"""What the simulated site gives without ``hours``: enough for any ten seconds of the demo."""


def run(flags: Flags) -> int:
    """Serve the demo until a signal ends it; the exit code."""

    def work(config: Config) -> int:
        before = signal.signal(signal.SIGTERM, _leave)
        try:
            with _folder() as folder, _site() as upstream:
                demo = _config(_with_free_port(config, flags), folder, upstream)
                asyncio.run(_seed(demo))
                return serve.serve(demo)
        finally:
            signal.signal(signal.SIGTERM, before)

    return settled(flags, work)


def _config(config: Config, folder: Path, upstream: str) -> Config:
    """What was asked for, on a folder, a key and a site of its own."""
    return msgspec.structs.replace(
        config,
        data_dir=folder / "data",
        upstream=upstream,
        secret_key=Secret(secrets.token_bytes(32)),
        key_file=folder / "secret.key",
        use_keyring=False,
        ca_file=None,
        proxy=None,
        is_demo=True,
    )


def _with_free_port(config: Config, flags: Flags) -> Config:
    """Another port where the usual one is taken and nobody insisted on it."""
    is_chosen = flags.port is not None or bool(os.environ.get("CREDITCURVE_PORT"))
    if is_chosen or is_free(config.host, config.port):
        return config
    sys.stderr.write(f"creditcurve: port {config.port} is taken, the demo takes another one.\n")
    return msgspec.structs.replace(config, port=0)


async def _seed(config: Config) -> None:
    async with opened(config) as parts:
        commands = parts.commands
        await commands.cookie.set(DEMO_COOKIE.reveal().decode())
        await commands.refresh()
        await commands.settings.change(
            lambda now: msgspec.structs.replace(
                now, collecting=True, poll_interval_s=POLL_INTERVAL_S
            )
        )


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="creditcurve-demo-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _site() -> Iterator[str]:
    """A simulated site; its address."""
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
    history = History.generated(SEED, HOURS)
    site = SimulatedSite(history=history, clock=SystemClock(), row_limit=ROW_LIMIT)
    try:
        await site.start()
    except OSError as error:
        started.set_exception(error)
        return
    started.set_result((site.url, lambda: loop.call_soon_threadsafe(ended.set)))
    await ended.wait()
    await site.close()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """SIGTERM before anything is served: leave, and take the folder along."""
    raise SystemExit(0)
