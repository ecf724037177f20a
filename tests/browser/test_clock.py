"""A browser with a wrong clock shows the program's data, and by how much the clock is off."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support.browser import opened
from support.page import PATIENCE_MS, figure
from support.program import Program
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

CLOCK = (Path(__file__).parents[1] / "support" / "page-clock.js").read_text()


@pytest.mark.parametrize(
    ("offset", "words"), [("600000", "10 min fast"), ("-600000", "10 min slow")]
)
def test_a_clock_that_is_off_changes_no_figure(
    program: Program, site: Site, browser: Browser, offset: str, words: str
) -> None:
    site.charge(42, ago_s=30)
    site.charge(8, ago_s=3_200)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    script = CLOCK.replace("OFFSET_MS = 600000", f"OFFSET_MS = {offset}")
    with opened(browser, program.url, before=script) as page:
        expect(figure(page, "credits")).to_have_text("50", timeout=PATIENCE_MS)
        expect(page.get_by_text(f"clock is {words}")).to_be_visible()
