"""The arguments of ``creditcurve watch``, and its loop: read keys, ask the instance, draw."""

import signal
import sys
import time
from typing import Annotated, Final

from cyclopts import Parameter
from rich.live import Live

from creditcurve.cli.client import Client, NoAnswerError, NotRunningError, connected
from creditcurve.cli.exits import CommandError, Exit, run_command
from creditcurve.cli.parameters import DataDir
from creditcurve.cli.registry import new_app, say
from creditcurve.cli.terminal import new_console
from creditcurve.cli.watch.keys import Keys
from creditcurve.cli.watch.screen import Screen
from creditcurve.cli.watch.snapshot import RANGES, Snapshot, take
from creditcurve.config import Config, Flags

app = new_app("watch", "creditcurve watch", "creditcurve watch --hours 24")

EVERY_S: Final = 2.0
"""The instance is asked this often; it asks the site as often as set."""
TICK_S: Final = 0.25
"""A key or a new size of the terminal is seen within this time."""
QUIT: Final = ("q", "\x1b", "\x03")


@app.default
def run(
    *,
    hours: Annotated[
        int,
        Parameter(
            help=say(
                "Range: 1, 3, 6, 24, 168 or 720 hours.", "范围：1、3、6、24、168 或 720 小时。"
            )
        ),
    ] = 1,
    data_dir: DataDir = None,
) -> int:
    """Draw until a key or Ctrl+C ends it; return the exit code."""
    return run_command(Flags(data_dir=data_dir), lambda config: _watch(config, hours))


def _watch(config: Config, hours: int) -> int:
    if hours not in RANGES:
        raise CommandError(
            f"--hours {hours}: use 1, 3, 6, 24, 168 or 720.",
            f"--hours {hours}：请使用 1、3、6、24、168 或 720。",
            Exit.USAGE,
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandError(
            "This command needs a terminal: use creditcurve status, or days --json for programs.",
            "此命令需要在终端中运行：可改用 creditcurve status，或供程序使用的 days --json。",
            Exit.USAGE,
        )
    # Started by a program that ignores Ctrl+C, the command would ignore it too; and without a
    # handler, the end by SIGTERM leaves the terminal without echo.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    screen = Screen(_take(config, hours), hours)
    console = new_console()
    try:
        with Keys() as keys, Live(screen, console=console, screen=True, auto_refresh=False) as live:
            _draw(config, screen, keys, live)
    except KeyboardInterrupt:
        return Exit.OK
    return Exit.OK


def _draw(config: Config, screen: Screen, keys: Keys, live: Live) -> None:
    """Draw until a key ends it."""
    next_s = time.monotonic() + EVERY_S
    while True:
        live.refresh()
        key = keys.read(TICK_S)
        if key in QUIT:
            return
        if screen.press(key) or time.monotonic() >= next_s:
            _update(config, screen)
            next_s = time.monotonic() + EVERY_S


def _update(config: Config, screen: Screen) -> None:
    """Show the newest answers; without an answer, the last ones stay and the screen says so."""
    try:
        screen.show(_take(config, screen.hours, refresh=screen.wants_poll))
    except (NotRunningError, NoAnswerError) as error:
        screen.lose(error)


def _take(config: Config, hours: int, *, refresh: bool = False) -> Snapshot:
    with connected(config.data_dir, timeout_s=5.0) as (client, instance, _):
        if refresh:
            _poll(client)
        return take(client, instance, hours)


def _poll(client: Client) -> None:
    """Poll the site; why it failed is in the state of the link."""
    try:
        client.call("POST", "/api/refresh")
    except NoAnswerError:
        raise
    except CommandError:
        return
