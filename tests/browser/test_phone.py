"""The page in a hand: a narrow window, and a finger for a mouse."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from support.browser import opened
from support.looks import misfits, small_targets
from support.page import (
    PATIENCE_MS,
    chart,
    content,
    cookie_box,
    drawn,
    figure,
    first_in_sight,
    legend,
    models,
    paste,
    still,
    summary,
    whole_range,
)
from support.program import Program
from support.site import COOKIE, OPUS, SONNET, Site

PHONE = (390, 844)


@pytest.fixture
def hour(program: Program, site: Site) -> Program:
    """Collecting, with an hour's requests of two models."""
    for minute in range(5, 50):
        site.charge(minute, SONNET if minute % 2 else OPUS, ago_s=60 * minute)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


class Hand:
    """Fingers on the glass."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    def put(self, *places: tuple[float, float]) -> None:
        """Fingers touch, or move to other places while they do."""
        self._send("touchStart", places)

    def move(self, *places: tuple[float, float]) -> None:
        """They move there."""
        self._send("touchMove", places)

    def lift(self) -> None:
        """End the touch."""
        self._send("touchEnd", ())

    def _send(self, kind: str, places: tuple[tuple[float, float], ...]) -> None:
        points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(places)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@contextmanager
def held(browser: Browser, url: str) -> Iterator[tuple[Page, Hand]]:
    """The page on a phone, and a hand."""
    with opened(browser, url, size=PHONE) as page:
        yield page, Hand(page.context.new_cdp_session(page))


@pytest.mark.slow
def test_from_the_first_visit_to_a_live_curve(
    program: Program, site: Site, browser: Browser
) -> None:
    """Nothing is cut off on the way, and every target is large enough."""
    site.charge(42)
    with held(browser, program.url) as (page, _):
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
        assert misfits(page) == []
        assert small_targets(page) == []
        paste(page, COOKIE)
        page.get_by_role("main").get_by_role("button", name="Start collecting").tap()
        expect(figure(page, "credits")).to_have_text("42", timeout=PATIENCE_MS)
        assert misfits(page) == []


@pytest.mark.slow
def test_two_fingers_zoom_and_move_and_two_taps_reset(hour: Program, browser: Browser) -> None:
    """The visible span follows the fingers."""
    with held(browser, hour.url) as (page, hand):
        drawn(page)
        chart(page).scroll_into_view_if_needed()
        still(page)
        earliest = first_in_sight(page)
        box = chart(page).bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        middle = box["x"] + box["width"] / 2
        hand.put((middle - 20, y), (middle + 20, y))
        for spread in (40, 60, 80, 100):
            hand.move((middle - spread, y), (middle + spread, y))
        hand.lift()
        expect(whole_range(page)).to_be_visible()
        zoomed = first_in_sight(page)
        assert zoomed > earliest
        hand.put((middle - 50, y), (middle + 50, y))
        for shift in (30, 60, 90):
            hand.move((middle - 50 + shift, y), (middle + 50 + shift, y))
        hand.lift()
        expect(whole_range(page)).to_be_visible()
        assert earliest <= first_in_sight(page) < zoomed
        # Two of them count together within a third of a second, which a busy machine may miss.
        for _ in range(12):
            page.touchscreen.tap(middle, y)
            if whole_range(page).is_hidden():
                break
        expect(whole_range(page)).to_be_hidden()


@pytest.mark.slow
def test_a_vertical_swipe_scrolls_the_page_and_not_the_curve(
    hour: Program, browser: Browser
) -> None:
    """The plot takes most of a small window: it must not hold the page."""
    with held(browser, hour.url) as (page, hand):
        drawn(page)
        chart(page).scroll_into_view_if_needed()
        still(page)
        before = page.evaluate("() => scrollY")
        box = chart(page).bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8
        hand.put((x, y))
        for shift in range(20, 200, 20):
            hand.move((x, y - shift))
        hand.lift()
        page.wait_for_function("before => scrollY > before + 50", arg=before)
        expect(whole_range(page)).to_be_hidden()


@pytest.mark.slow
def test_a_tap_reads_a_point_and_hides_a_model(hour: Program, browser: Browser) -> None:
    """The reading is above the plot and fits."""
    with held(browser, hour.url) as (page, _):
        drawn(page)
        expect(summary(page)).to_have_attribute("data-lines", "2", timeout=PATIENCE_MS)
        chart(page).scroll_into_view_if_needed()
        still(page)
        box = chart(page).bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
        expect(page.get_by_test_id("dock")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
        assert misfits(page) == []
        legend(page).filter(has_text="opus").tap()
        expect(summary(page)).to_have_attribute("data-lines", "1")


@pytest.mark.slow
def test_ranges_records_and_settings_are_at_hand(hour: Program, browser: Browser) -> None:
    """Language and theme are in the settings here; the records have two lines each."""
    with held(browser, hour.url) as (page, _):
        page.get_by_role("radio", name="Last 6 hours").tap(timeout=PATIENCE_MS)
        expect(page).to_have_url(re.compile("range=6h"))
        page.get_by_role("tab", name="Requests").tap()
        table = page.get_by_role("table", name=re.compile("^Requests, newest"))
        expect(table.get_by_role("columnheader")).to_have_count(2)
        assert misfits(page) == []
        page.get_by_role("button", name="Settings").tap()
        content(page).get_by_role("combobox", name="Language").select_option("zh-CN")
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        assert misfits(page) == []
        page.get_by_role("link", name="返回曲线").tap()
        expect(page.get_by_role("table", name=re.compile("^请求明细"))).to_be_visible()


@pytest.mark.slow
def test_a_finger_reads_days_and_hours_and_opens_a_day(hour: Program, browser: Browser) -> None:
    """The bars and the heat map are one target each; a day that is read has a large button."""
    with held(browser, f"{hour.url}/?range=30d") as (page, hand):
        days = page.get_by_test_id("days")
        expect(days).to_be_visible(timeout=PATIENCE_MS)
        expect(models(page).get_by_role("rowheader")).to_have_count(2, timeout=PATIENCE_MS)
        heat = page.get_by_test_id("heat")
        heat.scroll_into_view_if_needed(timeout=PATIENCE_MS)
        still(page)
        cell = heat.get_by_role("button").nth(2 * 24 + 5).bounding_box()
        assert cell is not None
        hand.put((cell["x"] + 60, cell["y"] + 5))
        hand.move((cell["x"] + 30, cell["y"] + 5))
        hand.move((cell["x"] + 5, cell["y"] + 5))
        hand.lift()
        expect(page.get_by_test_id("heat-reading")).to_have_text(re.compile("^Wed 05:00–06:00"))
        days.scroll_into_view_if_needed()
        box = days.bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        hand.put((box["x"] + box["width"] / 2, y))
        hand.move((box["x"] + box["width"] - 30, y))
        hand.move((box["x"] + box["width"] - 3, y))
        hand.lift()
        opening = page.get_by_role("button", name="Open in the curve")
        expect(opening).to_be_visible()
        assert small_targets(page) == []
        page.get_by_test_id("day-average").tap()
        expect(opening).to_be_hidden()
        box = days.bounding_box()
        assert box is not None
        page.touchscreen.tap(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
        opening.tap()
        expect(page).to_have_url(re.compile("range=today"))
        drawn(page)
