"""Hostile pages in a real Chromium: none changes anything, none reads anything."""

import csv
import io
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    expect,
    sync_playwright,
)

from creditcurve.recordfiles.csv import unescape_formula
from support.attacks import AFTER_REBINDING, FROM_ANOTHER_PORT, HELPERS
from support.browser import launch, opened
from support.program import Program
from support.site import COOKIE, Site

pytestmark = pytest.mark.slow

NO_ORIGIN = ("read the curve", "refresh", "refresh without CORS", "delete the cookie")
HOSTILE_MODELS = (
    "<img src=x onerror=\"document.title='taken'\">",
    "<script>document.title='taken'</script>",
    "javascript:document.title='taken'",
    "__proto__",
    "=cmd|'/c calc'!A1",
    "+cmd|'/c calc'!A1",
    "-cmd|'/c calc'!A1",
    "@SUM(A1)*cmd|'/c calc'!A1",
    "\t=cmd|'/c calc'!A1",
    "\r=cmd|'/c calc'!A1",
    "\n=cmd|'/c calc'!A1",
)
WITH_A_SESSION = (
    "read the curve with credentials",
    "read an export",
    "replace the cookie",
    "delete the cookie",
    "end the session",
    "refresh",
    "submit a form",
    "submit JSON as text",
    "send a beacon of JSON",
    "listen to the events with credentials",
    "frame the curve",
    "run the curve as a script",
    "embed the curve",
    "ping as a link is followed",
)
KEY = "made-up access key"
BEARER = {"authorization": f"Bearer {KEY}"}


