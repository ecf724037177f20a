"""The page and its stream: many pages, hidden ones, a connection that goes, a site that is away."""

import re

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from support.browser import opened
from support.page import (
    PATIENCE_MS,
    STANDS_STILL,
    complete,
    dialog,
    drawn,
    figure,
    live_mark,
    settled,
    summary,
    turn,
)
from support.program import Program
from support.proxy import Proxy
from support.site import COOKIE, Site

DROPPED = ("ERR_", "Failed to load")
TABS = 8
COUNT_RINGS = """() => {
  window.rings = 0;
  addEventListener("animationstart", ({ animationName }) => {
    if (animationName === "ping-once") window.rings += 1;
  });
}"""
MORE_THAN_ATTEMPTS = 9
"""The page gives a part up after fewer failures if the server answers."""


@pytest.fixture
def watched(program: Program, site: Site) -> Program:
    """Collecting, with one request of 42 credits."""
    site.charge(42)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def spend(program: Program, site: Site, spent: int) -> None:
    """One more request, and a poll that sees it."""
    site.charge(spent)
    assert program.call("POST", "/api/refresh").status_code == 200


def streams(page: Page, number: int) -> None:
    """Wait until the program says that so many streams are open."""
    page.wait_for_function(
        """async number => {
          const answer = await fetch("/metrics");
          return (await answer.text()).includes(`\\ncreditcurve_streams ${number}.0\\n`);
        }""",
        arg=number,
        timeout=PATIENCE_MS,
    )


