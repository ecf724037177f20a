"""Sweep of everyday states: the curve in its views, its notes, the requests, the settings."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from creditcurve.simulator import History
from support.browser import zone_at_noon
from support.looks import looked_at
from support.page import (
    PATIENCE_MS,
    STANDS_STILL,
    content,
    dialog,
    drawn,
    either,
    legend,
    summary,
)
from support.program import Program
from support.proxy import Proxy
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

FAR_PAST = "from=2019-05-01T10:00:00.000Z&to=2019-05-01T11:00:00.000Z"
GAP_MIN = (45, 20)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site with a day of usage, one row of which cannot be read."""
    with Site(History.generated(7)) as running:
        running.simulator.faults.set("one_malformed")
        yield running


@pytest.fixture(scope="module")
def everyday(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that has collected that day."""
    with Program(tmp_path_factory.mktemp("everyday"), site.url) as running:
        running.give_cookie(COOKIE, collecting=True)
        running.call("POST", "/api/refresh")
        yield running


def pointed_at(page: Page) -> None:
    """Move the crosshair to the last point."""
    drawn(page)
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[aria-live=polite]", has_text="20")).not_to_be_empty()


def all_hidden(page: Page) -> None:
    """No model is shown."""
    drawn(page)
    shown = legend(page).and_(page.locator("[aria-pressed=true]"))
    for left in reversed(range(shown.count())):
        # Hiding moves the entries.
        shown.first.click()
        expect(shown).to_have_count(left)
    page.get_by_text(either("All models are hidden", "所有模型都已隐藏")).wait_for()


def empty(page: Page) -> None:
    """Nothing in the range."""
    expect(summary(page)).to_have_attribute("data-points", "0", timeout=PATIENCE_MS)
    page.get_by_text("10:00").first.wait_for()


def zoomed(page: Page) -> None:
    """Not all is in sight."""
    drawn(page)
    page.get_by_role("application").focus()
    page.keyboard.press("+")
    page.get_by_role("button", name=either("Reset zoom", "重置缩放")).wait_for()


def days_shown(page: Page) -> None:
    """Bars per day, and the heat map with a cell read by the keyboard."""
    page.get_by_test_id("days").wait_for(timeout=PATIENCE_MS)
    page.get_by_test_id("heat").get_by_role("button").first.wait_for(timeout=PATIENCE_MS)
    page.locator("[data-testid=heat] button[tabindex='0']").focus()


def far_ranges(page: Page) -> None:
    """Enter a custom range that ends before it starts."""
    drawn(page)
    page.get_by_role("button", name=either("Custom and more ranges", "自定义及更多范围")).click()
    page.get_by_label(either("From", "开始")).fill("2030-01-01T00:00")
    page.get_by_role("button", name=either("Show", "显示")).click()
    page.get_by_role("alert").wait_for()


def hint_of_live(page: Page) -> None:
    """The note at the live mark."""
    drawn(page)
    page.get_by_role("button", name=either("State: Live", "状态: 采集中")).focus()
    page.get_by_role("tooltip").wait_for()


def hint_of_percentile(page: Page) -> None:
    """The note at a column's title."""
    drawn(page)
    page.get_by_role("button", name="P95").focus()
    page.get_by_role("tooltip").wait_for()


def refreshed(page: Page) -> None:
    """The button says how many were new."""
    drawn(page)
    page.get_by_role("button", name=either("Refresh", "刷新")).click()
    expect(page.get_by_role("banner")).to_contain_text(re.compile("new|新"))


def records(page: Page) -> None:
    """The single requests."""
    page.get_by_role("region", name=either("Requests", "请求明细")).wait_for()


def records_export(page: Page) -> None:
    """The menu of formats."""
    records(page)
    page.get_by_role("button", name=either("Export", "导出")).click()
    expect(page.get_by_role("menuitem")).to_have_count(3)


def records_none(page: Page) -> None:
    """A filter that nothing fits."""
    records(page)
    page.get_by_role("textbox", name=either("Min. credits", "最少积分")).fill("999999")
    page.get_by_text(either("No requests match", "没有符合条件的请求")).wait_for()


def settings(page: Page) -> None:
    """A section of the settings is open."""
    content(page).get_by_role("region").get_by_role("heading").first.wait_for()


def settings_refusing(page: Page) -> None:
    """An interval that is out of bounds."""
    settings(page)
    page.get_by_role("combobox", name=either("Interval", "查询间隔")).select_option("other")
    page.get_by_role("textbox", name=either("Seconds", "秒数")).fill("9")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()


def settings_asking(page: Page) -> None:
    """Whether the cookie is to be deleted."""
    settings(page)
    page.get_by_role("button", name=either("Delete", "删除")).click()
    page.get_by_role("alertdialog").wait_for()


def settings_zones(page: Page) -> None:
    """The list of time zones, searched."""
    settings(page)
    page.get_by_role("button", name=re.compile("^(Time zone|时区)")).click()
    page.keyboard.type("indian")
    expect(page.get_by_role("option", name="Europe")).to_have_count(0)
    expect(page.get_by_role("option", name="Indian").first).to_be_visible()


def replacing(page: Page) -> None:
    """The box for another cookie."""
    expect(dialog(page).get_by_role("textbox")).to_be_focused(timeout=PATIENCE_MS)


EVERYDAY = {
    "curve-requests": ("", drawn, True),
    "curve-interval": ("view=interval&range=6h", drawn, True),
    "curve-total": ("view=total&range=24h", drawn, True),
    "curve-month": ("range=30d&view=interval", drawn, True),
    "days-month": ("range=30d", days_shown, True),
    "days-keys": ("range=7d&by=key", days_shown, False),
    "curve-pointed-at": ("", pointed_at, True),
    "curve-zoomed": ("", zoomed, True),
    "curve-all-hidden": ("", all_hidden, True),
    "curve-empty": (FAR_PAST, empty, True),
    "range-refused": ("", far_ranges, True),
    "hint-live": ("", hint_of_live, True),
    "hint-percentile": ("", hint_of_percentile, False),
    "refreshed": ("", refreshed, True),
    "records": ("panel=records&range=24h", records, True),
    "records-export": ("panel=records", records_export, True),
    "records-none": ("panel=records", records_none, True),
    "settings-general": ("settings=general", settings, True),
    "settings-collecting": ("settings=collecting", settings, True),
    "settings-cookie": ("settings=cookie", settings, True),
    "settings-data": ("settings=data", settings, True),
    "settings-about": ("settings=about", settings, True),
    "settings-refusing": ("settings=collecting", settings_refusing, True),
    "settings-asking": ("settings=cookie", settings_asking, True),
    "settings-zones": ("settings=general", settings_zones, True),
    "cookie-replace": ("dialog=cookie", replacing, True),
}


@pytest.mark.parametrize("name", EVERYDAY)
def test_an_everyday_state(everyday: Program, browser: Browser, name: str) -> None:
    """Everything that can be shown or opened fits and is accessible."""
    query, reach, narrow = EVERYDAY[name]
    # The browser knows which models are hidden, and each of these browsers is new.
    looked_at(browser, f"{everyday.url}/?{query}", name, reach, narrow=narrow)


def test_before_the_first_answer(everyday: Program, browser: Browser) -> None:
    """Placeholders keep the room of the figures and the curve."""

    def waiting(page: Page) -> None:
        page.get_by_test_id("skeleton").first.wait_for()
        page.wait_for_function(STANDS_STILL, timeout=PATIENCE_MS)
        expect(page.get_by_role("switch").first).to_be_visible(timeout=PATIENCE_MS)

    with Proxy(everyday.url) as proxy:
        proxy.withhold("/api/usage")
        looked_at(browser, proxy.url, "loading", waiting)


def test_a_curve_that_cannot_be_fetched(everyday: Program, browser: Browser) -> None:
    """The reason is shown in place of the curve."""

    def failed(page: Page) -> None:
        page.get_by_text(re.compile("^(The curve could not be loaded|曲线加载失败)")).wait_for()

    address = f"{everyday.url}/?from=0001-01-01T00:00:00.000Z&to=0001-01-01T01:00:00.000Z"
    looked_at(browser, address, "curve-failed", failed, forgives=("422",))


def test_collecting_switched_off(everyday: Program, browser: Browser) -> None:
    """The header says so."""
    everyday.call("PATCH", "/api/settings", {"collecting": False})
    try:
        looked_at(browser, everyday.url, "off", drawn)
    finally:
        everyday.call("PATCH", "/api/settings", {"collecting": True})


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that may have missed requests in between."""
    older, newer = GAP_MIN
    with Site(History(), row_limit=5) as site:
        site.simulator.honours_hours = False
        for minute in range(older, older + 10):
            site.charge(9 + minute % 7, ago_s=60 * minute)
        with Program(tmp_path_factory.mktemp("torn"), site.url) as running:
            running.give_cookie(COOKIE, collecting=True)
            running.call("POST", "/api/refresh")
            for minute in range(newer, newer - 10, -2):
                site.charge(5 + minute % 5, ago_s=60 * minute)
            running.call("POST", "/api/refresh")
            yield running


def gap(page: Page) -> None:
    """Show the hint of a sum that is a lower bound."""
    drawn(page)
    page.get_by_role("button", name=either("at least", "至少")).first.focus()
    page.get_by_role("tooltip").wait_for()


def test_a_gap(torn: Program, browser: Browser) -> None:
    """It is hatched and named; sums over it are lower bounds."""
    looked_at(browser, torn.url, "gap", gap, zone=zone_at_noon())
