"""A day of use: ranges, views, zoom, models, records, settings."""

import csv
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import opened, zone_at_noon
from support.page import (
    PATIENCE_MS,
    chart,
    content,
    drawn,
    figure,
    first_in_sight,
    legend,
    live_mark,
    models,
    open_settings,
    settled,
    summary,
    whole_range,
)
from support.program import Program
from support.site import COOKIE, OPUS, SONNET, Site


@pytest.fixture
def day(program: Program, site: Site) -> Program:
    """Collecting, with requests of two models within the hour and one model's before it."""
    for minute, spent in ((50, 10), (40, 20), (30, 30)):
        site.charge(spent, SONNET, ago_s=60 * minute)
    for minute, spent in ((35, 100), (25, 5)):
        site.charge(spent, OPUS, ago_s=60 * minute)
    site.charge(7, SONNET, ago_s=4 * 3600)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


@pytest.mark.slow
def test_range_and_view_are_in_the_address(day: Program, browser: Browser) -> None:
    """A reload keeps them; back and forward walk through them."""
    with opened(browser, day.url) as page:
        expect(summary(page)).to_have_attribute("data-points", "5", timeout=PATIENCE_MS)
        page.get_by_role("radio", name="Last 6 hours").click()
        expect(summary(page)).to_have_attribute("data-points", "6")
        page.get_by_role("radio", name="Cumulative").click()
        expect(page).to_have_url(f"{day.url}/?range=6h&view=total")
        page.reload()
        expect(summary(page)).to_have_attribute("data-view", "total", timeout=PATIENCE_MS)
        expect(page.get_by_role("radio", name="Last 6 hours")).to_be_checked()
        page.go_back()
        expect(page).to_have_url(f"{day.url}/?range=6h")
        page.go_back()
        expect(summary(page)).to_have_attribute("data-points", "5")
        page.go_forward()
        expect(summary(page)).to_have_attribute("data-points", "6")


@pytest.mark.slow
@pytest.mark.parametrize("hours", [1, 2, 3, 6, 12, 24])
def test_each_range_of_the_specification_is_a_button(
    shared: Program, browser: Browser, hours: int
) -> None:
    """On the page itself; the first is the default."""
    shared.give_cookie(COOKIE)
    shared.call("POST", "/api/refresh")
    with opened(browser, shared.url) as page:
        name = f"Last {hours} hour{'' if hours == 1 else 's'}"
        button = page.get_by_role("radio", name=name, exact=True)
        if hours == 1:
            expect(button).to_be_checked(timeout=PATIENCE_MS)
            return
        with page.expect_request(re.compile(rf"/api/usage\?hours={hours}&")):
            button.click()
        expect(button).to_be_checked()


@pytest.mark.slow
def test_a_custom_range(day: Program, browser: Browser) -> None:
    """Two moments of the zone that is shown; one that is empty says so, with its times."""
    with opened(browser, day.url, zone="Asia/Shanghai") as page:
        page.get_by_role("button", name="Custom and more ranges").click(timeout=PATIENCE_MS)
        page.get_by_label("From").fill("2020-03-01T12:00")
        page.get_by_label("To", exact=True).fill("2020-03-01T13:00")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_text("2020-03-01 12:00 – 13:00", exact=True)).to_be_visible()
        expect(page.get_by_text("Asia/Shanghai (UTC+8)").first).to_be_visible()
        expect(page).to_have_url(re.compile("from=2020-03-01T04:00:00.000Z&to=2020-03-01T05:00"))


@pytest.mark.slow
def test_a_zoom_is_kept_while_new_requests_arrive(
    program: Program, site: Site, browser: Browser
) -> None:
    """Ctrl and the wheel or a drag zoom, new requests change neither, a double click resets."""
    for minute in range(5, 50):
        site.charge(minute, SONNET, ago_s=60 * minute)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    with opened(browser, program.url) as page:
        drawn(page)
        expect(summary(page)).to_have_attribute("data-points", "45")
        earliest = first_in_sight(page)
        box = chart(page).bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
        page.mouse.wheel(0, -1)
        expect(whole_range(page)).to_be_hidden()
        page.keyboard.down("Control")
        for _ in range(3):
            page.mouse.wheel(0, -200)
        page.keyboard.up("Control")
        expect(whole_range(page)).to_be_visible()
        zoomed = first_in_sight(page)
        assert zoomed > earliest
        site.charge(8, OPUS)
        program.call("POST", "/api/refresh")
        expect(figure(page, "last")).to_have_text("8")
        expect(whole_range(page)).to_be_visible()
        assert first_in_sight(page) == zoomed
        before = page.url
        page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2, steps=5)
        page.mouse.up()
        expect(page).not_to_have_url(before)
        nearer = first_in_sight(page)
        assert nearer > zoomed
        page.reload()
        expect(whole_range(page)).to_be_visible(timeout=PATIENCE_MS)
        drawn(page)
        assert first_in_sight(page) == nearer
        chart(page).dblclick(position={"x": 300, "y": 100})
        expect(whole_range(page)).to_be_hidden()
        expect(page).not_to_have_url(re.compile("zoom="))
        assert first_in_sight(page) == earliest


