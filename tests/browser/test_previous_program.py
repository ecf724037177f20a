"""A program that used the address earlier: neither its service worker nor its data is kept."""

import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from support.browser import opened
from support.page import PATIENCE_MS, cookie_box
from support.program import Program
from support.site import Site

pytestmark = pytest.mark.slow

_PAGE = b"""<!doctype html><title>Previous</title><script>
localStorage.setItem("previous", "data");
navigator.serviceWorker.register("/sw.js");
</script>"""
_WORKER = b"""
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  const headers = { "content-type": "text/html" };
  event.respondWith(new Response("<title>Hijacked</title>", { headers }));
});
"""
_WORKER_ACTIVE = "navigator.serviceWorker.ready.then(() => true)"
_NO_WORKER = """async () => {
  while ((await navigator.serviceWorker.getRegistrations()).length > 0)
    await new Promise((done) => setTimeout(done, 100));
}"""


class _Previous(http.server.BaseHTTPRequestHandler):
    """Serves a page, and a service worker that answers every navigation itself."""

    def do_GET(self) -> None:
        is_worker = self.path == "/sw.js"
        self.send_response(200)
        self.send_header("content-type", "text/javascript" if is_worker else "text/html")
        self.end_headers()
        self.wfile.write(_WORKER if is_worker else _PAGE)

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""


@contextmanager
def previous() -> Iterator[int]:
    """Run the previous program; yield its port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Previous)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_service_worker_of_another_program_is_unregistered(
    tmp_path: Path, site: Site, browser: Browser
) -> None:
    """It answers one more navigation, and its next update is its end."""
    program = Program(tmp_path, site.url)
    with previous() as port:
        url = f"http://127.0.0.1:{port}/"
        context = browser.new_context()
        page = context.new_page()
        page.goto(url)
        page.evaluate(_WORKER_ACTIVE)
    try:
        program.restart_on(str(port))
        page.goto(url)
        assert page.title() == "Hijacked"
        page.evaluate(_NO_WORKER)
        page.goto(url)
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
        assert page.evaluate("localStorage.getItem('previous')") is None
    finally:
        context.close()
        program.stop()


def test_our_own_preferences_are_kept(program: Program, browser: Browser) -> None:
    """Only the first visit of a browser clears the address."""
    with opened(browser, program.url) as page:
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
        page.evaluate("localStorage.setItem('creditcurve.hidden', 'kept')")
        page.reload()
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
        assert page.evaluate("localStorage.getItem('creditcurve.hidden')") == "kept"


@pytest.mark.slow
def test_a_changed_part_that_loads_later_is_not_run(program: Program, browser: Browser) -> None:
    """Another program left a file at the address of a part of the page."""

    def planted(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{answer.text()};window.planted = true;")

    with opened(browser, program.url, forgives=("integrity", "Failed to", "dynamically")) as page:
        expect(cookie_box(page)).to_be_visible(timeout=PATIENCE_MS)
        page.route(re.compile(r"/assets/Settings-"), planted)
        with page.expect_console_message(lambda message: "integrity" in message.text):
            page.goto(f"{program.url}/?settings=")
        assert page.evaluate("window.planted") is None
