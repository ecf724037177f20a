"""Text at 200 % on a phone 360 pixels wide: everything fits, and no control disappears."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support.browser import launch_with_text
from support.looks import misfits
from support.page import PATIENCE_MS, complete, either, still
from support.program import Program
from support.site import COOKIE, OPUS, SONNET, Site

PAGES = (
    "/?range=1h",
    "/?range=7d",
    "/?range=6h&by=api_key",
    "/?range=1h&panel=records",
    "/?dialog=cookie",
    *(
        f"/?settings={section}"
        for section in ("general", "collecting", "cookie", "account", "alerts", "data", "about")
    ),
)
SHOWN = """() => [...document.querySelectorAll("a[href], button, input, select")]
  .filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .map((each) => each.getAttribute("aria-label") ?? each.textContent ?? "")
  .map((name) => name.replace(/[\\d,.]+/g, "#"))"""


@pytest.fixture
def spent(program: Program, site: Site) -> Program:
    """Collect large amounts of two models."""
    for minute in range(1, 50):
        site.charge(9_000 + minute, SONNET if minute % 2 else OPUS, ago_s=60 * minute)
    program.give_cookie(COOKIE, collecting=True)
    program.call("POST", "/api/refresh")
    return program


@pytest.fixture(params=["en-US", "zh-CN"])
def contexts(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> Iterator[list[BrowserContext]]:
    """Phones with text at 100 % and at 200 %."""
    opened = [
        launch_with_text(browser, tmp_path / str(size), size, locale=request.param)
        for size in (16, 32)
    ]
    yield opened
    for each in opened:
        each.close()


def shown(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_role("main")).to_be_visible(timeout=PATIENCE_MS)
    if "settings" in url:
        sections = page.get_by_role("navigation", name=either("Sections", "分类"))
        expect(sections).to_be_visible(timeout=PATIENCE_MS)
    else:
        expect(page.get_by_test_id("figure-today")).to_be_visible(timeout=PATIENCE_MS)
    if "dialog" in url:
        close = page.get_by_role("dialog").get_by_role("button", name=either("Close", "关闭"))
        expect(close).to_be_visible(timeout=PATIENCE_MS)
    if "panel=records" in url:
        expect(page.get_by_role("button", name=either("Export", "导出"))).to_be_visible(
            timeout=PATIENCE_MS
        )
    complete(page)
    still(page)
    return page


@pytest.mark.slow
def test_everything_fits_and_no_control_is_missing(
    spent: Program, contexts: list[BrowserContext]
) -> None:
    faults = []
    for path in PAGES:
        plain, large = (shown(context, spent.url + path) for context in contexts)
        size = large.evaluate("() => getComputedStyle(document.documentElement).fontSize")
        assert size == "32px"
        faults += [f"{path}: {each}" for each in misfits(large)]
        missing = set(plain.evaluate(SHOWN)) - set(large.evaluate(SHOWN))
        faults += [f"{path}: {json.dumps(each)} is missing" for each in missing]
        plain.close()
        large.close()
    assert not faults, "\n".join(faults)
