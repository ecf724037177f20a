"""From the first visit to the first curve: three steps, one paste, one button."""

import pytest
from playwright.sync_api import Browser, expect

from support.browser import opened
from support.page import (
    LOCALES,
    PATIENCE_MS,
    Language,
    cookie_box,
    drawn,
    either,
    figure,
    paste,
    summary,
)
from support.program import Program
from support.site import COOKIE, Site

CURL = f"""curl 'https://www.aicodemirror.com/api/user/usage' \\
  -H 'accept: */*' \\
  -b 'theme=dark; {COOKIE}' \\
  -H 'user-agent: Mozilla/5.0'"""
REFUSED = ("422",)


@pytest.mark.parametrize("language", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_from_the_first_visit_to_a_live_curve(
    program: Program, site: Site, browser: Browser, language: Language
) -> None:
    """A paste and a click lead to the curve; the page never contains the secret."""
    site.charge(42)
    with opened(browser, program.url, locale=LOCALES[language]) as page:
        steps = page.get_by_role("list", name=either("How to get the cookie", "如何获取 Cookie"))
        expect(steps.get_by_role("heading")).to_have_count(3, timeout=PATIENCE_MS)
        paste(page, CURL)
        start = page.get_by_role("button", name=either("Start collecting", "开始采集"))
        expect(start).to_be_visible()
        expect(
            page.get_by_role("heading", name=either("Cookie works", "Cookie 可用"))
        ).to_be_visible()
        assert "made-up-for-tests" not in page.content()
        start.click()
        expect(summary(page)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
        expect(figure(page, "credits")).to_have_text("42")
        stored = page.evaluate("() => JSON.stringify([{ ...localStorage }, location.href])")
        assert "made-up-for-tests" not in stored
    assert program.get("/api/settings")["collecting"] is True


@pytest.mark.slow
def test_a_wrong_paste_names_its_error_and_a_correct_one_is_accepted(
    program: Program, browser: Browser
) -> None:
    """The refusal names the found and the missing parts; the next paste replaces the text."""
    with opened(browser, program.url, forgives=REFUSED) as page:
        paste(page, "theme=dark; lang=zh")
        expect(page.get_by_text("No login cookie found")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_text("HttpOnly")).to_be_visible()
        expect(page.get_by_role("main").get_by_text("theme", exact=True)).to_be_visible()
        expect(cookie_box(page)).to_have_value("theme=dark; lang=zh")
        assert program.get("/api/status")["cookie"]["state"] == "missing"
        paste(page, COOKIE)
        expect(page.get_by_text("Cookie works")).to_be_visible()


@pytest.mark.slow
def test_the_place_of_a_wrong_character_is_shown(program: Program, browser: Browser) -> None:
    """The wrong character is selected in the box."""
    with opened(browser, program.url, forgives=REFUSED) as page:
        paste(page, "__Secure-authjs.session-token=made…up")
        page.get_by_role("button", name="Jump to it").click()
        expect(cookie_box(page)).to_be_focused()
        selected = (
            "({selectionStart, selectionEnd, value}) => value.slice(selectionStart, selectionEnd)"
        )
        assert cookie_box(page).evaluate(selected) == "…"


@pytest.mark.slow
def test_the_demo_is_one_click_away(program: Program, browser: Browser) -> None:
    """It has its own curve, is marked as a demo, and leads back to the first visit."""
    with opened(browser, program.url) as page:
        page.get_by_role("link", name="Look around with demo data").click(timeout=PATIENCE_MS)
        drawn(page)
        assert page.url.startswith(f"{program.url}/demo/")
        page.get_by_role("link", name="Leave the demo").click()
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
    assert program.get("/api/status")["records"]["total"] == 0
