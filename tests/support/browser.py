"""A real Chromium, and pages whose console errors fail a test."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "screenshots"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADDRESS_BAR_PAGES = ("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup")
"""Features of Chromium that load two pages of its own beside each page that is opened."""
_WITHOUT = (
    # The last list of the command line counts: this one also has what Playwright leaves out.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    *ADDRESS_BAR_PAGES,
)


def launch(playwright: Playwright, *arguments: str, without: tuple[str, ...] = ()) -> Browser:
    """Start the Chromium of this machine, or Playwright's if it is not installed.

    Args:
        playwright: starts it.
        arguments: further arguments of its command line.
        without: further features to turn off.
    """
    given = [*_arguments(*without), *arguments]
    return playwright.chromium.launch(executable_path=_found(), args=given)


def launch_with_text(
    browser: Browser, folder: Path, size_px: int, *, locale: str
) -> BrowserContext:
    """Start a Chromium as on a phone, with a text size set by its user."""
    profile = folder / "Default"
    profile.mkdir(parents=True)
    preferences = {"webkit": {"webprefs": {"default_font_size": size_px}}}
    (profile / "Preferences").write_text(json.dumps(preferences))
    return browser.browser_type.launch_persistent_context(
        folder,
        executable_path=_found(),
        args=_arguments(),
        viewport={"width": 360, "height": 800},
        has_touch=True,
        reduced_motion="reduce",
        locale=locale,
        timezone_id="UTC",
    )


def zone_at_noon() -> str:
    """Return a time zone in which it is about noon, so that today contains the last hours."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}"


def _found() -> str | None:
    named = os.environ.get("CREDITCURVE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


def _arguments(*without: str) -> list[str]:
    as_root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    return [*_QUIET, f"--disable-features={','.join((*_WITHOUT, *without))}", *as_root]


@contextmanager
def opened(
    browser: Browser,
    url: str,
    *,
    locale: str = "en-US",
    zone: str = "UTC",
    theme: Literal["light", "dark"] = "light",
    size: tuple[int, int] = (1440, 900),
    motion: bool = True,
    forgives: tuple[str, ...] = (),
    before: str = "",
) -> Iterator[Page]:
    """Open a page; a narrow one has a touch screen.

    Args:
        browser: opens the page.
        url: the address.
        locale: the browser's language.
        zone: the system's time zone.
        theme: the system's colour scheme.
        size: the window's width and height.
        motion: whether the system allows motion.
        forgives: parts of expected console messages.
        before: a script that runs before the page's scripts.

    Raises:
        AssertionError: at the end, after an error on the console or a request to another host.
    """
    own = (f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/", "data:", "blob:")
    context = browser.new_context(
        locale=locale,
        timezone_id=zone,
        color_scheme=theme,
        viewport={"width": size[0], "height": size[1]},
        has_touch=size[0] < 600,
        reduced_motion="no-preference" if motion else "reduce",
    )
    complaints: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith(own):
            complaints.append(f"another host: {request.url}")

    context.add_init_script(before)
    page = context.new_page()
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    page.on("request", on_request)
    try:
        page.goto(url)
        yield page
    finally:
        context.close()
    left = [text for text in complaints if not any(part in text for part in forgives)]
    assert not left, left


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """Store a screenshot of the viewport, or of the whole page."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=whole)
