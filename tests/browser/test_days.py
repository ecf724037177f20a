"""Days: bars, a day opened in the curve, the heat map, API keys; the key that finds requests."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import opened
from support.page import PATIENCE_MS, drawn, models, summary
from support.program import Program
from support.site import COOKIE, OPUS, SONNET, Site

DAY_S = 24 * 3600


@pytest.fixture
def week(program: Program, site: Site) -> Program:
    """Collecting, with requests of two models and two keys on four days."""
    for days, spent in ((5, 50), (3, 400), (1, 20)):
        site.charge(spent, SONNET, ago_s=days * DAY_S)
        site.charge(2 * spent, OPUS, ago_s=days * DAY_S)
    site.simulator.history.add(t_ms=time.time_ns() // 1_000_000 - 5_000, credits=7, api_key="ci")
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def day_with(page: Page, text: str) -> str:
    """Return the date of the day whose name contains a text."""
    button = page.get_by_test_id("days").get_by_role("button", name=re.compile(text))
    return str(button.get_attribute("data-date", timeout=PATIENCE_MS))


@pytest.mark.slow
def test_a_day_is_opened_in_the_curve_and_back_leads_to_the_days(
    week: Program, browser: Browser
) -> None:
    """In Chinese, by the mouse and by the keyboard."""
    with opened(browser, week.url, locale="zh-CN") as page:
        page.get_by_role("radio", name="最近 7 天").click(timeout=PATIENCE_MS)
        days = page.get_by_test_id("days").get_by_role("button")
        expect(days).to_have_count(7, timeout=PATIENCE_MS)
        expect(page.get_by_text(re.compile("^最高 1,200"))).to_be_visible()
        date = day_with(page, "1,200 积分")
        page.get_by_test_id("days").get_by_role("button", name=re.compile("1,200 积分")).click()
        drawn(page)
        expect(page.get_by_text(re.compile(f"^{date} 00:00 – "))).to_be_visible()
        expect(summary(page)).to_contain_text("1,200", timeout=PATIENCE_MS)
        page.go_back()
        expect(days).to_have_count(7)
        page.get_by_test_id("days").locator("button[tabindex='0']").focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("from=.*&to="))


@pytest.mark.slow
def test_the_heat_map_is_read_by_the_keyboard(week: Program, browser: Browser) -> None:
    """The arrows move between hours, and the hour is put into words."""
    with opened(browser, f"{week.url}/?range=7d") as page:
        heat = page.get_by_test_id("heat")
        expect(heat.get_by_role("button")).to_have_count(7 * 24, timeout=PATIENCE_MS)
        heat.locator("button[tabindex='0']").focus()
        reading = page.get_by_test_id("heat-reading")
        first = reading.inner_text()
        page.keyboard.press("ArrowUp" if first.startswith("Sun") else "ArrowDown")
        expect(reading).not_to_have_text(first)
        expect(reading).to_have_text(re.compile(r"^[A-Z][a-z]{2} \d\d:00–\d\d:00 · "))


@pytest.mark.slow
def test_curve_and_table_are_compared_by_api_key(week: Program, browser: Browser) -> None:
    """The choice is in the address, and a reload keeps it."""
    with opened(browser, f"{week.url}/?range=1h") as page:
        drawn(page)
        page.get_by_role("radio", name="By API key").click()
        expect(page).to_have_url(re.compile("by=key"))
        row = models(page).get_by_role("row", name=re.compile(" ci 1 7 "))
        expect(row).to_contain_text("7", timeout=PATIENCE_MS)
        page.reload()
        expect(models(page).get_by_role("row", name=re.compile(" ci 1 7 "))).to_be_visible(
            timeout=PATIENCE_MS
        )


@pytest.mark.slow
def test_the_slash_finds_requests(week: Program, browser: Browser) -> None:
    """It opens the requests and leads to their filter; the list of keys names it."""
    with opened(browser, week.url) as page:
        drawn(page)
        page.keyboard.press("/")
        expect(page.get_by_role("combobox", name="Model")).to_be_focused(timeout=PATIENCE_MS)
        expect(page).to_have_url(re.compile("panel=records"))
        page.get_by_role("tab", name="Requests").focus()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_contain_text("Find requests", timeout=PATIENCE_MS)
