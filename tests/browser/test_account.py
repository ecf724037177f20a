"""The account on the page: balance, reset, schedule and counted types."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from creditcurve.simulator import Era, SimulatedAccount, TopUp
from support.browser import opened
from support.looks import looked_at
from support.page import PATIENCE_MS, dialog, live_mark, open_settings, settled
from support.program import Program
from support.site import COOKIE, Site

NOW_MS = time.time_ns() // 1_000_000
DAY_MS = 86_400_000
CODEX = "CODEX_USAGE · backend-api/codex/responses"


def credits_account() -> SimulatedAccount:
    """An account of the first era, low and with one reset left; it recovers at full hours."""
    return SimulatedAccount(
        era=Era.CREDITS,
        opening=980,
        since_ms=time.time_ns() // 1_000_000,
        recovery_per_h=200,
        plan_ends_ms=NOW_MS + 12 * DAY_MS,
    )


def wallet_account(opening: int = 197_713) -> SimulatedAccount:
    """An account of the second era, in two parts."""
    return SimulatedAccount(
        era=Era.WALLET,
        opening=opening,
        since_ms=NOW_MS,
        plan_ends_ms=NOW_MS + 12 * DAY_MS,
        top_ups=[TopUp(NOW_MS - 1, 1_851)],
    )


def collect(program: Program, site: Site, account: SimulatedAccount | None) -> None:
    """Poll a site with this account until its sources have been read."""
    site.simulator.account = account
    program.give_cookie(COOKIE, collecting=True)
    deadline = time.monotonic() + 15
    while program.get("/api/account")["at"] is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow
def test_a_reset_is_used_with_the_keyboard_and_logged(
    program: Program, site: Site, browser: Browser
) -> None:
    """The dialog says what happens, asks the site once, and the log has the result."""
    collect(program, site, credits_account())
    with opened(browser, program.url) as page:
        page.get_by_role("button", name="Reset…").focus(timeout=PATIENCE_MS)
        page.keyboard.press("Enter")
        expect(dialog(page)).to_contain_text("It cannot be undone", timeout=PATIENCE_MS)
        expect(dialog(page)).to_contain_text("+7,020")
        confirm = dialog(page).get_by_role("button", name="Reset to 8,000 credits")
        confirm.focus()
        page.keyboard.press("Enter")
        expect(dialog(page).get_by_role("status")).to_contain_text(
            "Reset done", timeout=PATIENCE_MS
        )
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("figure-balance")).to_have_text("8,000")
        expect(page.get_by_role("banner")).to_contain_text("8,000 credits")
        section = open_settings(page, "Account")
        log = section.get_by_role("list", name="Resets")
        expect(log).to_contain_text("by you", timeout=PATIENCE_MS)
        expect(log).to_contain_text("980 → 8,000")
    posts = [one for one in site.simulator.account_requests if one.method == "POST"]
    assert len(posts) == 1


@pytest.mark.slow
def test_the_schedule_pauses_and_the_header_shows_until_when(
    program: Program, site: Site, browser: Browser
) -> None:
    collect(program, site, None)
    with opened(browser, program.url) as page:
        section = open_settings(page, "Collecting")
        section.get_by_role("radio", name="Pause").click()
        section.get_by_label("From", exact=True).fill("00:00")
        section.get_by_label("To", exact=True).fill("23:59")
        section.get_by_label("To", exact=True).blur()
        for day in section.get_by_role("checkbox").all():
            if not day.is_checked():
                day.click()
        expect(live_mark(page)).to_have_text(re.compile(r"Paused until"), timeout=PATIENCE_MS)
        expect(page.get_by_role("banner")).to_contain_text("paused by schedule until")
        settings = program.get("/api/settings")
        assert settings["time_zone"] != "auto"
        section.get_by_role("radio", name="Off").click()
        expect(live_mark(page)).to_have_text("Live", timeout=PATIENCE_MS)


@pytest.mark.slow
def test_a_counted_type_changes_the_page_without_a_reload(
    program: Program, site: Site, browser: Browser
) -> None:
    collect(program, site, None)
    site.simulator.history.add(
        t_ms=time.time_ns() // 1_000_000 - 1_000,
        credits=1_000,
        model="gpt-5-codex",
        type="CODEX_USAGE",
        endpoint="backend-api/codex/responses",
    )
    program.call("POST", "/api/refresh")
    with opened(browser, program.url) as page:
        settled(page)
        total = page.get_by_test_id("figure-today")
        expect(total).not_to_have_text("1,000")
        section = open_settings(page, "Collecting")
        section.get_by_role("switch", name=CODEX).click(timeout=PATIENCE_MS)
        expect(section.get_by_role("switch", name=CODEX)).to_be_checked()
        page.get_by_role("link", name="Back to the curve").click()
        expect(total).to_have_text("1,000", timeout=PATIENCE_MS)


def to_settings(section: str) -> Callable[[Page], None]:
    """Return a way to a section of the settings in either language."""

    def reach(page: Page) -> None:
        page.goto(f"{page.url.partition('?')[0]}?settings={section}")
        expect(page.locator("[data-page] section").first).to_be_visible(timeout=PATIENCE_MS)

    return reach


def to_reset(page: Page) -> None:
    """Open the dialog of the reset."""
    page.goto(f"{page.url.partition('?')[0]}?dialog=reset")
    expect(dialog(page)).to_contain_text("8,000", timeout=PATIENCE_MS)


RULES = {
    "auto_reset": {"at": "08:00", "below": 900, "between": ["09:00", "18:00"]},
    "schedule": {"from": "08:00", "to": "23:00", "inside": "collect", "days": [1, 2, 3, 4, 5]},
}


@pytest.mark.slow
@pytest.mark.parametrize("era", ["credits", "wallet", "zero"])
def test_the_account_is_accessible_in_every_look(
    program: Program, site: Site, browser: Browser, era: str
) -> None:
    accounts = {
        "credits": credits_account(),
        "wallet": wallet_account(),
        "zero": wallet_account(0),
    }
    collect(program, site, accounts[era])
    if era == "credits":
        program.call("PATCH", "/api/settings", RULES)
        looked_at(browser, program.url, "reset", to_reset)
        looked_at(browser, program.url, "collecting", to_settings("collecting"))
    looked_at(browser, program.url, f"account-{era}", to_settings("account"))


@pytest.mark.slow
def test_a_site_without_these_sources_shows_nothing_of_an_account(
    program: Program, site: Site, browser: Browser
) -> None:
    collect(program, site, None)
    with opened(browser, program.url) as page:
        settled(page)
        expect(page.get_by_test_id("figure-balance")).to_have_count(0)
        expect(page.get_by_role("banner")).not_to_contain_text("Balance")
        open_settings(page, "General")
        sections = page.get_by_role("navigation", name="Sections")
        expect(sections.get_by_role("link", name="Account")).to_have_count(0)
