"""A marked cookie and a marked access key go through the page: no trace of them stays in it.

The files and answers of the program are checked in ``flow/test_canary.py``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Response, expect

from creditcurve.domain.secret import Secret
from support.browser import opened
from support.canary import Canary, Evidence
from support.cookie_copies import COPIES
from support.page import PATIENCE_MS, content, cookie_box, dialog, open_settings, paste
from support.program import Program
from support.site import Site

pytestmark = pytest.mark.slow

LOGIN = "__Secure-authjs.session-token"
FORGIVEN = ("401", "422", "409", "502")

LEFT_BEHIND = """async () => JSON.stringify([
  location.href, document.title, document.cookie, document.referrer, name, history.state,
  { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys(),
  [...document.querySelectorAll("input, textarea")].map(field => field.value),
  performance.getEntries().map(entry => entry.name), navigator.serviceWorker?.controller?.scriptURL,
  document.documentElement.outerHTML, String(getSelection()),
])"""


@pytest.fixture
def key() -> Canary:
    """The access key."""
    return Canary()


@pytest.fixture
def locked(tmp_path: Path, site: Site, key: Canary) -> Iterator[Program]:
    """A program that asks for it, with everything logged."""
    environment = {"CREDITCURVE_ACCESS_KEY": key.text}
    arguments = ("--log-level", "debug")
    with Program(tmp_path, site.url, arguments=arguments, environment=environment) as program:
        yield program


def watch(page: Page, evidence: Evidence) -> None:
    """Note requests, responses, console messages and addresses; not the bodies with a secret."""

    def on_request(request: Request) -> None:
        evidence.add("request", f"{request.url}\n{request.headers}")

    def on_response(response: Response) -> None:
        evidence.add("response", f"{response.url}\n{response.headers}")

    page.on("request", on_request)
    page.on("response", on_response)
    page.on("console", lambda message: evidence.add("console", message.text))
    page.on("framenavigated", lambda frame: evidence.add("address", frame.url))


def note(page: Page, evidence: Evidence) -> None:
    """Note the texts, fields and storage of the page."""
    evidence.add("page", page.evaluate(LEFT_BEHIND))


def give_key(page: Page, text: str) -> None:
    """In the form that the page opens with."""
    page.get_by_label("Access key", exact=True).fill(text)
    page.get_by_role("main").get_by_role("button").click()


def test_the_page_keeps_neither_the_cookie_nor_the_key(
    locked: Program, site: Site, browser: Browser, key: Canary
) -> None:
    """Entered, refused, taken, dead, replaced, looked at in the settings; and after a reload."""
    cookie, evidence = Canary(), Evidence()
    pairs = [("theme", "dark"), (LOGIN, cookie.text)]
    site.simulator.cookie = Secret.of(f"{LOGIN}={cookie.text}")
    with opened(browser, locked.url, forgives=FORGIVEN) as page:
        watch(page, evidence)
        give_key(page, f"{key.text}x")
        expect(page.get_by_text("Wrong access key.")).to_be_visible(timeout=PATIENCE_MS)
        give_key(page, key.text)
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
        note(page, evidence)
        paste(page, f"{LOGIN}={cookie.text}…")
        expect(page.get_by_role("button", name="Jump to it")).to_be_visible()
        paste(page, COPIES["Chromium, bash"](pairs))
        expect(page.get_by_text("Cookie works")).to_be_visible()
        note(page, evidence)
        page.get_by_role("main").get_by_role("button", name="Start collecting").click()
        expect(page.locator("canvas").first).to_be_visible(timeout=PATIENCE_MS)
        site.simulator.faults.set("unauthorized", endpoint="usage", times=1)
        page.get_by_role("button", name="Refresh").first.click()
        expect(dialog(page)).to_be_visible(timeout=PATIENCE_MS)
        paste(page, COPIES["header"](pairs))
        expect(dialog(page)).to_be_hidden(timeout=PATIENCE_MS)
        expect(open_settings(page, "Cookie").get_by_text(LOGIN)).to_be_visible(timeout=PATIENCE_MS)
        note(page, evidence)
        page.reload()
        expect(content(page).get_by_text(LOGIN)).to_be_visible(timeout=PATIENCE_MS)
        note(page, evidence)
    evidence.add("log", locked.log)
    assert len(evidence) > 40
    assert not evidence.traces(cookie, key)
    assert COPIES["header"](pairs).encode() in {
        request.header(b"cookie") for request in site.simulator.requests
    }