class _Elsewhere(BaseHTTPRequestHandler):
    """Another program's page on this machine; it redirects forms to the address in its query."""

    def do_GET(self) -> None:
        body = b"<!doctype html><title>elsewhere</title><body></body>"
        self.send_response(200)
        self.send_header("content-type", "text/html")
        if self.path == "/sandboxed":
            self.send_header("content-security-policy", "sandbox allow-scripts")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(307)
        self.send_header("location", self.path.partition("?")[2])
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Write no log."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Return the address of a page of another program on the same machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, name="elsewhere")
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a Chromium that resolves the attacker's name to this machine."""
    with sync_playwright() as playwright:
        running = launch(
            playwright,
            "--host-resolver-rules=MAP evil.test 127.0.0.1",
            "--no-proxy-server",
            # This browser's own defence would stop the attacks before the program has to.
            without=("LocalNetworkAccessChecks",),
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site with models whose names were chosen to do harm."""
    with Site() as running:
        now_ms = time.time_ns() // 1_000_000
        for number, model in enumerate(HOSTILE_MODELS):
            running.simulator.history.add(
                t_ms=now_ms - 60_000 * (number + 1),
                credits=7 + number,
                model=model,
                type="USAGE",
                endpoint="v1/messages",
            )
        yield running


@pytest.fixture(scope="module")
def program(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program with a cookie and a history, without an access key: the default."""
    with Program(tmp_path_factory.mktemp("attacked"), site.url) as running:
        running.give_cookie(COOKIE)
        running.call("POST", "/api/refresh")
        yield running


@pytest.fixture(scope="module")
def locked(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The same with an access key."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    folder = tmp_path_factory.mktemp("locked")
    with Program(folder, site.url, environment=environment) as running:
        running.call("PUT", "/api/cookie", {"cookie": COOKIE}, headers=BEARER)
        running.call("POST", "/api/refresh", headers=BEARER)
        yield running


STATUS_WITH_PROOF = """(await fetch("/api/status", {
  headers: { "creditcurve-session": localStorage.getItem("creditcurve.session:/") ?? "" },
})).status"""
"""The status of a call as the page makes it."""
NO_WORKER = """async () => {
  while ((await navigator.serviceWorker.getRegistrations()).length > 0)
    await new Promise((done) => setTimeout(done, 100));
}"""


def sessions_of(context: BrowserContext, program: Program) -> list[str]:
    """Return the names of the cookies with a session of the program."""
    names = [cookie.get("name", "") for cookie in context.cookies(program.url)]
    return [name for name in names if name.startswith("creditcurve_session_")]


def new_link(locked: Program) -> str:
    """The address of a link that is good once."""
    answer = locked.call("POST", "/api/session/link", headers=BEARER)
    return f"{locked.url}{answer.json()['path']}"


def state(program: Program, site: Site) -> tuple[Any, ...]:
    """All that an attack could have changed, and every call that was made for it."""

    def get(path: str) -> Any:
        return program.call("GET", path, headers=BEARER).json()

    return (
        get("/api/settings"),
        get("/api/status")["cookie"],
        get("/api/records"),
        len(site.simulator.requests),
    )


def played(page: Page, attack: str, victim: str) -> str:
    """Run an attack and return the data it read; fail if it sent no request to the program."""
    reached: list[str] = []
    page.context.on("request", lambda request: reached.append(request.url))
    page.on("websocket", lambda socket: reached.append(socket.url.replace("ws://", "http://")))
    script = f"async victim => {{ {HELPERS} {attack} }}"
    read = page.evaluate(script, victim)
    assert any(url.startswith(victim) for url in reached), reached
    assert isinstance(read, str)
    return read


@pytest.mark.parametrize("attack", FROM_ANOTHER_PORT.values(), ids=FROM_ANOTHER_PORT.keys())
def test_a_page_on_another_port_gets_nothing(
    program: Program, site: Site, browser: Browser, elsewhere: str, attack: str
) -> None:
    """It is same-site to the browser, and foreign to the program."""
    before = state(program, site)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere)
        assert played(page, attack, program.url) == ""
    assert state(program, site) == before


@pytest.mark.parametrize("name", NO_ORIGIN)
def test_a_page_without_an_origin_gets_nothing(
    program: Program, site: Site, browser: Browser, elsewhere: str, name: str
) -> None:
    """A sandbox hides where it comes from: ``Origin: null`` is foreign too."""
    before = state(program, site)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{elsewhere}/sandboxed")
        assert page.evaluate("() => window.origin") == "null"
        assert played(page, FROM_ANOTHER_PORT[name], program.url) == ""
    assert state(program, site) == before


@pytest.mark.parametrize("attack", AFTER_REBINDING.values(), ids=AFTER_REBINDING.keys())
def test_a_rebound_name_gets_nothing(
    program: Program, site: Site, browser: Browser, attack: str
) -> None:
    """The page came from the attacker; since then its name means this machine."""
    before = state(program, site)
    rebound = program.url.replace("127.0.0.1", "evil.test")
    with browser.new_context() as context:
        page = context.new_page()

        def from_the_attacker(route: Route) -> None:
            route.fulfill(body="<!doctype html><body></body>", content_type="text/html")

        page.route(f"{rebound}/attack", from_the_attacker)
        page.goto(f"{rebound}/attack")
        read = played(page, attack, rebound)
        assert read == "" or "host_not_allowed" in read, read
    assert state(program, site) == before


def test_an_opened_window_cannot_be_read(
    program: Program, site: Site, browser: Browser, elsewhere: str
) -> None:
    """The opener sees a closed window; the opened page has no opener."""
    before = state(program, site)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere)
        with page.expect_popup() as popup:
            page.evaluate("url => { window.opened = window.open(url) }", program.url)
        popup.value.wait_for_load_state()
        assert popup.value.evaluate("() => window.opener") is None
        assert page.evaluate("() => window.opened.closed") is True
        assert page.evaluate("() => window.opened.length") == 0
    assert state(program, site) == before


def test_a_navigation_to_the_program_changes_nothing(
    program: Program, site: Site, browser: Browser, elsewhere: str
) -> None:
    """A navigation shows the program's page to the user, and changes nothing."""
    before = state(program, site)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere)
        page.evaluate("url => { location.href = url }", f"{program.url}/api/settings")
        page.wait_for_url(f"{program.url}/api/settings")
        page.go_back()
        assert page.url == f"{elsewhere}/"
    assert state(program, site) == before


def test_no_worker_of_another_page_is_installed(
    program: Program, browser: Browser, elsewhere: str
) -> None:
    """From another origin it is refused; one of our own origin unregisters itself."""
    register = """async url => {
      try { await navigator.serviceWorker.register(url); return "installed"; }
      catch (error) { return error.name; }
    }"""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere)
        assert page.evaluate(register, f"{program.url}/theme.js") == "SecurityError"
        page.goto(f"{program.url}/api/health")
        page.evaluate(register, "/api/usage")
        page.evaluate(NO_WORKER)


