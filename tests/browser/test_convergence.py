"""After any sequence of events, a page soon shows the program's data."""

import difflib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import opened
from support.convergence import ROW_LIMIT, Story
from support.page import PATIENCE_MS, complete, figure, live_mark, summary
from support.program import Program
from support.proxy import Proxy
from support.site import COOKIE, Site, sample_history
from support.visible import countdown_s, known_percent, served, visible

EXPECTED_NOISE = ("ERR_", "Failed to load")
CONVERGED_S = 1.0
"""After the last event has reached the page."""
SLACK_S = 4.0
"""For a machine that other tests keep busy."""
PERCENT_STEP = 0.11
"""The smallest difference of two percentages, which have one decimal."""
VISITS = [
    pytest.param(range(1)),
    *(pytest.param(range(n, n + 20), marks=pytest.mark.slow) for n in range(0, 200, 20)),
]


def _wait_until(is_true: Callable[[], bool], page: Page, wait_s: float) -> bool:
    deadline = time.monotonic() + wait_s
    while not is_true():
        if time.monotonic() > deadline:
            return False
        page.wait_for_timeout(50)
    return True


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_pages_converge(seed: int, tmp_path: Path, browser: Browser) -> None:
    """Two pages, of every other sequence with the list of requests."""
    query = "?panel=records" if seed % 2 else ""
    with (
        Site(sample_history(), row_limit=ROW_LIMIT) as site,
        Program(tmp_path, site.url) as program,
        Proxy(program.url) as proxy,
        opened(browser, f"{proxy.url}/{query}", motion=False, forgives=EXPECTED_NOISE) as page,
    ):
        story = Story(program, site, proxy, seed)
        story.begin()
        other = page.context.new_page()
        other.goto(f"{proxy.url}/{query}")
        proxy.delay(0.4, seed)
        story.play([page, other], steps=8)
        proxy.hurry()
        for each in (page, other):
            expect(live_mark(each)).not_to_have_text("Reconnecting", timeout=20_000)
        _compare(program, browser, [page, other], query, story)


def _compare(
    program: Program, browser: Browser, pages: list[Page], query: str, story: Story
) -> None:
    began = time.monotonic()
    url = f"{program.url}/{query}"
    with opened(browser, url, motion=False, forgives=EXPECTED_NOISE) as fresh:
        figures = served(program)
        for name in ("credits", "requests"):
            expect(figure(fresh, name)).to_have_text(figures[name], timeout=PATIENCE_MS)
        expect(live_mark(fresh)).not_to_have_text("Connecting")
        if "panel=records" in query:
            export = fresh.get_by_role("button", name="Export", include_hidden=True)
            expect(export).to_be_attached(timeout=PATIENCE_MS)
        complete(fresh)
        # A machine that needs long for a new page also needs long for repeated calls.
        slack_s = max(SLACK_S, 2 * (time.monotonic() - began))
        for page in pages:
            _assert_equal(page, fresh, CONVERGED_S + slack_s, story)


def _assert_equal(page: Page, fresh: Page, wait_s: float, story: Story) -> None:
    is_equal = _wait_until(lambda: _is_equal(page, fresh), page, wait_s)
    lines = difflib.unified_diff(
        visible(fresh).splitlines(), visible(page).splitlines(), "fresh", "page", n=1
    )
    assert is_equal, "\n".join([f"after {', '.join(story.told)}", *lines])


def _is_equal(page: Page, fresh: Page) -> bool:
    """Return whether both show the same; a slow machine takes seconds between two readings."""
    if visible(page) != visible(fresh):
        return False
    shares = known_percent(page), known_percent(fresh), known_percent(page)
    waits = countdown_s(page), countdown_s(fresh), countdown_s(page)
    return _is_between(*shares, slack=PERCENT_STEP) and _is_between(*waits, slack=1)


def _is_between(
    before: float | None, there: float | None, after: float | None, *, slack: float
) -> bool:
    """Return whether a value that moves with the time is equal on both pages."""
    if before is None or there is None or after is None:
        return there in (before, after)
    return min(before, after) - slack <= there <= max(before, after) + slack


@pytest.mark.parametrize("visits", VISITS, ids=lambda visits: f"{visits.start}-{visits.stop}")
def test_first_visits_show_the_state_of_the_program(
    visits: range, tmp_path: Path, browser: Browser
) -> None:
    """A cookie is stored while the page loads: the curve is fetched around the first poll."""
    wrong = []
    for visit in visits:
        folder = tmp_path / str(visit)
        folder.mkdir()
        with Site() as site, Program(folder, site.url) as program:
            site.charge(42)
            with opened(browser, program.url, motion=False, forgives=EXPECTED_NOISE) as page:
                page.wait_for_timeout(visit * 37 % 500)
                program.give_cookie(COOKIE, collecting=True)
                expect(figure(page, "credits")).to_have_text("42", timeout=PATIENCE_MS)
                gaps = str(len(program.get("/api/usage?hours=1")["gaps"]))
                if not _shows_gaps(page, gaps):
                    wrong.append((visit, gaps, summary(page).get_attribute("data-gaps")))
    assert wrong == []


def _shows_gaps(page: Page, gaps: str) -> bool:
    said = summary(page)
    wait_s = CONVERGED_S + SLACK_S
    return _wait_until(lambda: said.get_attribute("data-gaps") == gaps, page, wait_s)
