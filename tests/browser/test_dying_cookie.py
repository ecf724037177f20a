"""A cookie expires: every page shows it, one replaces it, and the gap stays a gap."""

import pytest
from playwright.sync_api import Browser, expect

from support.browser import opened
from support.page import PATIENCE_MS, dialog, drawn, live_mark, paste, summary
from support.program import Program
from support.site import COOKIE, Site

REPLACEMENT = "__Secure-authjs.session-token=a-new-made-up-one"
REFUSED = ("409", "422")


@pytest.fixture
def collecting(program: Program, site: Site) -> Program:
    """Collecting, with some usage."""
    for minute in (30, 20, 10):
        site.charge(42, ago_s=60 * minute)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def die(program: Program, site: Site) -> None:
    """Let the site accept only another cookie, and poll it."""
    site.replace_cookie(REPLACEMENT)
    program.call("POST", "/api/refresh")


@pytest.mark.slow
def test_an_expired_cookie_is_reported_on_every_page_and_replaced_on_one(
    collecting: Program, site: Site, browser: Browser
) -> None:
    """Each page opens a dialog, also after a reload; one paste closes both."""
    with (
        opened(browser, collecting.url, forgives=REFUSED) as one,
        opened(browser, collecting.url, locale="zh-CN", theme="dark", forgives=REFUSED) as two,
    ):
        for page in (one, two):
            drawn(page)
        die(collecting, site)
        for page in (one, two):
            expect(dialog(page)).to_be_visible(timeout=3_000)
        one.reload()
        expect(dialog(one)).to_be_visible(timeout=PATIENCE_MS)
        expect(dialog(one)).to_contain_text("saved data is safe")
        paste(one, REPLACEMENT)
        for page in (one, two):
            expect(dialog(page)).to_be_hidden(timeout=PATIENCE_MS)
        expect(live_mark(one)).to_have_text("Live")
        expect(live_mark(two)).to_have_text("采集中")
    assert collecting.get("/api/status")["cookie"]["state"] == "valid"
    assert collecting.get("/api/settings")["collecting"] is True


@pytest.mark.slow
def test_the_time_without_a_cookie_is_drawn_as_a_hole(
    collecting: Program, site: Site, browser: Browser
) -> None:
    """The time between the last good poll and the next one is hatched and described."""
    site.simulator.row_limit, site.simulator.honours_hours = 2, False
    die(collecting, site)
    for _ in range(3):
        site.charge(7, ago_s=0)
    with opened(browser, collecting.url, forgives=REFUSED) as page:
        expect(dialog(page)).to_be_visible(timeout=PATIENCE_MS)
        paste(page, REPLACEMENT)
        expect(dialog(page)).to_be_hidden(timeout=PATIENCE_MS)
        expect(summary(page)).to_contain_text("May be incomplete from", timeout=PATIENCE_MS)
        expect(page.get_by_role("button", name="at least").first).to_be_visible()


@pytest.mark.slow
def test_not_now_leaves_a_banner_that_leads_back(
    collecting: Program, site: Site, browser: Browser
) -> None:
    """The page stays usable; the next expired cookie opens the dialog again."""
    with opened(browser, collecting.url, forgives=REFUSED) as page:
        drawn(page)
        die(collecting, site)
        dialog(page).get_by_role("button", name="Not now").click()
        expect(dialog(page)).to_be_hidden()
        banner = page.get_by_role("main").get_by_text("Signed out")
        expect(banner).to_be_visible()
        page.get_by_role("radio", name="Last 6 hours").click()
        expect(dialog(page)).to_be_hidden()
        page.get_by_role("button", name="Paste a new cookie").click()
        paste(page, REPLACEMENT)
        expect(dialog(page)).to_be_hidden(timeout=PATIENCE_MS)
        expect(banner).to_be_hidden()
        site.replace_cookie(COOKIE)
        collecting.call("POST", "/api/refresh")
        expect(dialog(page)).to_be_visible()


@pytest.mark.slow
def test_the_same_cookie_is_tried_again_with_one_call(
    collecting: Program, site: Site, browser: Browser
) -> None:
    """A refused cookie causes one call and a message; an accepted one continues collecting."""
    with opened(browser, collecting.url, forgives=REFUSED) as page:
        drawn(page)
        die(collecting, site)
        again = dialog(page).get_by_role("button", name="Try the same cookie again")
        again.wait_for()
        before = len(site.simulator.requests)
        again.click()
        expect(dialog(page)).to_contain_text("the site still refuses it")
        assert len(site.simulator.requests) == before + 1
        site.replace_cookie(COOKIE)
        again.click()
        expect(dialog(page)).to_be_hidden()
        expect(live_mark(page)).to_have_text("Live")
