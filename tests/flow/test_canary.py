"""A marked cookie and marked keys are used in every part of the program, and never appear.

The test searches logs, answers, pages, events, addresses, exports, copies, all files, and the
process data that other programs can read. The search is tested in ``unit/test_canary_support.py``.
"""

import contextlib
import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

import httpx2
import pytest

from creditcurve.api import page
from creditcurve.api.routes import ENDPOINTS
from creditcurve.domain.secret import Secret
from support import commands
from support.canary import Canary, Evidence
from support.cookie_copies import COPIES
from support.program import Program
from support.site import FAULTS, Site

pytestmark = pytest.mark.slow

LOGIN = "__Secure-authjs.session-token"
WAITING = {"hang", "slow_bytes", "slow_body", "slow_headers"}
"""These take 20 s each and end in the same way; one is running at the kill."""
FAULTS_AT_ONCE = [name for name in FAULTS if name not in WAITING]


class Life:
    """One program from its first start to its end, and all its output."""

    def __init__(self, folder: Path, site: Site, key_by: str) -> None:
        self.cookie, self.key, self.seal = Canary(), Canary(), Canary()
        self.canaries = (self.cookie, self.key, self.seal)
        self.evidence = Evidence()
        self.folder = folder
        self.site = site
        self.pairs = [("theme", "dark"), (LOGIN, self.cookie.text)]
        site.simulator.cookie = Secret.of(f"{LOGIN}={self.cookie.text}")
        self._bearer = {"authorization": f"Bearer {self.key.text}"}
        self.program = Program(
            folder,
            site.url,
            arguments=("--log-level", "debug", "--open"),
            environment={
                "BROWSER": str(self._browser()),
                "CREDITCURVE_SECRET_KEY": self.seal.text,
                **self._key_given(key_by),
            },
        )

    def _key_given(self, key_by: str) -> dict[str, str]:
        """Return the variable for the access key: itself, or a file outside the searched folder."""
        if key_by == "environment":
            return {"CREDITCURVE_ACCESS_KEY": self.key.text}
        file = self.folder.with_name(f"{self.folder.name}-key")
        file.write_text(self.key.text)
        return {"CREDITCURVE_ACCESS_KEY_FILE": str(file)}

    def _browser(self) -> Path:
        """Create a browser that records its arguments and environment."""
        seen = self.folder / "browser.seen"
        browser = self.folder / "browser"
        os.mkfifo(self.folder / "browser.ready")
        browser.write_text(
            f"#!/bin/sh\n(echo \"$@\"; env; tr '\\0' '\\n' < /proc/self/environ) > '{seen}'\n"
            f"echo > '{self.folder}/browser.ready'\n"
        )
        browser.chmod(0o700)
        return browser

    def start(self) -> None:
        """Start, and wait until the opened browser has recorded its environment."""
        self.program.start()
        (self.folder / "browser.ready").read_text()
        self.note_processes()

    def note_processes(self) -> None:
        """Record what other programs can read about this process and its children."""
        if sys.platform != "linux":
            return
        self.evidence.add("command line", Path(f"/proc/{self.program.pid}/cmdline").read_bytes())
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # one has just ended
            for task in Path(f"/proc/{self.program.pid}/task").iterdir():
                for child in (task / "children").read_text().split():
                    self._note_child(Path("/proc") / child)

    def _note_child(self, child: Path) -> None:
        self.evidence.add("child's command line", (child / "cmdline").read_bytes())
        self.evidence.add("child's environment", (child / "environ").read_bytes())

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        bare: bool = False,
    ) -> httpx2.Response:
        """Make one call and record its whole answer."""
        given = {**({} if bare else self._bearer), **(headers or {})}
        answer = self.program.call(method, path, body, content=content, headers=given)
        head = "\n".join(f"{name}: {value}" for name, value in answer.headers.multi_items())
        self.evidence.add(f"{method} {path[:60]}", f"{head}\n\n".encode() + answer.content)
        return answer

    def run(self, *arguments: str, given: str = "") -> int:
        """Run one command and record its output; return its exit code."""
        done = commands.run(
            self.program, *arguments, given=given, upstream=self.site.url,
            environment={"CREDITCURVE_LOG_LEVEL": "debug"}, folder=self.folder,
        )  # fmt: skip
        self.evidence.add(f"creditcurve {' '.join(arguments)}"[:60], done.stdout + done.stderr)
        return done.returncode

    def give(self) -> None:
        """Store the valid cookie."""
        answer = self.call("PUT", "/api/cookie", {"cookie": f"{LOGIN}={self.cookie.text}"})
        assert answer.status_code == 200, answer.text

    @contextlib.contextmanager
    def streaming(self) -> Iterator[None]:
        """Keep an event stream open and record every byte of it."""
        received = bytearray()
        host, _, port = self.program.url.removeprefix("http://").rpartition(":")
        connection = socket.create_connection((host, int(port)))
        authorization = self._bearer["authorization"]
        head = f"GET /api/events?since=0 HTTP/1.1\r\nHost: {host}\r\nAuthorization: {authorization}"
        connection.sendall(f"{head}\r\n\r\n".encode())

        def receive() -> None:
            with contextlib.suppress(OSError):
                while chunk := connection.recv(65_536):
                    received.extend(chunk)

        thread = threading.Thread(target=receive, name="stream")
        thread.start()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()
            connection.close()
            assert b"event: status" in received
            self.evidence.add("event stream", bytes(received))


