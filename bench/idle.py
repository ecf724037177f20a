"""An idle evening: one page open, one poll a minute."""

import tempfile
import time
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.processes import cpu_s, program, switches
from playwright.sync_api import sync_playwright

from creditcurve.simulator import History
from support.browser import launch, opened
from support.site import COOKIE, Site

WATCHED_S: Final = 120.0
_WARM_S: Final = 15.0


def main() -> list[Figure]:
    """Measure processor time and wake-ups of the server while a page is open."""
    with (
        tempfile.TemporaryDirectory() as name,
        Site(History.generated(1), row_limit=25) as site,
        program(Path(name), site.url) as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        server.give_cookie(COOKIE, collecting=True)
        with opened(browser, server.url):
            time.sleep(_WARM_S)
            used_s, woken = cpu_s(server.pid), switches(server.pid)
            time.sleep(WATCHED_S)
            used_s, woken = cpu_s(server.pid) - used_s, switches(server.pid) - woken
    return [
        Figure(
            name="idle with one page open, one poll a minute: share of a core",
            ours=used_s / WATCHED_S * 100,
            unit="%",
            goal=0.2,
            where="the poll and its event, a heartbeat every 15 s",
        ),
        Figure(
            name="idle with one page open, one poll a minute: wake-ups",
            ours=woken / WATCHED_S * 60,
            unit="a minute",
            goal=20,
            where=(
                "timers (eight, for the schedule after a suspend), and the poll with its two "
                "commits, each of which sleeps three times until the disk has it"
            ),
        ),
    ]
