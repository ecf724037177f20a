"""A day with the page: from the first visit to the cookie that dies in one of two tabs."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from creditcurve.domain.secret import Secret
from support.browser import keep, opened
from support.program import Program
from support.site import COOKIE, Site

REPLACEMENT = "__Secure-authjs.session-token=a-new-made-up-one"
REFUSED = ("422", "409", "502", "503")


def paste(page: Page, cookie: str) -> None:
    """What a person does: click into the box and press the keys."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", cookie)
    page.get_by_role("textbox").first.click()
    page.keyboard.press("ControlOrMeta+V")


def charge(site: Site, spent: int, model: str = "claude-opus-4-5-20251101") -> None:
    """A request that is made right now."""
    now_ms = time.time_ns() // 1_000_000
    site.simulator.history.add(
        t_ms=now_ms - 2_000, credits=spent, model=model, type="USAGE", endpoint="v1/messages"
    )


@pytest.mark.parametrize(
    ("locale", "start"), [("en-US", "Start collecting"), ("zh-CN", "开始采集")]
)
def test_from_the_first_visit_to_a_live_curve(
    program: Program, site: Site, browser: Browser, locale: str, start: str
) -> None:
    """Paste, be told that it works, switch on, see the curve; the box is empty afterwards."""
    charge(site, 42)
    with opened(browser, program.url, locale=locale) as page:
        expect(page.get_by_role("textbox").first).to_be_visible(timeout=15_000)
        keep(page, f"first-visit-{locale}")
        paste(page, COOKIE)
        switch = page.get_by_role("main").get_by_role("switch", name=start)
        expect(switch).to_be_visible(timeout=10_000)
        assert "made-up-for-tests" not in page.content()
        switch.click()
        expect(page.get_by_test_id("curve-summary")).to_have_attribute(
            "data-points", "1", timeout=15_000
        )
        expect(page.get_by_test_id("figure-credits")).to_have_text("42")
    assert program.get("/api/settings")["collecting"] is True


def test_a_new_request_arrives_without_a_reload(
    program: Program, site: Site, browser: Browser
) -> None:
    """Seconds after the poll that saw it, in every figure."""
    charge(site, 42)
    program.give_cookie(COOKIE, collecting=True)
    with opened(browser, program.url) as page:
        summary = page.get_by_test_id("curve-summary")
        expect(summary).to_have_attribute("data-points", "1", timeout=15_000)
        charge(site, 8)
        program.call("POST", "/api/refresh")
        expect(summary).to_have_attribute("data-points", "2", timeout=2_000)
        expect(page.get_by_test_id("figure-credits")).to_have_text("50")
        expect(page.get_by_test_id("figure-last")).to_have_text("8")


def test_a_paste_without_the_login_cookie_is_explained(program: Program, browser: Browser) -> None:
    """It says what was found and what is missing, and nothing is stored."""
    with opened(browser, program.url, forgives=REFUSED) as page:
        expect(page.get_by_role("textbox").first).to_be_visible(timeout=15_000)
        paste(page, "theme=dark; lang=zh")
        expect(page.get_by_text("HttpOnly").first).to_be_visible(timeout=10_000)
        expect(page.get_by_text("theme", exact=False).first).to_be_visible()
        keep(page, "session-missing")
    assert program.get("/api/status")["cookie"]["state"] == "missing"


def test_the_dying_cookie_is_told_on_every_page_and_replaced_on_one(
    program: Program, site: Site, browser: Browser
) -> None:
    """A dialog on each, back after a reload; one paste closes both."""
    program.give_cookie(COOKIE, collecting=True)
    with (
        opened(browser, program.url, forgives=REFUSED) as one,
        opened(browser, program.url, locale="zh-CN", theme="dark", forgives=REFUSED) as two,
    ):
        for page in (one, two):
            expect(page.get_by_role("switch").first).to_be_visible(timeout=15_000)
        site.simulator.cookie = Secret.of(REPLACEMENT)
        program.call("POST", "/api/refresh")
        for page, name in ((one, "en"), (two, "zh")):
            expect(page.get_by_role("dialog")).to_be_visible(timeout=3_000)
            keep(page, f"cookie-died-{name}")
        one.reload()
        expect(one.get_by_role("dialog")).to_be_visible(timeout=15_000)
        paste(one, REPLACEMENT)
        for page in (one, two):
            expect(page.get_by_role("dialog")).to_be_hidden(timeout=10_000)
    assert program.get("/api/status")["cookie"]["state"] == "valid"
    assert program.get("/api/settings")["collecting"] is True


def test_the_server_goes_and_comes_back(program: Program, site: Site, browser: Browser) -> None:
    """The page says so, keeps what it shows, and recovers without a reload."""
    charge(site, 42)
    program.give_cookie(COOKIE, collecting=True)
    port = program.url.rpartition(":")[2]
    with opened(browser, program.url, forgives=("ERR_", "Failed to load")) as page:
        expect(page.locator("canvas").first).to_be_visible(timeout=15_000)
        expect(page.get_by_text("Live").first).to_be_visible()
        program.kill()
        expect(
            page.get_by_text("Reconnecting").or_(page.get_by_text("Offline")).first
        ).to_be_visible(timeout=10_000)
        keep(page, "reconnecting")
        program.restart_on(port)
        expect(page.get_by_text("Live").first).to_be_visible(timeout=20_000)


def test_the_range_stands_in_the_address(program: Program, site: Site, browser: Browser) -> None:
    """A link or a reload shows the same."""
    program.give_cookie(COOKIE, collecting=True)
    with opened(browser, program.url) as page:
        page.get_by_role("radio", name="6").or_(page.get_by_role("button", name="6")).first.click()
        expect(page).to_have_url(f"{program.url}/?range=6h")
        page.reload()
        expect(page).to_have_url(f"{program.url}/?range=6h")


def test_a_setting_is_seen_on_every_open_page(program: Program, browser: Browser) -> None:
    """Language and theme change on the other page without a reload."""
    program.give_cookie(COOKIE)
    with opened(browser, program.url) as page:
        expect(page.locator("html")).to_have_attribute("lang", "en", timeout=15_000)
        program.call("PATCH", "/api/settings", {"locale": "zh-CN", "theme": "dark"})
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN", timeout=3_000)
        expect(page.get_by_role("button", name="刷新").first).to_be_visible()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
