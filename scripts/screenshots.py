"""The pictures of the README, from the demo: ``make screenshots``.

They show the real page in a real Chromium, so they cannot go stale unnoticed.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT / "tests"))

from support.browser import launch, opened  # noqa: E402 - the tests' own browser

WIDE, PHONE = (1440, 900), (390, 844)
LOCALES = {"en": "en-US", "zh": "zh-CN"}
Theme = Literal["light", "dark"]
PATIENCE_MS = 240_000


def main() -> None:
    """Start the demo, look at it, keep the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for language, locale in LOCALES.items():
            visit = partial(picture, browser, url, locale=locale)
            visit(f"dashboard-{language}-light", theme="light", size=WIDE)
            visit(f"dashboard-{language}-dark", theme="dark", size=WIDE)
            visit(f"phone-{language}", theme="dark", size=PHONE)
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo; yield its address."""
    program = subprocess.Popen(
        [sys.executable, "-m", "creditcurve", "demo", "--port", "0", "--no-open"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield next(iter(program.stdout or ())).removeprefix("Listening on ").strip()
    finally:
        program.terminate()
        program.wait()


def picture(  # noqa: PLR0913 - what a picture shows
    browser: Browser, url: str, name: str, *, locale: str, theme: Theme, size: tuple[int, int]
) -> None:
    """One picture of the dashboard over six hours."""
    with opened(
        browser, f"{url}/?range=6h", locale=locale, theme=theme, size=size, zone="Asia/Shanghai"
    ) as page:
        page.set_default_timeout(PATIENCE_MS)
        page.locator("canvas").first.wait_for()
        expect(page.locator(".animate-shimmer")).to_have_count(0, timeout=PATIENCE_MS)
        expect(page.get_by_text("…", exact=True)).to_have_count(0, timeout=PATIENCE_MS)
        page.wait_for_timeout(1_000)
        page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