def get_in(life: Life) -> None:
    """Log in with the key, with a similar one, and with the key in a wrong place."""
    key = life.key.text
    assert life.call("POST", "/api/session", {"key": key}, bare=True).status_code == 204
    link = life.call("POST", "/api/session/link").json()["path"]
    assert life.call("GET", link, bare=True).status_code == 303
    life.call("POST", "/api/session", {"key": key + "x"}, bare=True)
    life.call("POST", "/api/session", {"key": [key]}, bare=True)
    life.call("POST", "/api/session", {key: key}, bare=True)
    life.call("GET", "/api/status", bare=True, headers={"cookie": f"creditcurve_session={key}"})
    life.call("GET", "/api/status", bare=True, headers={"authorization": f"Basic {key}"})
    life.call("GET", f"/login?token={life.key.pieces[0]}", bare=True)


def get_it_wrong(life: Life) -> None:
    """Cause every refusal of a cookie, and put the marks in unexpected places."""
    cookie, mark = f"{LOGIN}={life.cookie.text}", life.cookie.text
    expired = [
        {"domain": "www.aicodemirror.com", "name": LOGIN, "value": mark, "expirationDate": 1}
    ]
    refused = {
        "cookie_control_character": f"{cookie}\r\nX-Evil: {mark}",
        "cookie_non_ascii": f"{cookie}…",
        "cookie_too_large": cookie * 900,
        "no_cookie_in_snippet": f"curl https://a.test/ -b a={life.cookie.pieces[0]}",
        "session_cookie_missing": mark,
        "session_cookie_incomplete": f"{LOGIN}.1={mark}",
        "cookie_ambiguous": f"{cookie}; {LOGIN}={mark}x",
        "cookie_expired": json.dumps([expired]),
        "cookie_rejected": f"{LOGIN}={mark}x",
    }
    for code, pasted in refused.items():
        assert life.call("PUT", "/api/cookie", {"cookie": pasted}).json()["code"] == code
        assert life.run("cookie", "set", given=pasted) == 1
    for body in ({"cookie": [mark]}, {"cookie": cookie, "verify": mark}, {mark: cookie}, [mark]):
        assert life.call("PUT", "/api/cookie", body).status_code == 422
    for change in ({"theme": mark}, {"time_zone": mark}, {"poll_interval_s": mark}, {mark: "1"}):
        assert life.call("PATCH", "/api/settings", change).status_code == 422
    for content_type in ("text/plain", "application/json", mark):
        headers = {"content-type": content_type}
        life.call("PUT", "/api/cookie", content=cookie.encode(), headers=headers)
    piece = life.cookie.pieces[0]
    for path in (f"/{piece}", f"/api/{piece}", f"/assets/{piece}", f"/login?{piece}={piece}"):
        life.call("GET", path)
    for query in ("by", "bucket", "from", "hours", "tz", piece, f"hours=1&hours={piece}&hours"):
        life.call("GET", f"/api/usage?{query}={piece}")
    for query in ("before", "limit", "from", "min_credits", "model", piece):
        life.call("GET", f"/api/records?{query}={piece}")
    life.call("GET", f"/api/export?format={piece}")
    life.call("GET", f"/api/events?since={piece}")
    # A well-formed name is part of the problem, so that a user can compare and allow it.
    life.call("GET", "/api/status", headers={"host": f"{piece}/"})
    life.call("PATCH", "/api/settings", {}, headers={"origin": piece})
    life.call("GET", "/api/status", headers={"origin": f"http://{piece}", "cookie": cookie})
    life.call(piece, "/api/status")
    assert life.run("cookie", "set", "--no-such-flag", given=cookie) == 2


def read_everything(life: Life) -> None:
    """Call every GET of the interface, every file of the page, and every reading command."""
    for endpoint in ENDPOINTS:
        if endpoint.method == "GET" and endpoint.path != "/api/events":  # it never ends
            life.call("GET", endpoint.path)
    for form in ("csv", "ndjson", "json"):
        assert life.call("GET", f"/api/export?format={form}").status_code == 200
        assert life.run("export", "--format", form) == 0
        assert life.run("export", "--format", form, "--output", str(life.folder / form)) == 0
    for file in page.DIRECTORY.rglob("*"):
        if file.is_file():
            life.call("GET", f"/{file.relative_to(page.DIRECTORY)}", bare=True)
    for command in (("status",), ("status", "--json"), ("statusline",), ("doctor",), ("login",)):
        life.run(*command)
    life.run("doctor", "--bundle")
    assert len(list(life.folder.glob("creditcurve-report-*.json"))) == 1
    assert life.run("backup", "--overwrite", str(life.folder / "backup.db")) == 0
    life.note_processes()


