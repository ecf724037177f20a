"""The moving picture of the README, from the demo: ``make motion``.

A browser visits the live page, waits for new requests, and changes range and view; equal frames are
joined. It needs Pillow, of the group ``docs``.
"""

import io
import sys
import time
from itertools import groupby

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from screenshots import IMAGES, LOCALES, demo

from support.browser import launch, opened  # in the path since the import above

SIZE = (1200, 750)
WIDTH = 1000
"""Frames are made smaller: a README is about as wide as this."""
FRAME_S = 0.25
PRESSES = ("6h", "total", "interval", "bars", "24h")
"""The values of the switches that are pressed."""
QUALITY = 60
MAX_BYTES = 1_500_000


def main() -> None:
    """Record the demo once for each language."""
    with demo() as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for language, locale in LOCALES.items():
            address = f"{url}/?range=1h"
            with opened(browser, address, locale=locale, size=SIZE, zone="Asia/Shanghai") as page:
                page.locator("canvas").first.wait_for()
                page.wait_for_timeout(3_000)
                frames = Recorder(page).record()
            write(language, frames)
        browser.close()


class Recorder:
    """Plays the visit and takes its frames."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[bytes] = []

    def record(self) -> list[bytes]:
        """Return the frames, one per ``FRAME_S``."""
        self._watch(11)  # a poll of the demo brings new requests every ten seconds
        self._point_at_the_curve()
        for name in PRESSES:
            self._page.locator(f'input[type="radio"][value="{name}"]').first.click()
            self._watch(2.5)
        return self._frames

    def _point_at_the_curve(self) -> None:
        box = self._page.locator("canvas").first.bounding_box()
        if box is None:
            raise RuntimeError("The page draws no curve.")
        for part in (0.35, 0.4, 0.45, 0.5, 0.55):
            self._page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
            self._watch(0.6)
        self._page.mouse.move(0, 0)

    def _watch(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begin = time.monotonic()
            self._frames.append(self._page.screenshot())
            self._page.wait_for_timeout(max(0, 1_000 * (begin + FRAME_S - time.monotonic())))


def write(language: str, frames: list[bytes]) -> None:
    """Write an animated WebP, and end with an error if it is too large for a README."""
    runs = [(frame, len(list(run))) for frame, run in groupby(frames)]
    pictures = [smaller(frame) for frame, _ in runs]
    file = IMAGES / f"live-{language}.webp"
    pictures[0].save(
        file,
        save_all=True,
        append_images=pictures[1:],
        duration=[round(1_000 * FRAME_S * count) for _, count in runs],
        loop=0,
        quality=QUALITY,
        method=6,
    )
    size = file.stat().st_size
    print(f"{file.name} · {len(runs)} frames · {size / 1e6:.2f} MB")
    if size > MAX_BYTES:
        sys.exit(f"{file.name} is larger than {MAX_BYTES / 1e6} MB")


def smaller(frame: bytes) -> Image.Image:
    """Return a frame in the size of the picture."""
    picture = Image.open(io.BytesIO(frame)).convert("RGB")
    return picture.resize((WIDTH, WIDTH * SIZE[1] // SIZE[0]), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
