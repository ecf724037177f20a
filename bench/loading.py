"""The files that the page loads and its time to draw, in Chromium, next to a plain ECharts page.

Each visit has a browser context of its own: nothing is in a cache.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from bench.figures import Figure
from bench.processes import program
from bench.rivals.plain_page import PlainPage
from playwright.sync_api import Browser, CDPSession, sync_playwright

from creditcurve.simulator import History
from support.browser import launch
from support.page import PATIENCE_MS
from support.program import Program
from support.site import COOKIE, OPUS, SONNET, Site

RUNS: Final = 7
REQUESTS: Final = 1_000
MANY: Final = 10_000
_HOUR_MS: Final = 3_500_000
"""Almost: the range of the page begins an hour ago."""
_TEN_MBIT: Final = 10_000_000 / 8
_DRAWN: Final = """() => new Promise((resolve) => {
  const look = () => {
    const canvas = document.querySelector("canvas");
    if (!canvas?.checkVisibility()) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  };
  look();
})"""
_SHIFT: Final = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) sum += value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 500);
})"""


class Visit(NamedTuple):
    """One visit: until the curve is painted, the bytes that it took, and how much moved."""

    painted_ms: float
    script_kb: float
    all_kb: float
    shift: float


def main() -> list[Figure]:
    """Measure visits with and without a slow processor and line, and with many requests."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        with pages(REQUESTS) as (ours, plain):
            figures = [
                *_bytes(_best(browser, ours), _best(browser, plain)),
                _slow(_best(browser, ours, is_slow=True), _best(browser, plain, is_slow=True)),
            ]
        with pages(MANY) as (ours, plain):
            figures.append(_curve(MANY, _best(browser, ours), _best(browser, plain), 500))
    return figures


@contextmanager
def pages(requests: int) -> Iterator[tuple[str, str]]:
    """Yield the addresses of the program's page and of the plain one, with the same requests."""
    with (
        _collected(requests) as server,
        PlainPage(server.call("GET", "/api/usage?hours=1&bucket=none&by=model").content) as plain,
    ):
        yield server.url, plain.url


def _bytes(ours: Visit, plain: Visit) -> list[Figure]:
    return [
        _figure("page: JavaScript until the curve", ours.script_kb, plain.script_kb, "kB", 300),
        _figure("page: all bytes until the curve", ours.all_kb, plain.all_kb, "kB", 350),
        _curve(REQUESTS, ours, plain, 450),
        Figure(
            name="layout shift",
            ours=ours.shift,
            unit="of the view",
            goal=0.01,
            where="places are kept",
        ),
    ]


def _curve(requests: int, ours: Visit, plain: Visit, goal_ms: float) -> Figure:
    name = f"first curve of {requests:,} rows"
    return _figure(name, ours.painted_ms, plain.painted_ms, "ms", goal_ms)


def _slow(ours: Visit, plain: Visit) -> Figure:
    name = f"first curve of {REQUESTS:,} rows, 4 times slower processor, 10 Mbit/s"
    return _figure(name, ours.painted_ms, plain.painted_ms, "ms", 1_000)


def _figure(name: str, ours: float, plain: float, unit: str, goal: float) -> Figure:
    return Figure(
        name=name,
        ours=ours,
        unit=unit,
        goal=goal,
        rival=plain,
        rival_name="plain page with the same parts of ECharts",
        where=(
            "ECharts is half of the bytes; of 0.5 s of the main thread, a quarter is parsing "
            "and painting, a fifth React's first render (profiles.md)"
        ),
    )


@contextmanager
def _collected(requests: int) -> Iterator[Program]:
    """Run the program with requests of the last hour."""
    history = History()
    now_ms = time.time_ns() // 1_000_000
    for number in range(requests):
        t_ms = now_ms - (requests - number) * _HOUR_MS // requests
        history.add(t_ms=t_ms, credits=number * 31 % 200, model=OPUS if number % 3 else SONNET)
    with (
        Site(history, row_limit=requests) as site,
        tempfile.TemporaryDirectory() as name,
        program(Path(name), site.url) as server,
    ):
        server.give_cookie(COOKIE)
        server.call("POST", "/api/refresh")
        yield server


def _best(browser: Browser, url: str, *, is_slow: bool = False) -> Visit:
    """Return the least of each figure, and the most that moved in any visit."""
    visits = [_visit(browser, url, is_slow=is_slow) for _ in range(RUNS)]
    least = Visit(*(min(figures) for figures in zip(*visits, strict=True)))
    return least._replace(shift=max(visit.shift for visit in visits))


def _visit(browser: Browser, url: str, *, is_slow: bool) -> Visit:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS * 4)
        devtools = context.new_cdp_session(page)
        if is_slow:
            _throttle(devtools)
        received = _received(devtools)
        page.goto(url, wait_until="commit")
        painted_ms = page.evaluate(_DRAWN)
        script_kb = sum(size for kind, size in received if kind == "Script") / 1_000
        all_kb = sum(size for _, size in received) / 1_000
        return Visit(painted_ms, script_kb, all_kb, page.evaluate(_SHIFT))
    finally:
        context.close()


def _received(devtools: CDPSession) -> list[tuple[str, float]]:
    """Return a list that collects kind and size of each answer as it travels."""
    kinds: dict[str, str] = {}
    received: list[tuple[str, float]] = []
    devtools.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    devtools.on(
        "Network.loadingFinished",
        lambda e: received.append((kinds.get(e["requestId"], ""), e["encodedDataLength"])),
    )
    devtools.send("Network.enable")
    return received


def _throttle(devtools: CDPSession) -> None:
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 20,
            "downloadThroughput": _TEN_MBIT,
            "uploadThroughput": _TEN_MBIT,
        },
    )