@pytest.mark.slow
def test_models_can_be_hidden_and_isolated(day: Program, browser: Browser) -> None:
    """A click hides, a double click shows one alone, and the browser remembers."""
    with opened(browser, day.url) as page:
        expect(summary(page)).to_have_attribute("data-lines", "2", timeout=PATIENCE_MS)
        opus = legend(page).filter(has_text="opus")
        opus.click()
        expect(opus).to_have_attribute("aria-pressed", "false")
        expect(summary(page)).to_have_attribute("data-lines", "1")
        page.reload()
        expect(summary(page)).to_have_attribute("data-lines", "1", timeout=PATIENCE_MS)
        expect(models(page).get_by_role("checkbox", name=re.compile("opus"))).not_to_be_checked()
        opus.dblclick()
        expect(opus).to_have_attribute("aria-pressed", "true")
        expect(summary(page)).to_have_attribute("data-points", "2")
        opus.dblclick()
        expect(summary(page)).to_have_attribute("data-lines", "2")


@pytest.mark.slow
def test_the_table_of_models_sorts_and_brings_its_line_forward(
    day: Program, browser: Browser
) -> None:
    """By any column, both ways; the row under the mouse changes how the lines are drawn."""
    now = datetime.now(UTC)
    start, end = (
        (now + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ") for minutes in (-55, 5)
    )
    with opened(browser, f"{day.url}/?from={start}&to={end}") as page:
        names = models(page).get_by_role("rowheader")
        expect(names).to_have_text([re.compile("Opus"), re.compile("Sonnet")], timeout=PATIENCE_MS)
        models(page).get_by_role("button", name="Requests").click()
        expect(names).to_have_text([re.compile("Sonnet"), re.compile("Opus")])
        models(page).get_by_role("button", name="Requests").click()
        expect(names).to_have_text([re.compile("Opus"), re.compile("Sonnet")])
        drawn(page)
        page.mouse.move(0, 0)
        calm = picture(page)
        names.first.hover()
        page.wait_for_function(f"calm => {_PICTURE} !== calm", arg=calm)
        page.mouse.move(0, 0)
        page.wait_for_function(f"calm => {_PICTURE} === calm", arg=calm)


_PICTURE = """document.querySelector("canvas").toDataURL()"""


def picture(page: Page) -> str:
    """The drawn marks, once nothing moves."""
    page.wait_for_function(
        f"() => {{ const old = self.seen; self.seen = {_PICTURE}; return self.seen === old }}",
        polling=150,
    )
    drawing: str = page.evaluate(_PICTURE)
    return drawing


@pytest.mark.slow
def test_an_export_contains_only_filtered_records(day: Program, browser: Browser) -> None:
    """The rows on the screen and the rows in the file are the same."""
    with opened(browser, f"{day.url}/?panel=records&range=6h") as page:
        table = page.get_by_role("table", name=re.compile("^Requests, newest"))
        expect(table.get_by_role("row")).to_have_count(7, timeout=PATIENCE_MS)
        page.get_by_role("combobox", name="Model").select_option(SONNET)
        page.get_by_role("textbox", name="Min. credits").fill("10")
        expect(table.get_by_role("row")).to_have_count(4)
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name="As CSV").click()
        with open(download.value.path(), newline="", encoding="utf-8-sig") as file:  # noqa: PTH123 - a path of Playwright's own kind
            rows = list(csv.DictReader(file))
    assert sorted(int(row["credits"]) for row in rows) == [10, 20, 30]
    assert {row["model"] for row in rows} == {SONNET}


