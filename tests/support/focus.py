"""Keyboard navigation of a page with the Tab key."""

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Locator, Page

from support.looks import lost_focus

MOST_STOPS: Final = 150
"""More than any state of the page has; reaching it means that Tab does not cycle."""

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
  // In a group with arrow keys only one element is a stop.
  const isArrows = (element) =>
    (element.tabIndex < 0 || element.type === "radio") &&
    element.closest("[role=group], [role=radiogroup], [role=tablist]");
  // The container of such a group passes the focus on to an element inside.
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
    """A focused element, and the fault of its focus mark, if there is one."""

    mark: str
    wrong: str | None


def stops(page: Page) -> list[Stop]:
    """Return all stops of the Tab key, starting at the present focus."""
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
    """Return the controls that the previous walk did not reach."""
    found: list[str] = page.evaluate(_UNREACHED)
    return found


def forward_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has a visible focus."""
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
