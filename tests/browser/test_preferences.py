"""Language, theme and zone: from the browser, from the settings, and from the first paint on."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import opened
from support.page import (
    PATIENCE_MS,
    drawn,
    either,
    first_in_sight,
    leave_settings,
    open_settings,
    summary,
)
from support.program import Program
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

Theme = Literal["light", "dark"]
SAMPLE = "from=2025-08-25T12:40:00.000Z&to=2025-08-25T13:40:00.000Z"

_WATCH = """(() => {
  self.worn = [];
  const note = () => {
    const { lang, dataset } = document.documentElement ?? {};
    if (dataset?.theme) self.worn.push(`${dataset.theme} ${lang}`);
  };
  new MutationObserver(note).observe(document, {
    attributes: true, subtree: true, attributeFilter: ["data-theme", "lang"],
  });
  new PerformanceObserver(note).observe({ type: "paint", buffered: true });
})()"""


def worn(page: Page) -> set[str]:
    """Every theme and language that the page has had since it began to load."""
    seen: list[str] = page.evaluate("() => self.worn")
    return set(seen)


@pytest.fixture
def sampled(program: Program) -> Program:
    """With the specification's sample in the store."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    return program


@pytest.mark.parametrize(
    ("locale", "language", "word"),
    [("zh-CN", "zh-CN", "刷新"), ("zh-TW", "zh-CN", "刷新"), ("en-GB", "en", "Refresh")],
)
def test_the_browser_s_language_is_the_page_s(
    sampled: Program, browser: Browser, locale: str, language: str, word: str
) -> None:
    """From the first paint on."""
    with opened(browser, sampled.url, locale=locale, before=_WATCH) as page:
        expect(page.get_by_role("button", name=word)).to_be_visible(timeout=PATIENCE_MS)
        assert worn(page) == {f"light {language}"}


@pytest.mark.parametrize(("theme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_system_s_theme_is_the_page_s(
    sampled: Program, browser: Browser, theme: Theme, other: Theme
) -> None:
    """From the first paint on, and when the system changes it."""
    with opened(browser, sampled.url, theme=theme, before=_WATCH) as page:
        expect(page.get_by_role("button", name="Refresh")).to_be_visible(timeout=PATIENCE_MS)
        assert worn(page) == {f"{theme} en"}
        page.emulate_media(color_scheme=other)
        expect(page.locator("html")).to_have_attribute("data-theme", other)


def test_choices_in_the_header_persist_and_do_not_flash(sampled: Program, browser: Browser) -> None:
    """Neither theme nor language of the system shows again, not even for a moment."""
    with opened(browser, sampled.url, theme="light", before=_WATCH) as page:
        page.get_by_role("button", name="Theme").click(timeout=PATIENCE_MS)
        with page.expect_response("**/api/settings"):
            page.get_by_role("menuitemradio", name="Dark").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.get_by_role("button", name="Language").click()
        with page.expect_response("**/api/settings"):
            page.get_by_role("menuitemradio", name="简体中文").click()
        expect(page.get_by_role("button", name="刷新")).to_be_visible()
        page.reload()
        expect(page.get_by_role("button", name="刷新")).to_be_visible(timeout=PATIENCE_MS)
        assert worn(page) == {"dark zh-CN"}
    assert sampled.get("/api/settings")["theme"] == "dark"


def test_a_zone_is_applied_everywhere_and_named(sampled: Program, browser: Browser) -> None:
    """Figures, axis, crosshair, records and custom range use the same time zone."""
    with opened(browser, f"{sampled.url}/?{SAMPLE}&panel=records", zone="America/New_York") as page:
        drawn(page)
        rows = page.get_by_role("table", name=re.compile("^Requests, newest"))
        expect(rows.get_by_role("cell", name="2025-08-25 09:39:44")).to_be_visible()
        section = open_settings(page, "General")
        section.get_by_role("button", name=re.compile("^Time zone")).click()
        page.keyboard.type("kathmandu")
        page.keyboard.press("Enter")
        expect(page.get_by_role("listbox")).to_be_hidden()
        leave_settings(page)
        expect(rows.get_by_role("cell", name="2025-08-25 19:24:44")).to_be_visible()
        expect(
            page.get_by_text(re.compile(r"Time zone: Asia/Kat.*mandu \(UTC\+5:45\)"))
        ).to_be_visible()
        expect(summary(page)).to_contain_text("2025-08-25 19:24:44: 9")
        assert first_in_sight(page).startswith("2025-08-25 19:07:51")
        expect(page.get_by_role("region", name="Figures").get_by_role("time")).to_have_text(
            "19:24:44"
        )
        page.get_by_role("button", name=re.compile("^Custom and more ranges")).click()
        expect(page.get_by_label("From")).to_have_value(re.compile("2025-08-25T18:25"))


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_utc_reads_as_the_specification_writes_it(
    sampled: Program, site: Site, browser: Browser, locale: str
) -> None:
    """In either language."""
    sampled.call("PATCH", "/api/settings", {"time_zone": "UTC"})
    address = f"{sampled.url}/?{SAMPLE}&panel=records"
    with opened(browser, address, locale=locale, zone="Asia/Shanghai") as page:
        rows = page.get_by_role("table", name=re.compile("^(Requests, newest|请求明细)"))
        expect(rows.get_by_role("cell", name="2025-08-25 13:22:59")).to_be_visible(
            timeout=PATIENCE_MS
        )
        expect(page.get_by_text(either("Time zone: UTC", "时区：UTC")).first).to_be_visible()


_UNKNOWN_ZONE = """(() => {
  const { resolvedOptions } = Intl.DateTimeFormat.prototype;
  Intl.DateTimeFormat.prototype.resolvedOptions = function () {
    return { ...resolvedOptions.call(this), timeZone: "Etc/Unknown" };
  };
  if ("Temporal" in globalThis) Temporal.Now.timeZoneId = () => "Etc/Unknown";
})()"""


def test_a_browser_without_a_usable_zone_shows_utc_and_the_settings(
    sampled: Program, browser: Browser
) -> None:
    with opened(browser, f"{sampled.url}/?{SAMPLE}", before=_UNKNOWN_ZONE) as page:
        expect(page.get_by_text("Showing UTC")).to_be_visible(timeout=PATIENCE_MS)
        expect(summary(page)).to_have_attribute("data-points", "16")
        page.get_by_role("button", name="Settings").first.click()
        expect(page.get_by_role("region", name="General")).to_be_visible()
