"""The page in a real Chromium, against plain ECharts with the same requests in the same run.

``PYTHONPATH=tests python -m bench.page [REQUESTS]`` opens a day of that many requests, zooms and
pans, and tells the longest task that held the page up (the main thread's own time, so that other
programs do not count); then it lets a request a second arrive and tells what share of one core
that takes.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.store import made, poll
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from creditcurve.clocks import SystemClock
from creditcurve.domain.record import Record
from creditcurve.domain.secret import Secret
from creditcurve.simulator import History
from creditcurve.store import SqliteStore
from creditcurve.vault import Vault
from support.browser import launch
from support.program import Program
from support.site import COOKIE, Site

DAY: Final = 86_400_000
USUAL: Final = 10_000
STEPS: Final = 15
ARRIVALS_S: Final = 30
ECHARTS: Final = Path(__file__).parents[1] / "web/node_modules/echarts/dist/echarts.min.js"
SIZE: Final[ViewportSize] = {"width": 1440, "height": 900}

_RIVAL = """series => {
  document.body.innerHTML = '<div id="chart" style="width:1380px;height:420px"></div>';
  window.chart = echarts.init(document.getElementById("chart"));
  window.chart.setOption({
    xAxis: { type: "time" }, yAxis: {}, tooltip: { trigger: "axis" }, legend: {},
    dataZoom: [{ type: "inside" }],
    series: series.map(({ key, t, v }) => ({
      type: "line", name: key, data: t.map((time, at) => [time, v[at]]),
    })),
  });
}"""
_MIDDLE = """canvas => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
_DRAWN = """points => {
  const drawn = document.querySelector("[data-testid=curve-summary]")?.dataset.points;
  return Number(drawn) >= points && document.querySelector("canvas") ? performance.now() : null;
}"""


def main(requests: int = 90_000) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as crowded, tempfile.TemporaryDirectory() as usual:
        asyncio.run(fill(Path(crowded), requests))
        asyncio.run(fill(Path(usual), USUAL))
        with sync_playwright() as playwright, launch(playwright) as browser:
            crowd(browser, Path(crowded), requests)
            arrivals(browser, Path(usual))


def crowd(browser: Browser, folder: Path, requests: int) -> None:
    """Open, zoom and pan over a crowded day; the rival draws what the page was given."""
    with Program(folder, "http://127.0.0.1:9") as program:
        page = browser.new_page(viewport=SIZE)
        opened_ms: list[float] = []

        def open_it() -> None:
            page.goto(f"{program.url}/?range=24h")
            seen = page.wait_for_function(_DRAWN, arg=requests * 0.9)
            opened_ms.append(float(seen.json_value()))
            page.wait_for_timeout(500)

        ours = [longest(browser, page, open_it), *moved(browser, page)]
        page.close()
        series = program.get("/api/usage?hours=24&bucket=none")["series"]
    rival = browser.new_page(viewport=SIZE)
    rival.add_script_tag(path=ECHARTS)

    def draw() -> None:
        rival.evaluate(_RIVAL, series)
        rival.wait_for_timeout(500)

    theirs = [longest(browser, rival, draw), *moved(browser, rival)]
    rival.close()
    print(f"\n{requests:,} requests in 24 h; drawn {opened_ms[0]:.0f} ms after the visit began")
    print(f"{'longest task, ms of the main thread':<40}{'the page':>10}{'ECharts':>10}{'ratio':>8}")
    for what, one, other in zip(("open", "zoom", "pan"), ours, theirs, strict=True):
        print(f"  {what:<38}{one:>10.0f}{other:>10.0f}{one / other:>8.2f}")


def moved(browser: Browser, page: Page) -> tuple[float, float]:
    """The longest task while the wheel turns, and while the plot is dragged."""
    canvas = page.locator("canvas").first
    x, y = canvas.evaluate(_MIDDLE)
    page.mouse.move(x, y)

    def zoom() -> None:
        for _ in range(STEPS):
            page.mouse.wheel(0, -60)
            page.wait_for_timeout(60)

    def pan() -> None:
        page.mouse.down()
        for step in range(STEPS):
            page.mouse.move(x + 12 * step, y)
            page.wait_for_timeout(60)
        page.mouse.up()

    return longest(browser, page, zoom), longest(browser, page, pan)


def arrivals(browser: Browser, folder: Path) -> None:
    """A request a second, over a day that holds some already."""
    with Site(History()) as site, Program(folder, site.url) as program:
        program.give_cookie(COOKIE)
        page = browser.new_page(viewport=SIZE)
        page.goto(f"{program.url}/?range=24h")
        page.wait_for_function(_DRAWN, arg=USUAL * 0.9)
        page.wait_for_timeout(2_000)
        idle = busy_share(page, lambda: None)
        share = busy_share(page, lambda: arrive(site, program))
        page.close()
    print(f"\na request a second over {USUAL:,} in 24 h: share of one core on the main thread")
    print(f"  nothing arrives {idle:8.1%}\n  one a second    {share:8.1%}")


def arrive(site: Site, program: Program) -> None:
    """One more request, and a poll that fetches it."""
    now_ms = time.time_ns() // 1_000_000
    site.simulator.history.add(
        t_ms=now_ms - 500, credits=42, model="opus-4", type="USAGE", endpoint="v1/messages"
    )
    program.call("POST", "/api/refresh")


def busy_share(page: Page, each_second: Callable[[], None]) -> float:
    """How much of the time the main thread works, by its own clock."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked_s() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    before, began = worked_s(), time.monotonic()
    for second in range(1, ARRIVALS_S + 1):
        each_second()
        page.wait_for_timeout(max(0.0, second - (time.monotonic() - began)) * 1000)
    return (worked_s() - before) / (time.monotonic() - began)


def longest(browser: Browser, page: Page, act: Callable[[], None]) -> float:
    """The longest task of a page's main thread during an act, in ms of the thread's own time."""
    browser.start_tracing(page=page, categories=["toplevel", "__metadata"])
    act()
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        float(event.get("tdur", 0))
        for event in events
        if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in mains
    ]
    return max(tasks, default=0.0) / 1000


async def fill(folder: Path, requests: int) -> None:
    """A store with a day of requests, where the program looks for it."""
    now_ms = time.time_ns() // 1_000_000
    records = [spread(one, at, requests, now_ms) for at, one in enumerate(made(requests))]
    vault = Vault.open(
        secret_key=Secret(b"bench"), key_file=folder / "unused.key", use_keyring=False
    )
    store = SqliteStore.open(folder / "data", vault=vault, clock=SystemClock())
    for start in range(0, requests, 10_000):
        await store.records.append(poll(records[start : start + 10_000]))
    await store.close()


def spread(record: Record, at: int, count: int, now_ms: int) -> Record:
    """The record, at its place in the last day."""
    return Record(
        id=record.id,
        t_ms=now_ms - DAY + 60_000 + (DAY - 120_000) * at // count,
        type=record.type,
        endpoint=record.endpoint,
        model=record.model,
        credits=record.credits,
        status=record.status,
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
