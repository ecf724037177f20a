"""An idle evening: one page open, one poll a minute."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import httpx2
from bench.figures import Figure
from bench.processes import cpu_s, program, switches
from bench.rivals.plain import NAME, plain_server
from playwright.sync_api import sync_playwright

from creditcurve.simulator import History
from support.browser import launch, opened
from support.site import COOKIE, Site

MINUTES: Final = 2
_WARM_S: Final = 15.0
_RIVAL: Final = f"{NAME}, told to poll"


class Idle(NamedTuple):
    """Percent of a core, and wake-ups a minute."""

    share: float
    woken: float


def main() -> list[Figure]:
    """Measure processor time and wake-ups while a page is open."""
    ours, plain = _ours(), _plain()
    return [
        Figure(
            name="idle with one page open, one poll a minute: share of a core",
            ours=ours.share,
            unit="%",
            goal=0.2,
            rival=plain.share,
            rival_name=_RIVAL,
            where="the poll and its event, a heartbeat every 15 s",
        ),
        Figure(
            name="idle with one page open, one poll a minute: wake-ups",
            ours=ours.woken,
            unit="a minute",
            goal=20,
            rival=plain.woken,
            rival_name=_RIVAL,
            where=(
                "timers (eight, for the schedule after a suspend), and the poll with its two "
                "commits, each of which sleeps three times until the disk has it"
            ),
        ),
    ]


def _ours() -> Idle:
    with (
        tempfile.TemporaryDirectory() as name,
        Site(History.generated(1), row_limit=25) as site,
        program(Path(name), site.url) as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        server.give_cookie(COOKIE, collecting=True)
        with opened(browser, server.url):
            return _watched(server.pid, lambda: None)


def _plain() -> Idle:
    """Watch the plain server, which is told to poll, and keeps nothing."""
    with (
        Site(History.generated(1), row_limit=25) as site,
        plain_server(site.url) as server,
        httpx2.stream("GET", f"{server.url}/api/events", timeout=None),
    ):
        return _watched(server.pid, lambda: httpx2.post(f"{server.url}/api/refresh"))


def _watched(pid: int, poll: Callable[[], object]) -> Idle:
    time.sleep(_WARM_S)
    used_s, woken = cpu_s(pid), switches(pid)
    for _ in range(MINUTES):
        poll()
        time.sleep(60)
    used_s, woken = cpu_s(pid) - used_s, switches(pid) - woken
    return Idle(used_s / (MINUTES * 60) * 100, woken / MINUTES)
