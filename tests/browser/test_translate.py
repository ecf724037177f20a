"""A browser's translation replaces text nodes; the page's texts still follow its state."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import opened
from support.page import PATIENCE_MS, dialog, drawn, figure, live_mark
from support.program import Program
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

TRANSLATE = (Path(__file__).parents[1] / "support" / "page-translate.js").read_text()
REPLACEMENT = "__Secure-authjs.session-token=a-new-made-up-one"
DROPPED = ("ERR_", "Failed to load")
TRANSLATED = "() => document.querySelectorAll('header font > font').length > 3"


@pytest.fixture
def collecting(program: Program, site: Site) -> Program:
    """Collect, with one request of 42 credits."""
    site.charge(42)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def translated(page: Page) -> None:
    """Wait until the curve is drawn and the texts of the header are replaced."""
    drawn(page)
    expect(live_mark(page)).to_contain_text("Live", timeout=PATIENCE_MS)
    page.wait_for_function(TRANSLATED, timeout=PATIENCE_MS)


def age(page: Page) -> str:
    """Return the header's text on the age of the data."""
    return page.get_by_role("banner").locator("p").inner_text()


def test_figures_and_ages_change_while_live(
    collecting: Program, site: Site, browser: Browser
) -> None:
    with opened(browser, collecting.url, before=TRANSLATE) as page:
        translated(page)
        first = age(page)
        expect(page.get_by_role("banner").locator("p")).not_to_have_text(first, timeout=5_000)
        site.charge(8)
        collecting.call("POST", "/api/refresh")
        expect(figure(page, "credits")).to_contain_text("50", timeout=5_000)
        expect(figure(page, "credits")).not_to_contain_text("42")


def test_a_dead_server_is_shown(collecting: Program, browser: Browser) -> None:
    with opened(browser, collecting.url, before=TRANSLATE, forgives=DROPPED) as page:
        translated(page)
        collecting.kill()
        expect(live_mark(page)).not_to_contain_text("Live", timeout=PATIENCE_MS)
        expect(page.get_by_role("banner")).not_to_contain_text("next in", timeout=30_000)
        expect(page.get_by_role("banner")).not_to_contain_text("Live")


def test_a_dead_cookie_is_shown(collecting: Program, site: Site, browser: Browser) -> None:
    with opened(browser, collecting.url, before=TRANSLATE) as page:
        translated(page)
        site.replace_cookie(REPLACEMENT)
        collecting.call("POST", "/api/refresh")
        expect(dialog(page)).to_be_visible(timeout=PATIENCE_MS)
        # An open dialog hides the header from assistive technology, not from sight.
        expect(page.locator("header").first).to_contain_text("Signed out")
        expect(page.locator("header").first).not_to_contain_text("Live")
