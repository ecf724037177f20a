"""The specification's sample answer, from the site to the drawn chart."""

from playwright.sync_api import Browser, expect

from support.browser import keep, opened
from support.program import Program
from support.site import COOKIE

RANGE = "?from=2025-08-25T12:40:00.000Z&to=2025-08-25T13:40:00.000Z"


_HAS_LINE = """() => {
  const canvas = document.querySelector("canvas");
  const { width, height } = canvas;
  const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let coloured = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue, alpha] = pixels.slice(at, at + 4);
    if (alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 80) coloured++;
  }
  return coloured > 150;
}"""
"""Whether dots and lines in a colour are on the canvas: texts and grid are grey."""


def test_the_sample_answer_is_drawn_exactly(program: Program, browser: Browser) -> None:
    """16 requests, 334 credits, the last point 2025-08-25 13:39:44 with 9; one line."""
    program.give_cookie(COOKIE)
    program.call("PATCH", "/api/settings", {"time_zone": "UTC"})
    assert program.call("POST", "/api/refresh").json()["new"] == 20
    with opened(browser, f"{program.url}/{RANGE}", locale="en-US") as page:
        summary = page.get_by_test_id("curve-summary")
        expect(summary).to_have_attribute("data-points", "16", timeout=15_000)
        expect(summary).to_have_attribute("data-lines", "1")
        expect(summary).to_contain_text("334")
        expect(summary).to_contain_text("2025-08-25 13:39:44: 9")
        expect(page.get_by_test_id("figure-credits")).to_have_text("334")
        expect(page.get_by_test_id("figure-requests")).to_have_text("16")
        expect(page.get_by_test_id("figure-last")).to_have_text("9")
        expect(page.locator("canvas").first).to_be_visible(timeout=15_000)
        page.wait_for_function(_HAS_LINE)
        keep(page, "sample")


def test_counting_tokens_draws_no_separate_line(program: Program, browser: Browser) -> None:
    """The four count_tokens rows are in the list of records, and not in the curve."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    with opened(browser, f"{program.url}/{RANGE}&panel=records") as page:
        expect(page.get_by_test_id("curve-summary")).to_have_attribute("data-points", "16")
        expect(page.get_by_role("cell", name="v1/messages/count_tokens")).to_have_count(4)
