"""Nothing on the page moves by itself: at load, and while new requests arrive."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import opened
from support.page import PATIENCE_MS, drawn, figure, models, still
from support.program import Program
from support.site import COOKIE, OPUS, SONNET, Site

pytestmark = pytest.mark.slow

MOST: Final = 0.01
"""Of the score that browsers compute for a session of shifts; 0.1 counts as good."""
UPDATES: Final = 40
MINUTES: Final = 10
STEP_S: Final = 6
SIZES: Final = ((1440, 900), (390, 844))

_OBSERVE: Final = """() => {
  // As from the second visit on: this site has no balance, and no place is kept for it.
  localStorage.setItem("creditcurve.balance", "none");
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources, startTime } of list.getEntries()) {
      if (hadRecentInput) continue;
      const where = sources.map(({ node, previousRect, currentRect }) => {
        const [was, is] = [previousRect, currentRect].map(({ x, y }) => `${x},${y}`);
        return `${(node?.outerHTML ?? node?.textContent ?? "").slice(0, 90)} ${was} > ${is}`;
      });
      window.shifts.push({ value, startTime, where });
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture
def hour(program: Program, site: Site) -> Program:
    """Collecting, with an hour's requests of two models."""
    for minute in range(5, 50):
        site.charge(minute, SONNET if minute % 2 else OPUS, ago_s=60 * minute)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def assert_still(page: Page) -> None:
    """Fail if shifts that come together add up to too much."""
    shifts: list[dict[str, Any]] = page.evaluate("() => window.shifts")
    worst = max(map(score, sessions(shifts)), default=0.0)
    assert worst <= MOST, sorted(shifts, key=lambda shift: -shift["value"])[:5]


def score(shifts: list[dict[str, Any]]) -> float:
    """Return the sum of the shifts of a session."""
    return sum(float(shift["value"]) for shift in shifts)


def sessions(shifts: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the sessions as browsers count them: up to 5 s, and less than 1 s apart."""
    found: list[list[dict[str, Any]]] = []
    for shift in shifts:
        at = shift["startTime"]
        if (
            found
            and at - found[-1][-1]["startTime"] < 1_000
            and at - found[-1][0]["startTime"] < 5_000
        ):
            found[-1].append(shift)
        else:
            found.append([shift])
    return found


@pytest.mark.parametrize("size", SIZES, ids=("desktop", "phone"))
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_nothing_moves_at_load_and_over_live_updates(
    hour: Program, site: Site, browser: Browser, size: tuple[int, int], locale: str
) -> None:
    """Movements stay below the size that a reader notices."""
    script = f"({_OBSERVE})()"
    with opened(browser, hour.url, size=size, locale=locale, before=script) as page:
        drawn(page)
        expect(models(page).get_by_role("rowheader")).to_have_count(2, timeout=PATIENCE_MS)
        expect(page.get_by_test_id("complete")).to_be_visible()
        still(page)
        assert_still(page)
        for credits_ in range(1, UPDATES + 1):
            site.charge(credits_, OPUS)
            hour.call("POST", "/api/refresh")
        expect(figure(page, "last")).to_have_text(str(UPDATES), timeout=PATIENCE_MS)
        still(page)
        assert_still(page)


@pytest.mark.timeout(20 * 60)
def test_nothing_moves_within_ten_minutes(hour: Program, site: Site, browser: Browser) -> None:
    """Axes, ages and intervals move on by real time, on a desktop and on a phone."""
    script = f"({_OBSERVE})()"
    desktop, phone = SIZES
    with (
        opened(browser, hour.url, size=desktop, locale="zh-CN", before=script) as wide,
        opened(browser, hour.url, size=phone, before=script) as narrow,
    ):
        for page in (wide, narrow):
            drawn(page)
        for step in range(MINUTES * 60 // STEP_S):
            site.charge(1 + step * 37 % 400, SONNET if step % 3 else OPUS)
            hour.call("POST", "/api/refresh")
            wide.wait_for_timeout(STEP_S * 1000)
        for page in (wide, narrow):
            expect(figure(page, "requests")).to_have_text(re.compile(r"1\d\d"))
            still(page)
            assert_still(page)
