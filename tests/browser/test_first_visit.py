"""From the first visit to the first curve: three steps, one paste, one switch."""

import pytest
from playwright.sync_api import Browser, expect

from support.browser import opened
from support.page import LOCALES, PATIENCE_MS, Language, cookie_box, either, figure, paste, summary
from support.program import Program
from support.site import COOKIE, Site

CURL = f"""curl 'https://www.aicodemirror.com/api/user/usage' \\
  -H 'accept: */*' \\
  -b 'theme=dark; {COOKIE}' \\
  -H 'user-agent: Mozilla/5.0'"""
REFUSED = ("422",)


@pytest.mark.parametrize("language", LOCALES)
def test_from_the_first_visit_to_a_live_curve(
    program: Program, site: Site, browser: Browser, language: Language
) -> None:
    """Paste, be told that it works, switch on, see the curve; the secret is nowhere on the page."""
    site.charge(42)
    with opened(browser, program.url, locale=LOCALES[language]) as page:
        steps = page.get_by_role("list", name=either("How to get the cookie", "如何获取 Cookie"))
        expect(steps.get_by_role("heading")).to_have_count(3, timeout=PATIENCE_MS)
        paste(page, CURL)
        valid = "Login cookie found, checked, valid."
        expect(
            page.get_by_text(either(valid, "已找到登录 Cookie，验证通过，有效。"))
        ).to_be_visible()
        switch = page.get_by_role("main").get_by_role("switch")
        expect(switch).not_to_be_checked()
        assert "made-up-for-tests" not in page.content()
        switch.click()
        expect(summary(page)).to_have_attribute("data-points", "1", timeout=PATIENCE_MS)
        expect(figure(page, "credits")).to_have_text("42")
        stored = page.evaluate("() => JSON.stringify([{ ...localStorage }, location.href])")
        assert "made-up-for-tests" not in stored
    assert program.get("/api/settings")["collecting"] is True


def test_a_wrong_paste_says_what_is_wrong_and_a_right_one_mends_it(
    program: Program, browser: Browser
) -> None:
    """The names that were found, what is missing and why; the next paste takes its place."""
    with opened(browser, program.url, forgives=REFUSED) as page:
        paste(page, "theme=dark; lang=zh")
        expect(page.get_by_text("The login cookie is not in it")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_text("HttpOnly")).to_be_visible()
        expect(page.get_by_role("main").get_by_text("theme", exact=True)).to_be_visible()
        expect(cookie_box(page)).to_have_value("theme=dark; lang=zh")
        assert program.get("/api/status")["cookie"]["state"] == "missing"
        paste(page, COOKIE)
        expect(page.get_by_text("Login cookie found, checked, valid.")).to_be_visible()


def test_the_place_of_a_wrong_character_is_shown(program: Program, browser: Browser) -> None:
    """Selected in the box, so that it can be seen and replaced."""
    with opened(browser, program.url, forgives=REFUSED) as page:
        paste(page, "__Secure-authjs.session-token=made…up")
        page.get_by_role("button", name="Show me the place").click()
        expect(cookie_box(page)).to_be_focused()
        selected = (
            "({selectionStart, selectionEnd, value}) => value.slice(selectionStart, selectionEnd)"
        )
        assert cookie_box(page).evaluate(selected) == "…"


def test_the_demo_is_one_command_away(program: Program, browser: Browser) -> None:
    """The command is told, and a click copies it."""
    with opened(browser, program.url) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_text("Look around with demo data").click(timeout=PATIENCE_MS)
        page.get_by_role("button", name="Copy “creditcurve demo”").click()
        expect(page.get_by_text("Copied").first).to_be_visible()
        assert page.evaluate("() => navigator.clipboard.readText()") == "creditcurve demo"
