"""The page by keyboard alone: every stop is seen, everything is reached, everything is done."""

import re
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from support.browser import opened
from support.focus import forward_to, key_until, stops, unreached
from support.looks import lost_focus
from support.page import (
    PATIENCE_MS,
    complete,
    content,
    cookie_box,
    dialog,
    drawn,
    figure,
    first_in_sight,
    legend,
    models,
    summary,
    whole_range,
)
from support.program import Program
from support.site import COOKIE, OPUS, SONNET, Site

REPLACEMENT: Final = "__Secure-authjs.session-token=a-new-made-up-one"


@pytest.fixture
def hour(program: Program, site: Site) -> Program:
    """Collecting, with an hour's requests of two models."""
    for minute in range(5, 50, 3):
        site.charge(minute, SONNET if minute % 2 else OPUS, ago_s=60 * minute)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


STATES: Final = ("", "?panel=records", "?settings=data", "?dialog=cookie")


@pytest.mark.slow
@pytest.mark.parametrize("query", STATES)
def test_every_stop_is_seen_and_nothing_is_left_out(
    hour: Program, browser: Browser, query: str
) -> None:
    """Tab goes through all that can be worked; a dialog keeps the focus within."""
    with opened(browser, f"{hour.url}/{query}") as page:
        if "settings" in query:
            expect(page.get_by_role("region", name="Data")).to_be_visible(timeout=PATIENCE_MS)
        else:
            drawn(page)
        if "dialog" in query:
            expect(dialog(page)).to_be_visible()
        if "records" in query:
            expect(page.get_by_role("table", name=re.compile("^Requests, newest"))).to_be_visible()
        complete(page)
        passed = stops(page)
        assert [wrong for wrong in (stop.wrong for stop in passed) if wrong] == []
        assert unreached(page) == []


@pytest.mark.slow
def test_the_first_stop_leads_past_the_header(hour: Program, browser: Browser) -> None:
    """Whoever has seen the header once need not walk through it again."""
    with opened(browser, hour.url) as page:
        drawn(page)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.get_by_role("main").locator(":focus").count() == 1


@pytest.mark.slow
def test_from_the_first_visit_to_a_live_curve(
    program: Program, site: Site, browser: Browser
) -> None:
    """Walk to the box, paste, walk to the button, press space."""
    site.charge(42)
    with opened(browser, program.url) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate("text => navigator.clipboard.writeText(text)", COOKIE)
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
        forward_to(page, cookie_box(page))
        page.keyboard.press("ControlOrMeta+V")
        start = page.get_by_role("main").get_by_role("button", name="Start collecting")
        expect(start).to_be_visible(timeout=PATIENCE_MS)
        assert lost_focus(page) is None
        forward_to(page, start)
        page.keyboard.press("Space")
        expect(figure(page, "credits")).to_have_text("42", timeout=PATIENCE_MS)
    assert program.get("/api/settings")["collecting"] is True


@pytest.mark.slow
def test_a_range_and_a_view_are_picked_with_the_arrows(hour: Program, browser: Browser) -> None:
    """One stop for each group; the arrows choose within it."""
    with opened(browser, hour.url) as page:
        drawn(page)
        forward_to(page, page.get_by_role("radio", name="Last 1 hour"))
        key_until(page, "ArrowRight", page.get_by_role("radio", name="Last 6 hours"))
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("range=6h"))
        forward_to(page, page.get_by_role("radio", name="Per interval"))
        key_until(page, "ArrowRight", page.get_by_role("radio", name="Cumulative"))
        page.keyboard.press("Space")
        expect(summary(page)).to_have_attribute("data-view", "total")


@pytest.mark.slow
def test_a_span_of_one_s_own_and_back(hour: Program, browser: Browser) -> None:
    """The panel opens, Escape closes it, and the focus is where it was."""
    with opened(browser, hour.url) as page:
        drawn(page)
        more = page.get_by_role("button", name="Custom and more ranges")
        forward_to(page, more)
        page.keyboard.press("Enter")
        expect(page.get_by_label("From")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_label("From")).to_be_hidden()
        expect(more).to_be_focused()
        page.set_viewport_size({"width": 1000, "height": 800})
        page.keyboard.press("Enter")
        forward_to(page, page.get_by_role("button", name="Last 7 days"))
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("range=7d"))
        assert lost_focus(page) is None


@pytest.mark.slow
def test_the_curve_is_walked_zoomed_and_shown_whole(hour: Program, browser: Browser) -> None:
    """Arrows say each point, plus and minus zoom, Escape shows all."""
    with opened(browser, hour.url) as page:
        drawn(page)
        earliest = first_in_sight(page)
        said = page.locator("[aria-live=polite]", has_text=re.compile(r"\d{4}-\d\d-\d\d"))
        forward_to(page, page.get_by_role("application"))
        page.keyboard.press("ArrowLeft")
        expect(said.first).to_contain_text(re.compile(r"\b5\b"))
        page.keyboard.press("ArrowLeft")
        expect(said.first).to_contain_text(re.compile(r"\b8\b"))
        page.keyboard.press("+")
        page.keyboard.press("+")
        expect(whole_range(page)).to_be_visible()
        assert first_in_sight(page) > earliest
        forward_to(page, page.get_by_role("application"))
        page.keyboard.press("Escape")
        expect(whole_range(page)).to_be_hidden()


