"""Passing messages: the page's own font, and below the header."""

import pytest
from playwright.sync_api import Browser, Route, expect

from support.browser import opened
from support.page import PATIENCE_MS, drawn
from support.program import Program
from support.site import COOKIE

PROBLEM = '{"status":500,"title":"Error","code":"internal_error","detail":"Failed."}'


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_toast_looks_like_the_page(
    program: Program, browser: Browser, size: tuple[int, int]
) -> None:
    """It covers no control of the header."""
    program.give_cookie(COOKIE, collecting=True)

    def fail(route: Route) -> None:
        if route.request.method == "PATCH":
            route.fulfill(status=500, content_type="application/problem+json", body=PROBLEM)
        else:
            route.continue_()

    with opened(browser, program.url, size=size, motion=False, forgives=("500",)) as page:
        drawn(page)
        page.route("**/api/settings", fail)
        page.get_by_role("switch").click()
        toast = page.locator("[data-sonner-toast]")
        expect(toast).to_contain_text("Not changed", timeout=PATIENCE_MS)
        font = "element => getComputedStyle(element).fontFamily"
        assert toast.evaluate(font) == page.locator("body").evaluate(font)
        expect(toast).to_have_attribute("data-mounted", "true")
        place, header = toast.bounding_box(), page.get_by_role("banner").bounding_box()
        assert place is not None
        assert header is not None
        assert place["y"] >= header["y"] + header["height"]
