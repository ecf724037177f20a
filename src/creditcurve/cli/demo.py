"""``creditcurve demo``: run the program in a temporary folder, against a simulated site.

The site is a real HTTP server on loopback, in a thread. Before serving, the ordinary commands set
the cookie, poll once with the back-fill of a first poll, and switch collecting on: the page is live
at once, with a day of history. The weeks before that day are stored as if they had been collected.
Nothing is left behind at the end.
"""

import asyncio
import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from types import FrameType
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter

from creditcurve.cli.exits import Exit, run_safely
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
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.serving import serve
from creditcurve.cli.terminal import print_error
from creditcurve.clocks import SystemClock
from creditcurve.config import Config, Flags, load
from creditcurve.demo.simulation import demo_config, prepare, simulated_site
from creditcurve.server import is_free
from creditcurve.simulator import Era

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
    billing: Annotated[
        Literal["credits", "wallet"],
        Parameter(
            help=say(
                "How the simulated site charges: in credits, or in yuan from a wallet.",
                "模拟站点的计费方式：积分，或以元计的钱包。",
            )
        ),
    ] = "credits",
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
    return run_safely(lambda: _demo(flags, Era(billing)))


def _demo(flags: Flags, era: Era) -> int:
    before = signal.signal(signal.SIGTERM, _exit)
    try:
        with _folder() as folder, _site(era) as upstream:
            config = _with_free_port(_config(flags, folder, upstream), flags)
            asyncio.run(_seed(config, era))
            return serve(config)
    finally:
        signal.signal(signal.SIGTERM, before)


def _config(flags: Flags, folder: Path, upstream: str) -> Config:
    flags = msgspec.structs.replace(flags, data_dir=folder, upstream=upstream)
    return demo_config(load(flags, _without_site(os.environ)), folder / "data", upstream)


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
    port = config.port
    print_error(
        "creditcurve: "
        + say(f"port {port} is taken, using another one.", f"端口 {port} 被占用，改用其他端口。")
    )
    return msgspec.structs.replace(config, port=0)


async def _seed(config: Config, era: Era) -> None:
    async with opened(config) as parts:
        await prepare(parts.commands, parts.store, era=era)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="creditcurve-demo-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _site(era: Era) -> Iterator[str]:
    """Run a simulated site; yield its address."""
    started: Future[tuple[str, Callable[[], object]]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_simulate(started, era)), name="site")
    thread.start()
    address, stop = started.result()
    try:
        yield address
    finally:
        stop()
        thread.join()


async def _simulate(started: "Future[tuple[str, Callable[[], object]]]", era: Era) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    site = simulated_site(SystemClock(), era)
    try:
        await site.start()
    except OSError as error:
        started.set_exception(error)
        return
    started.set_result((site.url, lambda: loop.call_soon_threadsafe(ended.set)))
    await ended.wait()
    await site.close()


def _exit(_number: int, _frame: FrameType | None) -> None:
    """Exit on SIGTERM before serving, which also deletes the folder."""
    raise SystemExit(Exit.OK)
