"""Check a state of the page in both languages, both themes and at all widths.

axe must find nothing, every text must fit, and every target must be large enough for a finger. A
picture of each form is stored. Each language is checked in one theme: contrast does not depend on
the language.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Browser, Page, expect

from support.browser import keep, opened
from support.page import LOCALES, Language, still

Theme = Literal["light", "dark"]
THEMES: Final[dict[Language, Theme]] = {"en": "light", "zh": "dark"}
WIDTHS: Final = (360, 768, 2560)
"""Checked besides the widths of the pictures, 390 and 1440."""

_SUPPORT: Final = Path(__file__).parent
_AXE: Final = _SUPPORT.parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_FOUND_BY_AXE: Final = """async tags => {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    runOnly: { type: "tag", values: tags },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}"""


def looked_at(
    browser: Browser,
    url: str,
    name: str,
    reach: Callable[[Page], None],
    *,
    narrow: bool = True,
    forgives: tuple[str, ...] = (),
    zone: str = "UTC",
) -> None:
    """Bring a page into a state, in each language, and check it in every form.

    Args:
        browser: opens the pages.
        url: the address of the page.
        name: the state's name, for its pictures.
        reach: brings an opened page into the state.
        narrow: whether the state also exists on a phone.
        forgives: parts of expected console messages.
        zone: the system's time zone.
    """
    __tracebackhide__ = True
    for language, locale in LOCALES.items():
        with opened(
            browser, url, locale=locale, zone=zone, motion=False, forgives=forgives
        ) as page:
            reach(page)
            check(page, f"{name}-{language}", THEMES[language], narrow=narrow)


def check(page: Page, name: str, theme: Theme, *, narrow: bool = True) -> None:
    """Check all forms of the page's present state; fail with a list of all faults.

    Args:
        page: in the state, 1440 pixels wide.
        name: the state's name, for its pictures.
        theme: the system's theme.
        narrow: whether the state also exists on a phone.
    """
    __tracebackhide__ = True
    found: list[str] = []
    size = page.viewport_size
    assert size is not None
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    still(page)
    keep(page, f"{name}-{theme}")
    found += [f"{theme}: {each}" for each in found_by_axe(page)]
    found += [f"1440: {each}" for each in misfits(page)]
    for width in WIDTHS:
        if width < 768 and not narrow:
            continue
        page.set_viewport_size({"width": width, "height": 900})
        still(page)
        found += [f"{width}: {each}" for each in misfits(page)]
    if narrow:
        found += _on_a_phone(page, name)
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert not found, "\n".join(dict.fromkeys(found))


def found_by_axe(page: Page) -> list[str]:
    """Return the violations that axe finds on the page."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found: list[str] = page.evaluate(_FOUND_BY_AXE, list(_RULES))
    return found


def misfits(page: Page) -> list[str]:
    """Return texts that are cut off or overflow, and a page that scrolls sideways."""
    found: list[str] = _checked(page, "fit()")
    return found


def small_targets(page: Page) -> list[str]:
    """Return touch targets less than 44 pixels wide or high."""
    found: list[str] = _checked(page, "targets()")
    return found


def lost_focus(page: Page) -> str | None:
    """Return the fault of the focus: missing, outside the viewport, or without a visible mark."""
    said: str | None = _checked(page, "focus()")
    return said


def _on_a_phone(page: Page, name: str) -> Iterator[str]:
    page.set_viewport_size({"width": 390, "height": 844})
    with _touched(page):
        still(page)
        yield from (f"390: {each}" for each in misfits(page))
        yield from (f"finger: {each}" for each in small_targets(page))
        # Last: a picture of the whole page ends the emulation of touch.
        keep(page, f"{name}-phone", whole=True)


@contextmanager
def _touched(page: Page) -> Iterator[None]:
    """Emulate a touch screen."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        yield
    finally:
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        session.detach()


def _checked(page: Page, call: str) -> Any:
    return page.evaluate(f"{_checks()}.{call}")


@cache
def _checks() -> str:
    return (_SUPPORT / "checks.js").read_text().strip()


@cache
def _axe() -> str:
    return _AXE.read_text()
