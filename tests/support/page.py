"""The parts of the page by their accessible names, in either language."""

import re
from typing import Final, Literal

from playwright.sync_api import Locator, Page, expect

Language = Literal["en", "zh"]
LOCALES: Final[dict[Language, str]] = {"en": "en-US", "zh": "zh-CN"}
PATIENCE_MS: Final = 30_000
"""Long enough to load over the network on a machine that other programs keep busy."""
STANDS_STILL: Final = (
    "() => document.getAnimations().every(({ playState }) => playState !== 'running')"
)
"""True without an animation: one without end takes a part of a processor."""
LATE_ANSWERS: Final = ["/api/account/history", "/api/usual", "/api/alerts/episodes"]
"""The calls of the last parts of the page."""

_STILL: Final = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const passing = () => document.getAnimations().filter(
    ({ effect }) => effect?.getComputedTiming().iterations !== Infinity,
  );
  // The curve is drawn again in a transition, some frames after the window has changed its size.
  const isDrawn = (canvas) =>
    !canvas.checkVisibility() || Number(canvas.dataset.width) === canvas.parentElement.clientWidth;
  const curves = () => [...document.querySelectorAll("[data-testid=curve-canvas][data-width]")];
  await document.fonts.ready;
  await frame();
  await frame();
  while (!curves().every(isDrawn)) await frame();
  // The end of one transition starts those of the elements that inherit its value.
  for (let running = passing(); running.length > 0; running = passing()) {
    await Promise.allSettled(running.map(({ finished }) => finished));
    await frame();
    await frame();
  }
}"""


def either(english: str, chinese: str) -> re.Pattern[str]:
    """Return a pattern that matches a name in both languages."""
    return re.compile(rf"^(?:{re.escape(english)}|{re.escape(chinese)})$")


def paste(page: Page, text: str) -> None:
    """Paste a text into the cookie's box from the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    cookie_box(page).click()
    page.keyboard.press("ControlOrMeta+V")


def cookie_box(page: Page) -> Locator:
    """Return the text field for the cookie."""
    return page.get_by_role("textbox", name="Cookie")


def summary(page: Page) -> Locator:
    """Return the curve's summary; its ``data-`` attributes count the drawn points."""
    return page.get_by_test_id("curve-summary")


def chart(page: Page) -> Locator:
    """Return the curve, as keyboard and screen readers find it."""
    return page.get_by_role("application")


def drawn(page: Page) -> None:
    """Wait until the curve is on its canvas; poll at every frame."""
    page.wait_for_function(
        "() => document.querySelector('canvas')?.checkVisibility()", timeout=PATIENCE_MS
    )


def settled(page: Page) -> None:
    """Wait until the parts that load last have answers that are not fetched again.

    An answer that is outdated when it arrives is fetched again in less than a second.
    """
    expect(page.get_by_test_id("figure-today")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_function(
        """parts => {
          const answers = performance.getEntriesByType("resource")
            .filter(({ name }) => name.includes("/api/"));
          const last = Math.max(...answers.map(({ responseEnd }) => responseEnd));
          const isThere = part => answers.some(({ name }) => name.includes(part));
          return parts.every(isThere) && performance.now() - last > 1_000;
        }""",
        arg=LATE_ANSWERS,
        timeout=PATIENCE_MS,
    )


def complete(page: Page) -> None:
    """Wait until the parts that load after the first view are there, and nothing is loading."""
    bell = page.get_by_role("button", name=re.compile("^(Alerts|提醒)"), include_hidden=True)
    expect(bell).to_be_attached(timeout=PATIENCE_MS)
    expect(page.locator(".notices")).to_be_attached(timeout=PATIENCE_MS)
    expect(page.get_by_test_id("skeleton")).to_have_count(0, timeout=PATIENCE_MS)


def figure(page: Page, name: Literal["credits", "requests", "last"]) -> Locator:
    """Return one of the figures above the curve."""
    return page.get_by_test_id(f"figure-{name}")


def legend(page: Page) -> Locator:
    """Return the models beside or below the curve."""
    return page.get_by_role("list", name=either("Models", "模型")).get_by_role("button")


def models(page: Page) -> Locator:
    """Return the table that compares models."""
    return page.get_by_test_id("models")


def whole_range(page: Page) -> Locator:
    """Return the button that is shown while the curve is zoomed."""
    return page.get_by_role("button", name=either("Reset zoom", "重置缩放"))


def dialog(page: Page) -> Locator:
    """Return the open dialog."""
    return page.get_by_role("dialog")


def content(page: Page) -> Locator:
    """Return the page without its header."""
    return page.get_by_role("main")


def open_settings(page: Page, section: str) -> Locator:
    """Open a section of the settings by its English name, from any page, and return it."""
    if page.get_by_role("navigation", name="Sections").count() == 0:
        page.get_by_role("button", name="Settings").first.click()
    page.get_by_role("navigation", name="Sections").get_by_role("link", name=section).click()
    return page.get_by_role("region", name=section)


def leave_settings(page: Page) -> None:
    """Go back from the settings to the curve."""
    page.get_by_role("link", name=either("Back to the curve", "返回曲线")).click()


def live_mark(page: Page) -> Locator:
    """Return the word for the state of the connection."""
    return page.get_by_role("status", name=either("State", "状态"))


def still(page: Page) -> None:
    """Wait for fonts, a curve of the window's size, and all finite animations."""
    page.evaluate(_STILL)


def first_in_sight(page: Page) -> str:
    """Return the chart's words for the first visible point: time, models, credits."""
    still(page)
    page.mouse.move(0, 0)
    chart(page).focus()
    page.keyboard.press("ArrowRight")
    said = page.locator("[aria-live=polite]", has_text=re.compile(r"\d{4}-\d\d-\d\d"))
    text = said.first.text_content() or ""
    chart(page).blur()
    return text


def turn(page: Page, *, is_visible: bool) -> None:
    """Show or hide the page, as a change of tabs would.

    Chromium does not hide pages that Playwright controls, so a script changes the page's state.
    """
    page.evaluate(
        """isVisible => {
          const state = isVisible ? "visible" : "hidden";
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
          Object.defineProperty(document, "hidden", { value: !isVisible, configurable: true });
          document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
        }""",
        is_visible,
    )
