"""Walking a page with the Tab key, as those do who have no mouse."""

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Locator, Page

from support.looks import lost_focus

MOST_STOPS: Final = 150
"""No state of the page has so many: who has not come round by then never will."""

_MARK: Final = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  element.dataset.stopped ??= String(document.querySelectorAll("[data-stopped]").length);
  return element.dataset.stopped;
}"""

_UNREACHED: Final = """() => {
  const within = document.querySelector("[role=dialog], [role=alertdialog]") ?? document;
  const works = within.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0'], [role=switch], [role=tab]",
  );
  // Of a group that the arrows walk, one is a stop; the others have no place in the order.
  const isArrows = (element) =>
    element.tabIndex < 0 && element.closest("[role=group], [role=radiogroup], [role=tablist]");
  // The frame of such a group hands the focus on to one of its own.
  const isFrame = (element) => element.querySelector("[data-stopped]") !== null;
  const isOut = (element) =>
    element.disabled ||
    element.closest("[inert], [aria-hidden=true]") ||
    element.id === "content" ||
    ["dialog", "alertdialog"].includes(element.getAttribute("role")) ||
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  return [...works]
    .filter((element) => !("stopped" in element.dataset))
    .filter((element) => !isOut(element) && !isArrows(element) && !isFrame(element))
    .map((element) => element.outerHTML.slice(0, 160));
}"""


@dataclass(frozen=True)
class Stop:
    """Where the focus was, and what was wrong with it there."""

    mark: str
    wrong: str | None


def stops(page: Page) -> list[Stop]:
    """Every stop of the Tab key, from where the focus is and once round."""
    found: list[Stop] = []
    seen: set[Any] = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        mark = page.evaluate(_MARK)
        if mark is None and not found:
            continue
        if mark is None or mark in seen:
            return found
        seen.add(mark)
        found.append(Stop(mark, lost_focus(page)))
    raise AssertionError(f"Tab never comes round: {found}")


def unreached(page: Page) -> list[str]:
    """What can be worked and was no stop of the walk before."""
    found: list[str] = page.evaluate(_UNREACHED)
    return found


def forward_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, which is seen there."""
    key_until(page, "Tab", target)
    assert lost_focus(page) is None, lost_focus(page)


def key_until(page: Page, key: str, target: Locator) -> None:
    """Press a key until the target has the focus."""
    target.wait_for()
    for _ in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never leads to {target}")
