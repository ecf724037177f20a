"""From the site's answer, and from a click on refresh, to the painted point in Chromium."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import httpx2
from bench.figures import Figure
from bench.processes import program
from bench.rivals.plain import plain_server
from bench.rivals.plain_page import PlainPage
from playwright.sync_api import Browser, Page, sync_playwright

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

_NO_USAGE: Final = b'{"series":[]}'
_DRAWN: Final = """() => {
  window.painted = new Promise((resolve) => { window.drawn = resolve; });
}"""
_PLAIN_CLICK: Final = """(refresh) => {
  window.clicked = performance.timeOrigin + performance.now();
  void fetch(refresh, { method: "POST", mode: "no-cors" });
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
        plain_answers, plain_clicks = _plain(browser, site)
    return [
        _figure("answer → painted point in Chromium", min(answers), min(plain_answers), 50),
        _figure("click on refresh → painted point", min(clicks), min(plain_clicks), 100),
    ]


def _figure(name: str, ours: float, plain: float, goal: float) -> Figure:
    return Figure(
        name=name,
        ours=ours,
        unit="ms",
        goal=goal,
        rival=plain,
        rival_name="plain server and page with ECharts",
        where=(
            "a commit to the disk, the stream's worker, one render, and up to two frames of 16.7 ms"
        ),
    )


def _plain(browser: Browser, site: Site) -> tuple[list[float], list[float]]:
    """Measure the plain page with the plain server; the same as ours."""
    with (
        plain_server(site.url) as server,
        PlainPage(_NO_USAGE, server.url) as served,
        browser.new_page() as page,
    ):
        page.goto(served.url)
        page.wait_for_timeout(SETTLE_MS)
        refresh = f"{server.url}/api/refresh"
        answers = [_from_plain_answer(page, site, refresh) for _ in range(ROUNDS)]
        clicks = [_from_plain_click(page, site, refresh) for _ in range(ROUNDS)]
    return answers, clicks


def _from_plain_answer(page: Page, site: Site, refresh: str) -> float:
    site.charge(1, ago_s=0.01)
    page.evaluate(_DRAWN)
    return _from_held_answer(page, site, lambda: httpx2.post(refresh))


def _from_plain_click(page: Page, site: Site, refresh: str) -> float:
    site.charge(1, ago_s=0.01)
    page.evaluate(_DRAWN)
    page.evaluate(_PLAIN_CLICK, refresh)
    return _since_click(page)


def _from_answer(page: Page, site: Site, server: Program) -> float:
    site.charge(1, ago_s=0.01)
    page.evaluate(_PAINTED, page.evaluate(_POINTS) + 1)
    return _from_held_answer(page, site, lambda: server.call("POST", "/api/refresh"))


def _from_held_answer(page: Page, site: Site, refresh: Callable[[], object]) -> float:
    """Return the time from the site's answer to ``window.painted``."""
    held = site.hold("usage")
    with ThreadPoolExecutor(1) as pool:
        refreshed = pool.submit(refresh)
        held.wait()
        began_ms = time.time() * 1_000
        held.release()
        painted_ms = float(page.evaluate("() => window.painted"))
        refreshed.result()
    return painted_ms - began_ms


def _from_click(page: Page, site: Site) -> float:
    site.charge(1, ago_s=0.01)
    page.evaluate(_PAINTED, page.evaluate(_POINTS) + 1)
    page.evaluate(_CLICK)
    return _since_click(page)


def _since_click(page: Page) -> float:
    return float(page.evaluate("() => window.painted.then((at) => at - window.clicked)"))
