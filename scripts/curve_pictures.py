"""Every form of the curve, to look at: ``make curve-pictures``.

Five ranges, three views, two themes and two window sizes, with one model and with ten, with and
without unwatched stretches. The pictures are in ``artifacts/curve``.
"""

import itertools
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import httpx2
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "artifacts" / "curve"
sys.path.insert(0, str(ROOT / "tests"))

from creditcurve.simulator import History  # noqa: E402 - the path is set above
from support.browser import launch, opened  # noqa: E402 - as above
from support.program import Program  # noqa: E402 - as above
from support.site import COOKIE, Site  # noqa: E402 - as above

MODELS: Final = (
    "claude-opus-4-5-20251101",
    "claude-sonnet-4-5-20250929",
    "claude-haiku-4-5-20251001",
    "claude-sonnet-4-20250514",
    "claude-opus-4-1-20250805",
    "claude-3-7-sonnet-20250219",
    "claude-3-5-haiku-20241022",
    "claude-opus-4-20250514",
    "gpt-5.1-codex",
    "gemini-3-pro",
)
Theme = Literal["light", "dark"]

RANGES: Final = ("1h", "6h", "24h", "7d", "30d")
VIEWS: Final = ("requests", "interval", "total")
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
SIZES: Final = {"desktop": (1440, 900), "phone": (390, 844)}
PATIENCE_S: Final = 300.0
HOUR_S: Final = 3_600
MONTH_S: Final = 30 * 24 * HOUR_S
ROWS_PER_MODEL: Final = 4
"""Too few for two hours of requests: the site's answer leaves a gap."""


def main() -> None:
    """Take all pictures, for the models and gaps of each set of requests."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launch(playwright) as browser:
        for count, has_gaps in itertools.product((1, 10), (False, True)):
            name = f"{count}-{'gaps' if has_gaps else 'whole'}"
            with collected(MODELS[:count], has_gaps=has_gaps) as url:
                for theme, size in itertools.product(THEMES, SIZES):
                    take(browser, url, name, theme, size)


@contextmanager
def collected(models: tuple[str, ...], *, has_gaps: bool) -> Iterator[str]:
    """Run a program that has collected a month of requests; yields its address."""
    with (
        Site(History()) as site,
        tempfile.TemporaryDirectory() as folder,
        Program(Path(folder), site.url) as program,
    ):
        chance = random.Random(4)  # noqa: S311 - the same requests each time
        charge(site, models, chance, since_s=MONTH_S, until_s=3 * HOUR_S)
        if has_gaps:
            collect(program)
            site.simulator.honours_hours = False
            site.simulator.row_limit = ROWS_PER_MODEL * len(models)
        charge(site, models, chance, since_s=2 * HOUR_S, until_s=60)
        collect(program)
        yield program.url


def collect(program: Program) -> None:
    """Collect all requests of the site: a month of ten models takes its time."""
    program.give_cookie(COOKIE, collecting=True)
    answer = httpx2.post(f"{program.url}/api/refresh", timeout=PATIENCE_S, trust_env=False)
    answer.raise_for_status()


def charge(
    site: Site, models: tuple[str, ...], chance: random.Random, *, since_s: int, until_s: int
) -> None:
    """Add bursts of requests of each model, with pauses between them."""
    for model in models:
        ago_s = float(since_s)
        while ago_s > until_s:
            for _ in range(chance.randrange(1, 12)):
                cost = max(1, round(chance.lognormvariate(2.6, 0.9)))
                site.charge(cost, model, ago_s=round(ago_s))
                ago_s -= chance.randrange(6, 70)
                if ago_s <= until_s:
                    break
            ago_s -= chance.expovariate(1 / (0.9 * HOUR_S))


def take(browser: Browser, url: str, data: str, theme: Theme, size: str) -> None:
    """Take the pictures of all ranges and views, in one browser window."""
    with opened(browser, url, theme=theme, size=SIZES[size], zone="Asia/Shanghai") as page:
        page.set_default_timeout(PATIENCE_S * 1_000)
        for range_, view in itertools.product(RANGES, VIEWS):
            page.goto(f"{url}/?range={range_}&view={view}")
            page.locator("[data-testid=curve-canvas] canvas").first.wait_for()
            page.wait_for_timeout(600)
            page.screenshot(path=PICTURES / f"{data}-{range_}-{view}-{theme}-{size}.png")


if __name__ == "__main__":
    main()
