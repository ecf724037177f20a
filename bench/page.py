"""Measure the page in Chromium against plain ECharts with the same requests.

``PYTHONPATH=tests python -m bench.page [REQUESTS]`` opens a day of that many requests in each view,
zooms, and moves the pointer. It prints the longest task of the main thread while it opens and
zooms, and the time of one move of the pointer: with the browser's layout and painting, and the
scripts alone (in the thread's own time, so that other programs do not count); then it lets a
request a second arrive and prints the share of one core that this takes.
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
VIEWS: Final = ("requests", "interval", "total")
STEPS: Final = 15
MOVES: Final = 50
RIVAL_TIMEOUT_MS: Final = 180_000
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
    """Measure and print the results."""
    with tempfile.TemporaryDirectory() as crowded, tempfile.TemporaryDirectory() as usual:
        asyncio.run(fill(Path(crowded), requests))
        asyncio.run(fill(Path(usual), USUAL))
        with sync_playwright() as playwright, launch(playwright) as browser:
            crowd(browser, Path(crowded), requests)
            arrivals(browser, Path(usual))


def crowd(browser: Browser, folder: Path, requests: int) -> None:
    """Open, zoom and point at a crowded day in each view; ECharts draws the same requests."""
    with Program(folder, "http://127.0.0.1:9") as program:
        ours = {view: measured(browser, program, view, requests) for view in VIEWS}
        series = program.get("/api/usage?hours=24&bucket=none")["series"]
    rival = browser.new_page(viewport=SIZE)
    rival.set_default_timeout(RIVAL_TIMEOUT_MS)
    rival.add_script_tag(path=ECHARTS)

    def draw() -> None:
        rival.evaluate(_RIVAL, series)
        rival.wait_for_timeout(500)

    theirs = [longest(browser, rival, draw), *moved(browser, rival)]
    rival.close()
    print(f"\n{requests:,} requests in 24 h: longest task, ms of the main thread")
    print(f"  {'':<24}{'open':>8}{'zoom':>8}{'pointer':>9}{'scripts':>9}")
    for name, times in [*ours.items(), ("plain ECharts", theirs)]:
        print(f"  {name:<24}{times[0]:>8.0f}{times[1]:>8.0f}{times[2]:>9.1f}{times[3]:>9.1f}")


def measured(browser: Browser, program: Program, view: str, requests: int) -> list[float]:
    """Return the longest task of opening and of zooming, and the time of one pointer move."""
    page = browser.new_page(viewport=SIZE)

    def open_it() -> None:
        page.goto(f"{program.url}/?range=24h&view={view}")
        page.wait_for_function(_DRAWN, arg=requests * 0.9)
        page.wait_for_timeout(500)

    times = [longest(browser, page, open_it), *moved(browser, page)]
    page.close()
    return times


def moved(browser: Browser, page: Page) -> tuple[float, float, float]:
    """Return the longest task while Ctrl and the wheel zoom, and the times of one pointer move."""
    canvas = page.locator("canvas").first
    x, y = canvas.evaluate(_MIDDLE)
    page.mouse.move(x, y)

    def zoom() -> None:
        page.keyboard.down("Control")
        for _ in range(STEPS):
            page.mouse.wheel(0, -60)
            page.wait_for_timeout(60)
        page.keyboard.up("Control")

    zooming = longest(browser, page, zoom)
    # Address, figures and table follow a zoom when it rests.
    page.wait_for_timeout(1_500)
    return zooming, *move_ms(page, x, y)


def move_ms(page: Page, x: float, y: float) -> tuple[float, float]:
    """Return the time of one move of the pointer, whole and in scripts, without an idle page's."""
    clocks = (worked(page), worked(page, "ScriptDuration"))

    def spent_s(act: Callable[[int], None]) -> list[float]:
        before = [clock() for clock in clocks]
        for step in range(MOVES):
            act(step)
            page.wait_for_timeout(40)
        return [clock() - start for clock, start in zip(clocks, before, strict=True)]

    idle_s = spent_s(lambda _: None)
    moving_s = spent_s(lambda step: page.mouse.move(x + 5 * step, y))
    whole, scripts = (
        1_000 * max(0.0, moving - idle) / MOVES
        for moving, idle in zip(moving_s, idle_s, strict=True)
    )
    return whole, scripts


def arrivals(browser: Browser, folder: Path) -> None:
    """Add a request each second to a day with requests."""
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
    worked_s = worked(page)
    before, began = worked_s(), time.monotonic()
    for second in range(1, ARRIVALS_S + 1):
        each_second()
        page.wait_for_timeout(max(0.0, second - (time.monotonic() - began)) * 1000)
    return (worked_s() - before) / (time.monotonic() - began)


def worked(page: Page, part: str = "TaskDuration") -> Callable[[], float]:
    """Return a clock of the main thread's own time in all tasks or a part of them, in seconds."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked_s() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == part))

    return worked_s


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