@pytest.mark.slow
def test_models_can_be_hidden_isolated_and_sorted(hour: Program, browser: Browser) -> None:
    """In the legend and in the table alike."""
    with opened(browser, hour.url) as page:
        expect(summary(page)).to_have_attribute("data-lines", "2", timeout=PATIENCE_MS)
        opus = legend(page).filter(has_text="opus")
        forward_to(page, opus)
        page.keyboard.press("Space")
        expect(summary(page)).to_have_attribute("data-lines", "1")
        page.keyboard.press("Shift+Enter")
        expect(opus).to_have_attribute("aria-pressed", "true")
        expect(summary(page)).to_have_attribute("data-lines", "1")
        page.keyboard.press("Shift+Enter")
        expect(summary(page)).to_have_attribute("data-lines", "2")
        names = models(page).get_by_role("rowheader")
        forward_to(page, models(page).get_by_role("button", name="Model", exact=True))
        page.keyboard.press("Enter")
        expect(names.first).to_contain_text("Opus")
        page.keyboard.press("Enter")
        expect(names.first).to_contain_text("Sonnet")


@pytest.mark.slow
def test_records_are_filtered_and_saved(hour: Program, browser: Browser) -> None:
    """The tabs, the filters, and a file, without a mouse."""
    with opened(browser, hour.url) as page:
        drawn(page)
        forward_to(page, page.get_by_role("tab", name="Models"))
        page.keyboard.press("ArrowRight")
        rows = page.get_by_role("table", name=re.compile("^Requests, newest")).get_by_role("row")
        expect(rows).to_have_count(16, timeout=PATIENCE_MS)
        forward_to(page, page.get_by_role("combobox", name="Model"))
        page.keyboard.type("claude-opus")
        expect(rows).to_have_count(8)
        forward_to(page, page.get_by_role("textbox", name="Min. credits"))
        page.keyboard.type("20")
        expect(rows).to_have_count(6)
        expect(page.get_by_role("textbox", name="Min. credits")).to_be_focused()
        forward_to(page, page.get_by_role("button", name="Export"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem")).to_have_count(3)
        with page.expect_download():
            page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Export")).to_be_focused()


@pytest.mark.slow
def test_settings_open_change_and_give_the_focus_back(hour: Program, browser: Browser) -> None:
    """The way back returns the focus to the button that opened them."""
    with opened(browser, hour.url) as page:
        drawn(page)
        opener = page.get_by_role("button", name="Settings")
        forward_to(page, opener)
        page.keyboard.press("Enter")
        forward_to(page, content(page).get_by_role("radio", name="System"))
        key_until(page, "ArrowRight", content(page).get_by_role("radio", name="Dark"))
        page.keyboard.press("Space")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        forward_to(page, page.get_by_role("link", name="Collecting"))
        page.keyboard.press("Enter")
        forward_to(page, content(page).get_by_role("switch", name="Collecting"))
        page.keyboard.press("Space")
        expect(content(page).get_by_role("switch", name="Collecting")).not_to_be_checked()
        forward_to(page, page.get_by_role("link", name="Back to the curve"))
        page.keyboard.press("Enter")
        expect(opener).to_be_focused()
    assert hour.get("/api/settings")["theme"] == "dark"


@pytest.mark.slow
def test_a_note_is_read_and_put_away(hour: Program, browser: Browser) -> None:
    """It comes with the focus, and Escape takes it away without moving that."""
    with opened(browser, hour.url) as page:
        drawn(page)
        mark = page.get_by_role("button", name=re.compile("^State: "))
        forward_to(page, mark)
        expect(page.get_by_role("tooltip")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("tooltip")).to_be_hidden()
        expect(mark).to_be_focused()


@pytest.mark.slow
def test_a_dead_cookie_is_replaced(hour: Program, site: Site, browser: Browser) -> None:
    """The dialog has the focus, in the box already: paste, and go on where one was."""
    with opened(browser, hour.url, forgives=("409", "422")) as page:
        drawn(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate("text => navigator.clipboard.writeText(text)", REPLACEMENT)
        site.replace_cookie(REPLACEMENT)
        hour.call("POST", "/api/refresh")
        expect(dialog(page).get_by_role("textbox")).to_be_focused(timeout=PATIENCE_MS)
        assert [stop.wrong for stop in stops(page) if stop.wrong] == []
        forward_to(page, dialog(page).get_by_role("textbox"))
        page.keyboard.press("ControlOrMeta+V")
        expect(dialog(page)).to_be_hidden(timeout=PATIENCE_MS)
    assert hour.get("/api/status")["cookie"]["state"] == "valid"