@pytest.mark.parametrize("name", WITH_A_SESSION)
def test_a_visitor_s_session_is_of_no_use_to_another_port(
    locked: Program, site: Site, browser: Browser, elsewhere: str, name: str
) -> None:
    """To a browser it is the same site: it sends the session along, SameSite or not."""
    before = state(locked, site)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(new_link(locked))
        page.wait_for_function(f"async () => ({STATUS_WITH_PROOF}) === 200")
        page.goto(elsewhere)
        assert played(page, FROM_ANOTHER_PORT[name], locked.url) == ""
        page.goto(f"{locked.url}/api/health")
        assert page.evaluate(f"async () => {STATUS_WITH_PROOF}") == 200
    assert state(locked, site) == before


@pytest.mark.parametrize(
    ("way", "end"),
    [
        ("url => { location.href = url }", "response"),
        ("url => { window.open(url) }", "response"),
        ("url => { window.open(url, '_blank', 'noopener') }", "response"),
        ("""url => placed("iframe", { src: url })""", "response"),
        ("""url => placed("img", { src: url })""", "requestfailed"),
        (
            """url => placed("link", { rel: "prefetch", href: url }, document.head)""",
            "requestfailed",
        ),
        (
            """url => {
              const form = document.createElement("form"); document.body.append(form);
              const [action, token] = url.split("?token="); form.action = action;
              form.append(Object.assign(document.createElement("input"),
                { name: "token", value: token })); form.submit() }""",
            "response",
        ),
    ],
    ids=["go there", "a window", "a window alone", "a frame", "an image", "a look ahead", "a form"],
)
def test_no_page_logs_its_visitor_in(
    locked: Program, browser: Browser, elsewhere: str, way: str, end: str
) -> None:
    """Not even with a good link, nor does it use that up; the visitor can still follow it.

    An image or a page ahead of time that comes from here is kept from the other site: it fails.
    """
    link = new_link(locked)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere)
        with context.expect_event(end, lambda happened: happened.url == link):
            page.evaluate(f"async url => {{ {HELPERS} await ({way})(url) }}", link)
        assert sessions_of(context, locked) == []
        visit = context.new_page()
        visit.goto(link)
        assert visit.url == f"{locked.url}/"
        assert len(sessions_of(context, locked)) == 1
        assert visit.evaluate("document.cookie") == ""


def test_no_page_locks_its_visitor_out(locked: Program, browser: Browser, elsewhere: str) -> None:
    """Requests from another site are not counted as guesses."""
    with browser.new_context() as context:
        page = context.new_page()
        for _ in range(12):
            page.goto(elsewhere)
            page.evaluate("url => { location.href = url }", f"{locked.url}/login?token=guess")
            page.wait_for_url(f"{locked.url}/")
        page.goto(new_link(locked))
        assert len(sessions_of(context, locked)) == 1


def test_hostile_model_names_are_shown_as_text(program: Program, browser: Browser) -> None:
    """Legend, tooltip, comparison and list show each name as text and create no element."""
    names = [name.strip() for name in HOSTILE_MODELS]
    with opened(browser, f"{program.url}/?range=1h&panel=records") as page:
        canvas = page.locator("canvas").first
        expect(canvas).to_be_visible(timeout=15_000)
        places = {
            "legend": page.get_by_role("list", name="Models", exact=True),
            "comparison": page.get_by_role("table").first,
            "list": page.get_by_role("table").last,
        }
        for name in names:
            for place in places.values():
                expect(place.get_by_text(name).first).to_be_attached(timeout=15_000)
        seen = _hovered(page, canvas)
        assert not [name for name in names if name not in seen], seen
        assert page.title() != "taken"
        assert page.locator("img[src=x], a[href^='javascript:'], [onerror]").count() == 0


def _hovered(page: Page, canvas: Locator) -> str:
    """Return all texts of the tooltip while the pointer crosses the chart."""
    box = canvas.bounding_box()
    assert box is not None
    texts = ""
    for part in range(1, 400):
        page.mouse.move(box["x"] + box["width"] * part / 400, box["y"] + box["height"] / 2)
        texts += " ".join(page.locator(".shadow-pop").all_text_contents())
    return texts


def test_no_cell_of_an_export_is_a_formula(program: Program) -> None:
    """A formula of a spreadsheet is marked as text; read back, each name is unchanged."""
    text = program.call("GET", "/api/export?format=csv").text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    models = {row["model"] for row in rows}
    started = [name for name in models if name.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert started == []
    assert {unescape_formula(name) for name in models} >= set(HOSTILE_MODELS)
