"""Information that only colours carry stays visible in the forced colours of the system."""

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import opened
from support.page import PATIENCE_MS, drawn, models
from support.program import Program
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

BACKGROUND = """element => getComputedStyle(element).backgroundColor"""
MARKS = """
() => [...document.querySelectorAll("main span")]
  .filter(mark => mark.childElementCount === 0 && mark.textContent === "" && mark.offsetWidth > 0)
  .map(mark => ({ mark, own: getComputedStyle(mark).backgroundColor }))
  .filter(({ mark }) => mark.style.backgroundColor !== "")
  .map(({ mark, own }) => ({ own, asked: mark.style.backgroundColor, width: mark.offsetWidth }))
"""


@pytest.fixture
def spent(program: Program, site: Site) -> Program:
    """Collect, with requests of two models."""
    site.charge(42, model="claude-opus-4-5-20251101")
    site.charge(8, model="claude-sonnet-4-5-20250929")
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


def is_on(page: Page) -> str:
    """Return the colour of the switch."""
    return str(page.get_by_role("switch").first.evaluate(BACKGROUND))


def test_the_switch_and_the_models_keep_their_colours(spent: Program, browser: Browser) -> None:
    with opened(browser, spent.url, motion=False) as page:
        page.emulate_media(forced_colors="active")
        drawn(page)
        expect(models(page).get_by_role("row")).to_have_count(3, timeout=PATIENCE_MS)
        bars = page.evaluate(MARKS)
        on = is_on(page)
        page.get_by_role("switch").first.click()
        page.get_by_role("switch", checked=False).first.wait_for()
        off = is_on(page)
    assert len({bar["own"] for bar in bars}) >= 2
    assert all(bar["own"] not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)") for bar in bars)
    assert on != off