def test_a_new_request_arrives_without_a_reload(
    watched: Program, site: Site, browser: Browser
) -> None:
    """Seconds after the poll that saw it, in every figure, and nothing is fetched for it."""
    with opened(browser, watched.url) as page:
        expect(summary(page)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
        asked = listened(page)
        page.evaluate(COUNT_RINGS)
        spend(watched, site, 8)
        expect(summary(page)).to_have_attribute("data-points", "2", timeout=2_000)
        expect(figure(page, "credits")).to_have_text("50")
        expect(figure(page, "last")).to_have_text("8")
        assert asked == []
        page.wait_for_function("() => window.rings === 1", timeout=PATIENCE_MS)
        page.wait_for_function(STANDS_STILL, timeout=PATIENCE_MS)


def listened(page: Page) -> list[str]:
    """Return the requests that the page makes from now on, after the parts that load last."""
    settled(page)
    asked: list[str] = []

    def on_request(request: Request) -> None:
        if "/api/" in request.url:
            asked.append(request.url)

    page.on("request", on_request)
    return asked


@pytest.mark.slow
def test_eight_pages_share_one_stream_and_all_receive_events(
    watched: Program, site: Site, browser: Browser
) -> None:
    """All in sight at once, of one browser, which has six connections for them all."""
    context = browser.new_context(locale="en-US")
    pages = [context.new_page() for _ in range(TABS)]
    for page in pages:
        page.goto(watched.url)
    for page in pages:
        expect(live_mark(page)).to_have_text("Live", timeout=PATIENCE_MS)
        expect(summary(page)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
    streams(pages[0], 1)
    site.charge(8)
    pages[-1].get_by_role("button", name="Refresh").click()
    for page in pages:
        expect(figure(page, "credits")).to_have_text("50")
    for page in pages[:-1]:
        page.close()
    spend(watched, site, 5)
    expect(figure(pages[-1], "credits")).to_have_text("55")
    context.close()


@pytest.mark.slow
def test_a_hidden_page_has_no_stream_and_catches_up_when_it_is_seen(
    watched: Program, site: Site, browser: Browser
) -> None:
    """A hidden page requests nothing; afterwards it requests only the missing data."""
    with opened(browser, watched.url) as page, opened(browser, watched.url) as other:
        for each in (page, other):
            expect(summary(each)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
        streams(other, 2)
        turn(page, is_visible=False)
        streams(other, 1)
        asked = listened(page)
        spend(watched, site, 8)
        expect(figure(other, "credits")).to_have_text("50")
        expect(figure(page, "credits")).to_have_text("42")
        assert asked == []
        turn(page, is_visible=True)
        expect(figure(page, "credits")).to_have_text("50")
        expect(live_mark(page)).to_have_text("Live")
        streams(other, 2)
        assert [url for url in asked if "/api/usage" in url] == []


@pytest.mark.slow
def test_a_connection_that_goes_and_comes_back(
    watched: Program, site: Site, browser: Browser
) -> None:
    """The page reports it, keeps its data, and fetches the missing data without a reload."""
    with (
        Proxy(watched.url) as proxy,
        opened(browser, proxy.url, forgives=DROPPED) as page,
    ):
        expect(summary(page)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
        drawn(page)
        complete(page)
        expect(live_mark(page)).to_have_text("Live")
        page.evaluate("() => { window.isTheSame = true }")
        proxy.cut()
        expect(live_mark(page)).to_have_text("Reconnecting", timeout=PATIENCE_MS)
        # A restart takes less; what takes longer is said.
        expect(page.get_by_text("Showing data as of")).to_be_visible(timeout=PATIENCE_MS)
        expect(dialog(page)).to_be_hidden()
        expect(figure(page, "credits")).to_have_text("42")
        spend(watched, site, 8)
        proxy.mend()
        expect(live_mark(page)).to_have_text("Live", timeout=PATIENCE_MS)
        expect(figure(page, "credits")).to_have_text("50")
        expect(page.get_by_text("Showing data as of")).to_be_hidden()
        assert page.evaluate("() => window.isTheSame")


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_server_that_goes_before_the_last_parts_are_loaded(
    watched: Program, browser: Browser
) -> None:
    """The page stays, however long that lasts, and is complete when the server is back."""
    with Proxy(watched.url) as proxy:
        proxy.withhold("/assets/later-")
        with opened(browser, proxy.url, forgives=DROPPED) as page:
            failures: list[str] = []
            page.on("requestfailed", lambda request: failures.append(request.url))
            drawn(page)
            proxy.cut()
            while sum("/assets/later-" in url for url in failures) < MORE_THAN_ATTEMPTS:
                page.wait_for_event("requestfailed", timeout=PATIENCE_MS)
            expect(live_mark(page)).to_have_text("Server not responding")
            expect(figure(page, "credits")).to_have_text("42")
            proxy.pass_on()
            proxy.mend()
            expect(live_mark(page)).to_have_text("Live", timeout=PATIENCE_MS)
            complete(page)


@pytest.mark.slow
def test_the_page_reconnects_to_a_restarted_program(
    watched: Program, site: Site, browser: Browser
) -> None:
    """Killed and started at the same port: nothing is lost, and nothing comes twice."""
    port = watched.url.rpartition(":")[2]
    with opened(browser, watched.url, forgives=DROPPED) as page:
        expect(summary(page)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
        drawn(page)
        watched.kill()
        expect(live_mark(page)).to_have_text(re.compile("Reconnecting|Offline"))
        watched.restart_on(port)
        spend(watched, site, 8)
        expect(live_mark(page)).to_have_text("Live", timeout=20_000)
        expect(summary(page)).to_have_attribute("data-points", "2")
        expect(figure(page, "credits")).to_have_text("50")


@pytest.mark.slow
def test_a_device_without_a_network_is_reported(watched: Program, browser: Browser) -> None:
    """And is live again as soon as the network is back."""
    with opened(browser, watched.url, forgives=DROPPED) as page:
        expect(live_mark(page)).to_have_text("Live", timeout=PATIENCE_MS)
        drawn(page)
        watched.kill()
        page.context.set_offline(True)
        expect(live_mark(page)).to_have_text("Offline", timeout=PATIENCE_MS)
        watched.restart_on(watched.url.rpartition(":")[2])
        page.context.set_offline(False)
        expect(live_mark(page)).to_have_text("Live", timeout=PATIENCE_MS)


@pytest.mark.slow
def test_a_site_that_is_away_is_a_quiet_strip_that_counts_down(
    watched: Program, site: Site, browser: Browser
) -> None:
    """No dialog, the curve stays, and it heals by itself within ten seconds of the return."""
    port = int(site.url.rpartition(":")[2])
    with opened(browser, watched.url) as page:
        drawn(page)
        site.close()
        watched.call("POST", "/api/refresh")
        expect(page.get_by_text(re.compile(r"Next check in \d+ s"))).to_be_visible()
        expect(live_mark(page)).to_have_text("Site error")
        expect(dialog(page)).to_be_hidden()
        expect(figure(page, "credits")).to_have_text("42")
        site.charge(8)
        site.open(port)
        expect(live_mark(page)).to_have_text("Live", timeout=12_000)
        expect(figure(page, "credits")).to_have_text("50")
        expect(page.get_by_text(re.compile("Next check in"))).to_be_hidden()


@pytest.mark.slow
def test_a_proxy_that_goes_silent_is_noticed_by_the_page(
    watched: Program, site: Site, browser: Browser
) -> None:
    """No byte for 45 seconds, and no connection that ends: the page's own watchdog notices it."""
    with Proxy(watched.url) as proxy, opened(browser, proxy.url, forgives=DROPPED) as page:
        expect(summary(page)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
        proxy.silence()
        expect(live_mark(page)).to_have_text("Reconnecting", timeout=62_000)
        spend(watched, site, 8)
        proxy.speak()
        expect(figure(page, "credits")).to_have_text("50", timeout=50_000)
        expect(live_mark(page)).to_have_text("Live")
