"""The page in its tab: title, icon, web app manifest, and the keys of the whole page."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.browser import opened
from support.page import LOCALES, PATIENCE_MS, dialog, drawn, either, figure
from support.program import Program
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

HOURS = (1, 2, 3, 6, 12, 24)


@pytest.fixture
def spent(program: Program, site: Site) -> Program:
    """Collecting; 42 credits in the last quarter of an hour are 168 an hour."""
    site.charge(42, ago_s=60)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def icon(page: Page) -> Locator:
    """Return the link to the tab's icon."""
    return page.locator("link[rel=icon]")


@pytest.mark.parametrize("locale", LOCALES.values())
def test_title_and_icon_show_the_rate_or_the_trouble(
    spent: Program, site: Site, browser: Browser, locale: str
) -> None:
    with opened(browser, spent.url, locale=locale) as page:
        drawn(page)
        expect(page).to_have_title(re.compile(r"\d.*/.* · CreditCurve$"), timeout=PATIENCE_MS)
        expect(icon(page)).to_have_attribute("href", re.compile("circle"), timeout=PATIENCE_MS)
        healthy = str(icon(page).get_attribute("href"))
        site.simulator.faults.set("error_502", times=None)
        spent.call("POST", "/api/refresh")
        expect(page).not_to_have_title(re.compile(r"\d"))
        expect(icon(page)).not_to_have_attribute("href", healthy)


@pytest.mark.parametrize("locale", LOCALES.values())
def test_keys_choose_ranges_refresh_and_list_themselves(
    spent: Program, site: Site, browser: Browser, locale: str
) -> None:
    with opened(browser, spent.url, locale=locale) as page:
        drawn(page)
        for digit, hours in enumerate(HOURS, start=1):
            page.keyboard.press(str(digit))
            name = either(f"Last {hours} hour{'' if hours == 1 else 's'}", f"最近 {hours} 小时")
            expect(page.get_by_role("radio", name=name)).to_be_checked()
        site.charge(7)
        with page.expect_response(re.compile("/api/refresh$")):
            page.keyboard.press("r")
        expect(figure(page, "last")).to_have_text("7", timeout=PATIENCE_MS)
        page.keyboard.press("?")
        for key in ("R", "1", "6", "/", "?"):
            expect(dialog(page).locator("kbd", has_text=key).first).to_be_visible()


def test_the_manifest_makes_the_page_installable(spent: Program, browser: Browser) -> None:
    with opened(browser, spent.url) as page:
        address = page.locator("link[rel=manifest]").evaluate("link => link.href")
        manifest = page.request.get(address).json()
        assert manifest["name"] == "CreditCurve"
        assert manifest["display"] == "standalone"
        assert urljoin(address, manifest["start_url"]) == f"{spent.url}/"
        for image in manifest["icons"]:
            assert page.request.get(urljoin(address, image["src"])).ok
