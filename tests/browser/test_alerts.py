"""Alerts from the first channel to the marked span of the curve."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from creditcurve.channels import Kind
from support.browser import opened
from support.looks import found_by_axe
from support.page import PATIENCE_MS, dialog, drawn, still
from support.program import Program
from support.receivers import ADDRESSES, SECRET, Receiver, receiver
from support.site import COOKIE, Site

PHONE = (390, 844)


@pytest.fixture
def feishu() -> Iterator[Receiver]:
    """A group of Feishu with a bot that demands a signature."""
    with receiver(Kind.FEISHU) as running:
        yield running


@pytest.fixture
def collecting(program: Program) -> Program:
    """With a cookie and the sample in the store."""
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def bell(page: Page, name: str | re.Pattern[str] = "Alerts") -> None:
    """Open the list of episodes."""
    page.get_by_role("button", name=name, exact=True).click(timeout=PATIENCE_MS)


def add_channel(page: Page, url: str, secret: str) -> None:
    """Choose Feishu, fill its fields, and send a test message."""
    page.get_by_role("button", name="Feishu", exact=True).click()
    dialog(page).get_by_label("Webhook address").fill(url)
    dialog(page).get_by_label("Signing secret").fill(secret)
    dialog(page).get_by_role("button", name="Save and send test").click()


def add_spend_rule(page: Page, limit: str) -> None:
    """Add a rule for the spend of an hour."""
    page.get_by_role("button", name="Add rule").click()
    page.get_by_role("menuitem", name="Spend above a limit").click()
    page.get_by_role("textbox", name="Limit").fill(limit)
    page.keyboard.press("Enter")


@pytest.mark.slow
def test_from_the_first_channel_to_the_curve(
    collecting: Program, site: Site, feishu: Receiver, browser: Browser
) -> None:
    """The first test message and the first rule need no other page; then an alert fires."""
    collecting.call("PATCH", "/api/settings", {"page_url": f"{collecting.url}/"})
    with opened(browser, collecting.url) as page:
        bell(page)
        page.get_by_role("button", name="Add a channel").click(timeout=PATIENCE_MS)
        add_channel(page, feishu.url + ADDRESSES[Kind.FEISHU], SECRET)
        expect(dialog(page).get_by_role("status")).to_have_text(
            re.compile("Test message accepted.*0 success"), timeout=PATIENCE_MS
        )
        dialog(page).get_by_role("button", name="Done").click()
        add_spend_rule(page, "500")
        expect(page.get_by_text("alerted in the last 30 days")).to_be_visible(timeout=PATIENCE_MS)
        assert len(feishu.received) == 1
        page.get_by_role("link", name="Back to the curve").click()
        site.charge(640, ago_s=60)
        collecting.call("POST", "/api/refresh")
        bell(page, "Alerts: 1 firing")
        item = page.get_by_role("listitem").filter(has_text="Spend above the limit")
        expect(item).to_contain_text("640 credits")
        expect(item).to_contain_text(re.compile("Feishu delivered .*0 success"))
        item.get_by_role("button", name="Show on curve").click()
        drawn(page)
        expect(page).to_have_url(re.compile("from=.*&to="))
        expect(page.get_by_test_id("chart-span")).to_contain_text("640 credits")
        link = re.search(r"http\S+", feishu.received[-1].fields["content"]["text"])
        assert link
        address = f"{collecting.url}/?{urlsplit(link[0]).query}"
        page.goto(address)
        opened_item = page.locator("li[aria-current]")
        expect(opened_item).to_contain_text("Spend above the limit", timeout=PATIENCE_MS)
        expect(page.get_by_test_id("chart-span")).to_be_visible(timeout=PATIENCE_MS)
    with opened(browser, address, size=(390, 844)) as phone:
        title = phone.get_by_test_id("chart-span")
        expect(title).to_have_text("Spend above the limit", timeout=PATIENCE_MS)


@pytest.mark.slow
def test_a_refused_test_shows_the_channel_s_own_answer(
    collecting: Program, feishu: Receiver, browser: Browser
) -> None:
    """The channel is marked as failing, and its secret can be corrected in the same dialog."""
    with opened(
        browser, f"{collecting.url}/?settings=alerts", forgives=("502 (Bad Gateway)",)
    ) as page:
        add_channel(page, feishu.url + ADDRESSES[Kind.FEISHU], "wrong")
        status = dialog(page).get_by_role("status")
        expect(status).to_contain_text("19021 sign match fail", timeout=PATIENCE_MS)
        dialog(page).get_by_label("Signing secret").fill(SECRET)
        dialog(page).get_by_role("button", name="Save and send test").click()
        expect(status).to_contain_text("0 success", timeout=PATIENCE_MS)
        assert len(collecting.get("/api/alerts/channels")["channels"]) == 1
        assert SECRET not in page.content()


@pytest.mark.slow
def test_every_state_is_accessible(collecting: Program, feishu: Receiver, browser: Browser) -> None:
    """The axe rules hold in each state, at both widths, in both themes and in forced colours."""
    collecting.call(
        "POST",
        "/api/alerts/channels",
        {"kind": "feishu", "name": "Ops", "url": feishu.url, "secret": "wrong"},
    )
    with opened(browser, f"{collecting.url}/?settings=alerts") as page:
        for size in ((1440, 900), PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            details = page.get_by_role("button", name=re.compile("^Details"))
            expect(details).to_have_count(3, timeout=PATIENCE_MS)
            for each in details.all():
                if each.get_attribute("aria-expanded") == "false":
                    each.click()
            expect(page.get_by_text("in the last 30 days").first).to_be_visible(timeout=PATIENCE_MS)
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme, forced_colors="none")
                expect(page.locator("html")).to_have_attribute("data-theme", theme)
                still(page)
                assert found_by_axe(page) == []
            page.get_by_role("button", name="Add channel").click()
            assert found_by_axe(page) == []
            dialog(page).get_by_role("button", name="Email", exact=True).click()
            assert found_by_axe(page) == []
            page.keyboard.press("Escape")
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size[0]
        page.emulate_media(forced_colors="active")
        bell(page)
        expect(page.get_by_text("No alerts so far")).to_be_visible()
        still(page)
        assert found_by_axe(page) == []


@pytest.mark.slow
def test_a_filled_bell_is_accessible(
    collecting: Program, site: Site, feishu: Receiver, browser: Browser
) -> None:
    """One alert fires, and another one is snoozed; a message of both was refused."""
    channel = {"kind": "feishu", "name": "Ops", "url": feishu.url, "secret": "wrong"}
    collecting.call("POST", "/api/alerts/channels", channel)
    for limit in (500, 600):
        rule = {"kind": "spend", "window_s": 3_600, "above": limit}
        collecting.call("POST", "/api/alerts/rules", rule)
    site.charge(640, ago_s=60)
    collecting.call("POST", "/api/refresh")
    number = collecting.get("/api/alerts/episodes")["episodes"][0]["id"]
    snooze = {"snoozed_until": "2099-01-01T00:00:00Z"}
    collecting.call("PATCH", f"/api/alerts/episodes/{number}", snooze)
    with opened(browser, f"{collecting.url}/?settings=alerts") as page:
        for size in ((1440, 900), PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            bell(page, "Alerts: 1 firing")
            expect(page.get_by_role("button", name="End snooze")).to_be_visible()
            still(page)
            for theme, colours in (("light", "none"), ("dark", "none"), ("dark", "active")):
                page.emulate_media(color_scheme=theme, forced_colors=colours)  # type: ignore[arg-type]  # literals
                expect(page.locator("html")).to_have_attribute("data-theme", theme)
                still(page)
                assert found_by_axe(page) == [], (size, theme, colours)
            list_width = page.evaluate("document.documentElement.scrollWidth")
            assert list_width <= size[0]
            page.keyboard.press("Escape")


@pytest.mark.slow
def test_the_keyboard_is_enough(collecting: Program, feishu: Receiver, browser: Browser) -> None:
    """Bell, grid, form and result are reached and left without a pointer."""
    with opened(browser, collecting.url) as page:
        button = page.get_by_role("button", name="Alerts", exact=True)
        button.focus(timeout=PATIENCE_MS)
        page.keyboard.press("Enter")
        expect(page.get_by_text("No alerts so far")).to_be_visible()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        add = page.get_by_role("button", name="Add a channel")
        expect(add).to_be_visible(timeout=PATIENCE_MS)
        for _ in range(4):
            if add.evaluate("each => each === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Feishu", exact=True).focus(timeout=PATIENCE_MS)
        page.keyboard.press("Enter")
        expect(dialog(page)).to_be_visible()
        dialog(page).get_by_label("Webhook address").focus()
        page.keyboard.type(feishu.url + ADDRESSES[Kind.FEISHU])
        page.keyboard.press("Tab")
        page.keyboard.type(SECRET)
        page.keyboard.press("Enter")
        expect(dialog(page).get_by_role("status")).to_contain_text("0 success", timeout=PATIENCE_MS)
