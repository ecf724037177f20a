"""Sweep of states with removed requests, and of the unreadable rows."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from creditcurve.domain.instant import to_iso
from creditcurve.simulator import History
from support.browser import opened
from support.events import Events
from support.looks import looked_at
from support.page import (
    PATIENCE_MS,
    content,
    dialog,
    drawn,
    either,
    figure,
    leave_settings,
    open_settings,
)
from support.program import Program
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

REQUESTS = 640
MODELS = ("claude-opus-4-5-20251101", "claude-sonnet-4-20250514", "claude-haiku-4-5-20251001")
HOSTILE = '<img src=x onerror="document.title=1">\u202e gpj.exe \u0000 </pre><script>1</script>'


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site with forty days of usage, and rows that cannot be read."""
    now_ms = time.time_ns() // 1_000_000
    history = History()
    for number in range(REQUESTS):
        at_ms = now_ms - 90_000 - (number * 90 + number * number % 83) * 60_000
        history.add(t_ms=at_ms, credits=3 + number * 7 % 61, model=MODELS[number % 3])
    row = {"type": "USAGE", "endpoint": "v1/messages", "createdAt": to_iso(now_ms - 60_000)}
    history.put({**row, "id": 1, "creditsUsed": True, "model": HOSTILE})
    history.put({**row, "id": 2, "creditsUsed": 9, "createdAt": "yesterday, about noon"})
    history.put({**row, "id": "none", "creditsUsed": 9, "model": "m" * 6_000})
    with Site(history) as running:
        yield running


@pytest.fixture(scope="module")
def collected(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that has collected all of it."""
    with Program(tmp_path_factory.mktemp("history"), site.url) as running:
        running.give_cookie(COOKIE, collecting=True)
        running.call("POST", "/api/refresh")
        yield running


@pytest.fixture(scope="module")
def pruned(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program that keeps ten days of it."""
    with Program(tmp_path_factory.mktemp("pruned"), site.url) as running:
        running.give_cookie(COOKIE, collecting=True)
        running.call("POST", "/api/refresh")
        with Events(running.url) as events:
            events.greeting()
            running.call("PATCH", "/api/settings", {"retention_days": 10})
            events.until("status", lambda data: data["records"]["removed"] > 0)
        yield running


def sums(page: Page) -> None:
    """The curve, and that a part of it is known by sums alone."""
    drawn(page)
    page.get_by_test_id("sums-before").wait_for()


def all_records(page: Page) -> None:
    """The end of the table of all there is."""
    page.get_by_role("radio", name=either("All time", "全部时间")).click()
    table = page.get_by_role("region", name=either("Requests", "请求明细"))
    table.focus()
    page.keyboard.press("End")
    table.get_by_text(re.compile("totals are kept|仅保留汇总")).scroll_into_view_if_needed()


def export_menu(page: Page) -> None:
    """The menu of formats names the columns that the file lacks."""
    page.get_by_role("radio", name=either("All time", "全部时间")).click()
    page.get_by_role("button", name=either("Export", "导出")).click()
    page.get_by_role("menu").get_by_text(re.compile("deleted|删除")).wait_for()


def retention(page: Page) -> None:
    """The settings' facts and the choice."""
    kept = page.get_by_role("combobox", name=either("Retention", "保留期限"))
    expect(kept).to_have_value("other", timeout=PATIENCE_MS)
    kept.scroll_into_view_if_needed()


def asked(page: Page) -> None:
    """What would be removed is said before."""
    page.get_by_role("combobox", name=either("Retention", "保留期限")).select_option("7")
    expect(page.get_by_role("alertdialog")).to_be_in_viewport(timeout=PATIENCE_MS)


def refused(page: Page) -> None:
    """A number of days that is out of bounds."""
    page.get_by_role("combobox", name=either("Retention", "保留期限")).select_option("other")
    page.get_by_role("textbox", name=either("Days", "天数")).fill("0")
    page.keyboard.press("Enter")
    content(page).get_by_role("alert").scroll_into_view_if_needed()


def unreadable_rows(page: Page) -> None:
    """Open the list of unreadable rows."""
    expect(dialog(page).get_by_role("listitem")).to_have_count(3, timeout=PATIENCE_MS)


SUMS = {
    "sums-requests": ("range=30d&view=requests", sums),
    "sums-interval": ("range=30d&view=interval", sums),
    "sums-records": ("range=30d&panel=records", all_records),
    "sums-export": ("panel=records", export_menu),
    "sums-settings": ("settings=data", retention),
}
BEFORE = {
    "retention-asking": ("settings=data", asked),
    "retention-refused": ("settings=data", refused),
    "unreadable-rows": ("dialog=quarantine", unreadable_rows),
}


@pytest.mark.parametrize("name", SUMS)
def test_where_only_sums_are_known(pruned: Program, browser: Browser, name: str) -> None:
    """The curve, the table, the export and the settings say so."""
    query, reach = SUMS[name]
    looked_at(browser, f"{pruned.url}/?{query}", name, reach)


@pytest.mark.parametrize("name", BEFORE)
def test_before_anything_is_removed(collected: Program, browser: Browser, name: str) -> None:
    """The question, the refusal at the field, and the unreadable rows."""
    query, reach = BEFORE[name]
    looked_at(browser, f"{collected.url}/?{query}", name, reach)


def test_hostile_content_stays_a_text(collected: Program, browser: Browser) -> None:
    """It is shown and copied unchanged, and runs nothing."""
    with opened(browser, f"{collected.url}/?dialog=quarantine") as page:
        unreadable_rows(page)
        item = dialog(page).get_by_role("listitem").filter(has_text="onerror")
        expect(item).to_contain_text("</pre><script>1</script>")
        expect(item).to_contain_text(r"\u202e gpj.exe \u0000")
        expect(item.locator("img, script")).to_have_count(0)
        expect(page).to_have_title(re.compile("CreditCurve$"))
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        item.get_by_role("button").click()
        expect(item.get_by_role("status")).not_to_be_empty()
        copied = page.evaluate("navigator.clipboard.readText()")
        rows = collected.get("/api/quarantine")["rows"]
        assert copied in [row["raw"] for row in rows]
        assert "onerror" in copied


def test_a_removal_is_shown_without_a_reload(site: Site, browser: Browser, tmp_path: Path) -> None:
    """The settings, the curve and the table follow once the question is confirmed."""
    with Program(tmp_path, site.url) as program:
        program.give_cookie(COOKIE, collecting=True)
        program.call("POST", "/api/refresh")
        with opened(browser, f"{program.url}/?range=30d&view=interval&panel=records") as page:
            expect(figure(page, "credits")).to_have_text(re.compile(r"\d"), timeout=PATIENCE_MS)
            credits_ = figure(page, "credits").text_content() or ""
            section = open_settings(page, "Data")
            asked(page)
            question = page.get_by_role("alertdialog").inner_text()
            removed = int(re.findall(r"Delete (\d+) requests", question)[0])
            page.get_by_role("button", name="Delete requests").click()
            expect(section).to_contain_text(f"{removed} requests were deleted")
            leave_settings(page)
            sums(page)
            expect(figure(page, "credits")).to_have_text(credits_)
            expect(page.get_by_text(re.compile("only totals before"))).to_be_visible()
            page.get_by_role("region", name="Requests").focus()
            page.keyboard.press("End")
            expect(page.get_by_text(f"All {REQUESTS - removed} requests")).to_be_visible()
