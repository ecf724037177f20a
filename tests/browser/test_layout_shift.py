"""Nothing on the page moves by itself: at load, and while new requests arrive."""

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
SIZES: Final = ((1440, 900), (390, 844))

_OBSERVE: Final = """() => {
  // As from the second visit on: this site has no balance, and no place is kept for it.
  localStorage.setItem("creditcurve.balance", "none");
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const where = sources.map(({ node, previousRect, currentRect }) => {
        const [was, is] = [previousRect, currentRect].map(({ x, y }) => `${x},${y}`);
        return `${(node?.outerHTML ?? node?.textContent ?? "").slice(0, 90)} ${was} > ${is}`;
      });
      window.shifts.push({ value, where });
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
    """Fail if what has moved so far adds up to too much."""
    shifts: list[dict[str, Any]] = page.evaluate("() => window.shifts")
    assert sum(shift["value"] for shift in shifts) <= MOST, shifts


@pytest.mark.parametrize("size", SIZES, ids=("desktop", "phone"))
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_nothing_moves_at_load_and_over_live_updates(
    hour: Program, site: Site, browser: Browser, size: tuple[int, int], locale: str
) -> None:
    """The sum of all shifts stays below what a reader notices."""
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