@pytest.mark.slow
def test_refresh_reports_the_number_of_new_requests(
    day: Program, site: Site, browser: Browser
) -> None:
    """And they are on the page."""
    with opened(browser, day.url) as page:
        expect(figure(page, "requests")).to_have_text("5", timeout=PATIENCE_MS)
        for ago_s in (3, 2, 1):
            site.charge(4, ago_s=ago_s)
        page.get_by_role("button", name="Refresh").click()
        expect(page.get_by_role("banner").get_by_text("3 new").first).to_be_visible()
        expect(figure(page, "requests")).to_have_text("8")
        expect(page.get_by_role("button", name="Refresh")).to_contain_text("Refresh")


@pytest.mark.slow
def test_a_setting_saved_on_one_page_is_seen_on_the_other(day: Program, browser: Browser) -> None:
    """At once, without a reload."""
    with opened(browser, day.url) as one, opened(browser, day.url) as two:
        for page in (one, two):
            expect(page.get_by_role("switch", name="Collecting")).to_be_checked(timeout=PATIENCE_MS)
        open_settings(one, "General").get_by_role("combobox", name="Language").select_option(
            "zh-CN"
        )
        expect(two.locator("html")).to_have_attribute("lang", "zh-CN")
        expect(two.get_by_role("button", name="刷新")).to_be_visible()
        one.get_by_role("link", name="采集", exact=True).click()
        content(one).get_by_role("switch", name="自动采集").click()
        expect(two.get_by_role("switch", name="自动采集")).not_to_be_checked()
        expect(live_mark(two)).to_have_text("未采集")


@pytest.mark.slow
def test_an_interval_out_of_bounds_is_explained_at_its_field(
    day: Program, browser: Browser
) -> None:
    """And nothing changes; one within is taken, and the other page counts by it."""
    with opened(browser, f"{day.url}/?settings=collecting") as page:
        content(page).get_by_role("combobox", name="Interval").select_option(label="Other…")
        seconds = content(page).get_by_role("textbox", name="Seconds")
        seconds.fill("9")
        seconds.press("Enter")
        expect(content(page).get_by_role("alert")).to_contain_text("from 10 to 86,400")
        expect(seconds).to_have_attribute("aria-invalid", "true")
        assert day.get("/api/settings")["poll_interval_s"] == 60
        seconds.fill("45")
        with page.expect_response(lambda answer: answer.request.method == "PATCH"):
            seconds.press("Enter")
        expect(content(page).get_by_role("alert")).to_be_hidden()
        expect(page.get_by_title("Checks the site for new requests every 45 s")).to_be_attached()
        assert day.get("/api/settings")["poll_interval_s"] == 45


@pytest.mark.slow
def test_possibly_missing_requests_are_hatched_and_labelled(
    program: Program, site: Site, browser: Browser
) -> None:
    """The stretch between two answers that do not overlap; its sums are the least they can be."""
    site.simulator.row_limit, site.simulator.honours_hours = 3, False
    for minute in (50, 49, 48):
        site.charge(9, ago_s=60 * minute)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    for minute in (20, 19, 18):
        site.charge(5, ago_s=60 * minute)
    program.call("POST", "/api/refresh")
    with opened(browser, program.url, zone=zone_at_noon()) as page:
        expect(summary(page)).to_contain_text("May be incomplete from", timeout=PATIENCE_MS)
        expect(page.get_by_role("button", name="at least").first).to_be_visible()
        expect(figure(page, "credits").locator("..")).to_contain_text("at least")
        expect(figure(page, "credits")).to_have_text("42")
        chart(page).focus()
        page.keyboard.press("ArrowLeft")
        expect(page.locator("[aria-live=polite]", has_text="20")).not_to_be_empty()


@pytest.mark.slow
def test_the_header_counts_on_by_itself(day: Program, browser: Browser) -> None:
    """Ten seconds without a hand on the mouse, and without a request."""
    with opened(browser, day.url) as page:
        drawn(page)
        settled(page)
        assert day.call("POST", "/api/refresh").status_code == 200
        expect(page.get_by_text(re.compile("Updated just now|Updated [1-9] s ago"))).to_be_visible(
            timeout=PATIENCE_MS
        )
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        expect(
            page.get_by_text(re.compile("Updated 1[0-9] s ago · next in [34][0-9] s"))
        ).to_be_visible(timeout=20_000)
        assert [url for url in asked if "/api/" in url] == []
