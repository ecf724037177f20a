"""The files that a visit loads: the shell first, the curve beside the data, the rest on demand."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from support.browser import opened
from support.page import PATIENCE_MS, drawn, figure, models, settled
from support.program import Program
from support.proxy import Proxy
from support.site import COOKIE, Site

_PART = re.compile(r"/assets/([A-Za-z]+)-[\w-]+\.js$")
_CPU_SLOWDOWN: Final = 4
_WATCH_CHANGES: Final = """(() => {
  window.states_seen = [];
  // On a busy machine the answers may come after the time in which the page waits for them.
  const wait = window.setTimeout;
  window.setTimeout = (run, ms, ...rest) => wait(run, ms === 300 ? 30_000 : ms, ...rest);
  const has = (id) => document.querySelector(`[data-testid=${id}]`) !== null;
  const look = () => window.states_seen.push([has("figure-today"), has("curve-summary")]);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})()"""
_WATCH_PAINTS: Final = """(() => {
  window.paints = [];
  const probe = document.createElement("div");
  // After the callbacks of a frame and its layout, right before it is painted.
  new ResizeObserver(() => {
    const host = document.querySelector("[data-testid=curve-canvas]");
    const canvas = host?.querySelector("canvas");
    if (canvas?.checkVisibility()) window.paints.push([host.dataset.width, canvas.style.width]);
  }).observe(probe);
  const frame = () => {
    if (!probe.isConnected) document.body?.append(probe);
    probe.style.width = probe.style.width === "1px" ? "2px" : "1px";
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()"""
_COUNT_TIME_FORMATS: Final = """(() => {
  let made = 0;
  Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
    construct: (...call) => (made += 1, Reflect.construct(...call)),
    apply: (...call) => (made += 1, Reflect.apply(...call)),
  });
  const look = () => {
    if (document.querySelector("[data-testid=figure-today]")) window.formats_made = made;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
ON_DEMAND = {"Settings", "RecordsPanel", "CookieDialog", "FirstVisit", "FarRanges", "Menu"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with one request of 42 credits."""
    with Site() as site, Program(tmp_path_factory.mktemp("collected"), site.url) as running:
        site.charge(42)
        running.give_cookie(COOKIE, collecting=True)
        running.call("POST", "/api/refresh")
        yield running


def loaded(page: Page) -> set[str]:
    """Return a list that collects the parts that the page requests from now on."""
    parts: set[str] = set()

    def on_request(request: Request) -> None:
        if part := _PART.search(request.url):
            parts.add(part[1])

    page.on("request", on_request)
    return parts


def slow_down(page: Page) -> None:
    """Make the processor slower for a page."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _CPU_SLOWDOWN})


@pytest.mark.slow
def test_figures_and_table_are_shown_while_the_curves_chunk_loads(
    collected: Program, browser: Browser
) -> None:
    """On a slow line only the curve is late."""
    with Proxy(collected.url) as proxy:
        proxy.withhold("/assets/curve-")
        with opened(browser, proxy.url) as page:
            expect(figure(page, "credits")).to_have_text("42", timeout=PATIENCE_MS)
            expect(models(page).get_by_role("rowheader")).to_have_count(1)
            expect(page.get_by_role("banner").get_by_role("switch")).to_be_checked()
            expect(page.locator("canvas")).to_have_count(0)


@pytest.mark.slow
def test_unrequested_parts_are_not_loaded(collected: Program, browser: Browser) -> None:
    """Settings, records, far ranges and menus come with the first click on them."""
    with opened(browser, f"{collected.url}/api/docs") as page:
        parts = loaded(page)
        page.goto(collected.url)
        drawn(page)
        page.wait_for_load_state("load")
        assert "curve" in parts
        assert not ON_DEMAND & parts
        page.get_by_role("tab", name="Requests").click()
        expect(page.get_by_role("table", name=re.compile("^Requests, newest"))).to_be_visible()
        page.get_by_role("button", name="Custom and more ranges").click()
        expect(page.get_by_label("From")).to_be_visible()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Settings").click()
        expect(page.get_by_role("region", name="General")).to_be_visible()
        assert {"RecordsPanel", "FarRanges", "Settings", "GeneralSection"} <= parts
        assert "DataSection" not in parts


@pytest.mark.slow
def test_the_canvas_has_the_size_of_its_labels_in_every_frame(
    collected: Program, browser: Browser
) -> None:
    """While the page loads on a slow machine, and while the window changes its size."""
    with opened(browser, f"{collected.url}/api/docs", before=_WATCH_PAINTS) as page:
        slow_down(page)
        page.goto(collected.url)
        drawn(page)
        for width in (1000, 1300, 760, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_function(
                """() => {
                  const { dataset, clientWidth } =
                    document.querySelector("[data-testid=curve-canvas]");
                  return Number(dataset.width) === clientWidth;
                }"""
            )
        paints: list[tuple[str, str]] = page.evaluate("() => window.paints")
        assert len({labels for labels, _ in paints}) > 1
        assert [each for each in paints if f"{each[0]}px" != each[1]] == []


@pytest.mark.slow
def test_the_figures_are_shown_before_the_curve_is_rendered(
    collected: Program, browser: Browser
) -> None:
    """All in one task would block the page for long."""
    with opened(browser, collected.url, before=_WATCH_CHANGES) as page:
        drawn(page)
        assert [True, False] in page.evaluate("() => window.states_seen")


@pytest.mark.slow
def test_the_curves_code_does_not_delay_the_shell(collected: Program, browser: Browser) -> None:
    """It is half of all bytes, and the figures need none of it."""
    with opened(browser, collected.url) as page:
        drawn(page)
        shell_loaded, asked_at = page.evaluate(
            """() => {
              const entries = performance.getEntriesByType("resource");
              const of = (part) => entries.find(({ name }) => name.includes(`/assets/${part}-`));
              const shell = [of("index"), of("libraries")].map(({ responseEnd }) => responseEnd);
              return [Math.max(...shell), of("curve").startTime];
            }"""
        )
        assert shell_loaded <= asked_at


@pytest.mark.slow
def test_the_first_view_needs_no_format_of_times(collected: Program, browser: Browser) -> None:
    """In the system's zone; the first format takes a browser tens of milliseconds."""
    with opened(browser, collected.url, zone="Asia/Kathmandu", before=_COUNT_TIME_FORMATS) as page:
        drawn(page)
        assert page.evaluate("() => window.formats_made") == 0


@pytest.mark.slow
def test_the_days_are_asked_for_once_with_the_first_requests(
    collected: Program, browser: Browser
) -> None:
    """Today and yesterday: the figures use the answers that were requested before the rendering."""
    with opened(browser, f"{collected.url}/api/docs") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(collected.url)
        settled(page)
    calls = [url.partition("/api/")[2] for url in asked if "/api/" in url]
    days = [call for call in calls if call.startswith("usage?from=")]
    spans = [call.partition("&tz")[0] for call in days]
    first = [call.partition("&tz")[0] for call in calls[:5] if call in days]
    assert len(first) == 2
    assert [spans.count(span) for span in first] == [1, 1]
