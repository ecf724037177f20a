"""From the site's answer, and from a click on refresh, to the painted point in Chromium."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.processes import program
from playwright.sync_api import Page, sync_playwright

from support.browser import launch, opened
from support.page import drawn
from support.program import Program
from support.site import COOKIE, Site

ROUNDS: Final = 15
SETTLE_MS: Final = 3_000
_PAINTED: Final = """(points) => {
  window.painted = new Promise((resolve) => {
    const summary = document.querySelector("[data-testid=curve-summary]");
    const now = () => performance.timeOrigin + performance.now();
    const look = () => {
      if (Number(summary.dataset.points) < points) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(summary, { attributes: true });
  });
}"""
_POINTS: Final = (
    "() => Number(document.querySelector('[data-testid=curve-summary]').dataset.points)"
)
_CLICK: Final = """() => {
  const buttons = [...document.querySelectorAll("header button")];
  const refresh = buttons.find(({ ariaLabel, textContent }) =>
    /refresh/i.test(ariaLabel ?? textContent));
  window.clicked = performance.timeOrigin + performance.now();
  refresh.click();
}"""


def main() -> list[Figure]:
    """Measure an open page."""
    with (
        Site() as site,
        tempfile.TemporaryDirectory() as name,
        program(Path(name), site.url) as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        site.charge(1)
        server.give_cookie(COOKIE)
        server.call("POST", "/api/refresh")
        with opened(browser, server.url) as page:
            drawn(page)
            page.wait_for_timeout(SETTLE_MS)
            answers = [_from_answer(page, site, server) for _ in range(ROUNDS)]
            clicks = [_from_click(page, site) for _ in range(ROUNDS)]
    return [
        _figure("answer → painted point in Chromium", min(answers), 50),
        _figure("click on refresh → painted point", min(clicks), 100),
    ]


def _figure(name: str, ours: float, goal: float) -> Figure:
    where = "a commit to the disk, the stream's worker, one render, and up to two frames of 16.7 ms"
    return Figure(name=name, ours=ours, unit="ms", goal=goal, where=where)


def _from_answer(page: Page, site: Site, server: Program) -> float:
    site.charge(1, ago_s=0.01)
    page.evaluate(_PAINTED, page.evaluate(_POINTS) + 1)
    held = site.hold("usage")
    with ThreadPoolExecutor(1) as pool:
        refresh = pool.submit(server.call, "POST", "/api/refresh")
        held.wait()
        began_ms = time.time() * 1_000
        held.release()
        painted_ms = float(page.evaluate("() => window.painted"))
        refresh.result()
    return painted_ms - began_ms


def _from_click(page: Page, site: Site) -> float:
    site.charge(1, ago_s=0.01)
    page.evaluate(_PAINTED, page.evaluate(_POINTS) + 1)
    page.evaluate(_CLICK)
    return float(page.evaluate("() => window.painted.then((at) => at - window.clicked)"))