def suffer(life: Life) -> None:
    """Cause every fault of the site in a poll and in a check; store the cookie again if needed."""
    for name in FAULTS_AT_ONCE:
        for endpoint, path in (("usage", "/api/refresh"), ("chart", "/api/cookie/check")):
            life.site.simulator.faults.clear()
            life.site.simulator.faults.set(name, endpoint=endpoint)
            life.call("POST", path)
            life.site.simulator.faults.clear()
            if life.call("GET", "/api/status").json()["cookie"]["state"] != "valid":
                life.give()


def fall_and_rise(life: Life) -> None:
    """Kill during a poll, start against a site without TLS, then damage the database."""
    life.site.simulator.faults.set("hang", endpoint="usage")
    with contextlib.suppress(httpx2.TransportError):
        asked = len(life.site.simulator.requests)
        poll = threading.Thread(target=_swallowing, args=(life,), name="cut poll")
        poll.start()
        while len(life.site.simulator.requests) == asked:
            assert poll.is_alive()
        life.program.kill()
        poll.join()
    life.evidence.add_files(life.folder)
    life.site.simulator.faults.clear()
    port, zero, upstream, url, *rest = life.program._arguments
    with ThreadingTCPServer(("127.0.0.1", 0), _PlainSpoken) as plain:
        thread = threading.Thread(target=plain.serve_forever, name="plain")
        thread.start()
        elsewhere = f"https://127.0.0.1:{plain.server_address[1]}"
        life.program._arguments = (port, zero, upstream, elsewhere, *rest)
        life.start()
        assert life.call("POST", "/api/refresh").json()["code"] == "upstream_cookie_other_origin"
        life.call("POST", "/api/cookie/check")
        plain.shutdown()
        thread.join()
    life.program.stop()
    with next(life.program.data_dir.glob("*.db")).open("r+b") as database:
        database.write(b"\0" * 100)
    life.program._arguments = (port, zero, upstream, url, *rest)
    life.start()
    assert list(life.program.data_dir.glob("*.corrupt.*"))
    # The cookie was refused for the other origin; a check at its own origin makes it valid again.
    assert life.call("POST", "/api/cookie/check").json()["state"] == "valid"
    answer = life.call("POST", "/api/refresh")
    assert answer.status_code == 200, answer.text


class _PlainSpoken(BaseRequestHandler):
    """Answers a TLS handshake with plain text."""

    def handle(self) -> None:
        """Send one answer and close."""
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def _swallowing(life: Life) -> None:
    with contextlib.suppress(httpx2.TransportError):
        life.call("POST", "/api/refresh")


@pytest.fixture(scope="module", params=["file", "environment"])
def life(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Life]:
    """Run a program through its whole life; the tests search its output."""
    with Site() as site:
        life = Life(tmp_path_factory.mktemp("canary"), site, request.param)
        try:
            live(life)
        finally:
            if life.program._process is not None:
                life.program.__exit__(None, None, None)
        yield life


def live(life: Life) -> None:
    """Run every part, from the first start to the end."""
    life.start()
    get_in(life)
    with life.streaming():
        get_it_wrong(life)
        for copy in COPIES.values():
            answer = life.call("PUT", "/api/cookie", {"cookie": copy(life.pairs)})
            assert answer.status_code == 200, answer.text
        assert life.run("cookie", "set", given=COPIES["Chromium, bash"](life.pairs)) == 0
        assert life.run("cookie", "set", f"{LOGIN}=an-argument") == 2
        assert life.run("cookie", "check") == 0
        assert life.call("PATCH", "/api/settings", {"collecting": True}).status_code == 200
        suffer(life)
        read_everything(life)
    fall_and_rise(life)
    life.evidence.add_files(life.folder)
    life.program.stop()
    life.evidence.add_files(life.folder)
    assert life.run("cookie", "check") == 0
    assert life.run("cookie", "delete") == 0
    life.start()
    life.call("DELETE", "/api/cookie")
    life.program.stop()
    life.evidence.add_files(life.folder)


@pytest.mark.timeout(300)
def test_no_mark_appears_anywhere(life: Life) -> None:
    """Neither the cookie nor the keys, in any encoding."""
    assert life.site.simulator.requests
    assert len(life.evidence) > 500
    assert " DEBUG " in life.program.log
    traces = life.evidence.traces(*life.canaries)
    assert not traces, traces


def test_the_site_did_get_the_cookie(life: Life) -> None:
    """Without this, the search would prove nothing."""
    seen = {request.header(b"cookie") for request in life.site.simulator.requests}
    assert f"theme=dark; {LOGIN}={life.cookie.text}".encode() in seen
