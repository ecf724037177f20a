"""Logging in with the access key or a one-time link, and logging out."""

import os
import pty
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from support.commands import run
from support.events import Events
from support.program import Program
from support.site import Site
from support.starting import COMMAND

KEY = "made-up access key"
BEARER = {"authorization": f"Bearer {KEY}"}
LINK = re.compile(r"(http://\S+)(/login\?token=\S+)")


@pytest.fixture
def locked(tmp_path: Path, site: Site) -> Iterator[Program]:
    """A program that asks for a key."""
    with Program(tmp_path, site.url, environment={"CREDITCURVE_ACCESS_KEY": KEY}) as program:
        yield program


def new_link(program: Program) -> str:
    """Create a link with the access key; return its path."""
    answer = program.call("POST", "/api/session/link", headers=BEARER)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["path"])


def session_of(answer: httpx2.Response) -> dict[str, str]:
    """Return the headers that a browser sends with its session, if it got one."""
    given = answer.headers.get("set-cookie")
    return {"cookie": given.partition(";")[0]} if given else {}


def status_of(program: Program, headers: dict[str, str]) -> int:
    """Return the status of a private call."""
    return program.call("GET", "/api/status", headers=headers).status_code


def test_a_link_logs_in_once(locked: Program) -> None:
    """The browser ends at the page, with a session and without the token in its address."""
    found = LINK.search(run(locked, "login").stdout)
    assert found is not None
    assert found[1] == locked.url

    answer = locked.call("GET", found[2])

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert status_of(locked, session_of(answer)) == 200
    again = locked.call("GET", found[2])
    assert (again.status_code, again.headers["location"]) == (303, "/")
    assert session_of(again) == {}


def test_the_start_writes_no_link_into_a_log(locked: Program) -> None:
    """A log is kept, and others may read it; it names the command instead."""
    locked.call("GET", "/api/health")  # answered after the start's last line is written
    assert "token" not in locked.log
    assert "creditcurve login" in locked.log


def test_the_start_shows_a_link_on_a_terminal(tmp_path: Path, site: Site) -> None:
    """And how to stop, after the ready line."""
    program = Program(tmp_path, site.url, environment={"CREDITCURVE_ACCESS_KEY": KEY})
    watcher, terminal = pty.openpty()
    command = [*COMMAND, "serve", "--port", "0", "--data-dir", str(program.data_dir)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=terminal, env=program.environment(), text=True
    ) as process:
        os.close(terminal)
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Listening on ")
        shown = ""
        while "Ctrl+C" not in shown:
            shown += os.read(watcher, 4_096).decode()
        process.terminate()
    os.close(watcher)
    assert LINK.search(shown)


def test_without_a_key_there_is_no_link_to_log_in(program: Program) -> None:
    """The page is open: the start says nothing, and the address leads there."""
    assert "/login" not in program.log
    answer = program.call("GET", "/login?token=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert session_of(answer) == {}
    assert run(program, "login").stdout == f"{program.url}/\n"


def test_the_command_line_of_the_machine_makes_a_link(locked: Program) -> None:
    """Without the key at hand; 69 where nothing runs."""
    done = run(locked, "login")
    assert done.returncode == 0
    found = LINK.fullmatch(done.stdout.strip())
    assert found is not None
    assert status_of(locked, session_of(locked.call("GET", found[2]))) == 200
    locked.stop()
    assert run(locked, "login").returncode == 69


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender", "sec-fetch-site": "none"},
        {"purpose": "prefetch"},
    ],
)
def test_only_a_person_s_own_visit_uses_a_link_up(locked: Program, headers: dict[str, str]) -> None:
    """Neither another site's page nor a browser that looks ahead; afterwards it still works."""
    link = new_link(locked)
    assert session_of(locked.call("GET", link, headers=headers)) == {}
    visit = {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}
    assert status_of(locked, session_of(locked.call("GET", link, headers=visit))) == 200


def test_a_look_at_the_head_uses_no_link_up(locked: Program) -> None:
    """A program that only checks the address changes nothing."""
    link = new_link(locked)
    assert session_of(locked.call("HEAD", link)) == {}
    assert status_of(locked, session_of(locked.call("GET", link))) == 200


def test_wrong_links_are_not_counted(locked: Program) -> None:
    """A link cannot be guessed, and any page on the web could send wrong ones."""
    for _ in range(20):
        assert locked.call("GET", "/login?token=guess").status_code == 303
    assert status_of(locked, {"authorization": "Bearer guess"}) == 401


def test_wrong_keys_are_counted_together_wherever_they_are_sent(locked: Program) -> None:
    """In a header or to open a session."""
    for _ in range(5):
        assert locked.call("POST", "/api/session", {"key": "guess"}).status_code == 401
        assert status_of(locked, {"authorization": "Bearer guess"}) == 401
    assert locked.call("POST", "/api/session", {"key": "guess"}).status_code == 429
    assert status_of(locked, {"authorization": "Bearer guess"}) == 429


def test_a_correct_secret_passes_while_others_guess(locked: Program) -> None:
    """Behind a proxy all clients have one address: guesses must not lock the owner out."""
    session = session_of(locked.call("POST", "/api/session", {"key": KEY}))
    link = new_link(locked)
    for _ in range(11):
        locked.call("POST", "/api/session", {"key": "guess"})
    assert status_of(locked, {"authorization": "Bearer guess"}) == 429
    assert status_of(locked, session) == 200
    assert status_of(locked, session_of(locked.call("GET", link))) == 200
    assert status_of(locked, BEARER) == 200
    assert locked.call("POST", "/api/session", {"key": KEY}).status_code == 204
    assert run(locked, "login").returncode == 0


def test_a_session_makes_no_links(locked: Program) -> None:
    """One that was stolen would outlive its end."""
    session = session_of(locked.call("GET", new_link(locked)))
    answer = locked.call("POST", "/api/session/link", headers=session)
    assert (answer.status_code, answer.json()["code"]) == (401, "key_required")


@pytest.mark.parametrize(
    ("headers", "is_secure"),
    [
        ({}, False),
        ({"x-forwarded-proto": "https"}, True),
        ({"x-forwarded-proto": "https, http"}, True),
        ({"x-forwarded-proto": "http"}, False),
        ({"forwarded": "for=192.0.2.1;proto=https"}, True),
    ],
)
def test_a_session_that_came_by_https_stays_there(
    locked: Program, headers: dict[str, str], *, is_secure: bool
) -> None:
    """Also where a proxy in front speaks https."""
    for answer in (
        locked.call("GET", new_link(locked), headers=headers),
        locked.call("POST", "/api/session", {"key": KEY}, headers=headers),
    ):
        assert ("secure" in answer.headers["set-cookie"].lower()) is is_secure


def test_a_logout_lasts_and_a_restart_ends_no_session(locked: Program) -> None:
    """Logged out stays logged out over kill -9; who did not log out need not log in again."""
    ended = session_of(locked.call("POST", "/api/session", {"key": KEY}))
    kept = session_of(locked.call("POST", "/api/session", {"key": KEY}))
    assert locked.call("DELETE", "/api/session", headers=ended).status_code == 204
    locked.kill()
    locked.start()
    assert (status_of(locked, ended), status_of(locked, kept)) == (401, 200)


def test_a_logout_ends_the_streams_of_its_session_and_no_others(locked: Program) -> None:
    """Without waiting for news; what another browser or a script reads goes on."""
    ended = session_of(locked.call("POST", "/api/session", {"key": KEY}))
    kept = session_of(locked.call("POST", "/api/session", {"key": KEY}))
    with (
        Events(locked.url, headers=ended) as own,
        Events(locked.url, headers=kept) as other,
        Events(locked.url, headers=BEARER) as script,
    ):
        for stream in (own, other, script):
            assert [event.name for event in stream.greeting()] == ["", "status", "settings"]
        assert locked.call("DELETE", "/api/session", headers=ended).status_code == 204
        # A status may have been sent since the greeting; the stream ends after that.
        assert {event.name for event in own} <= {"status"}
        locked.call("PATCH", "/api/settings", {"theme": "dark"}, headers=BEARER)
        for stream in (other, script):
            assert stream.until("settings").data["theme"] == "dark"


def test_the_status_reports_whether_a_session_can_be_ended(
    locked: Program, shared: Program
) -> None:
    """Without a key, no browser is logged in."""
    assert locked.call("GET", "/api/status", headers=BEARER).json()["needs_key"] is True
    assert shared.get("/api/status")["needs_key"] is False


def test_the_token_of_a_session_is_in_no_file(locked: Program) -> None:
    """The stored part of an ended session opens nothing."""
    session = session_of(locked.call("POST", "/api/session", {"key": KEY}))
    assert locked.call("DELETE", "/api/session", headers=session).status_code == 204
    token = session["cookie"].partition("=")[2].encode()
    for file in locked.data_dir.iterdir():
        assert token not in file.read_bytes(), file


def test_a_link_names_this_machine_where_every_address_is_listened_on(
    tmp_path: Path, site: Site
) -> None:
    """0.0.0.0 is nowhere to go to, and no browser opened there would be let in."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    arguments = ("--host", "0.0.0.0")
    with Program(tmp_path, site.url, arguments=arguments, environment=environment) as program:
        found = LINK.search(run(program, "login").stdout)
        assert found is not None
        assert found[1] == program.url.replace("0.0.0.0", "127.0.0.1")


@pytest.mark.skipif(sys.platform != "linux", reason="what a program inherits is read from /proc")
@pytest.mark.parametrize("by", ["ACCESS_KEY", "ACCESS_KEY_FILE"])
def test_the_browser_is_opened_at_a_file_and_inherits_no_key(
    tmp_path: Path, site: Site, by: str
) -> None:
    """The file leads to a link: other accounts can read a browser's arguments."""
    seen, browser = tmp_path / "seen", tmp_path / "browser"
    os.mkfifo(seen)
    browser.write_text(f"#!/bin/sh\n(echo \"$@\"; env) > '{seen}'\n")
    browser.chmod(0o700)
    file = tmp_path / "key"
    file.write_text(KEY)
    environment = {
        "BROWSER": str(browser),
        "CREDITCURVE_SECRET_KEY": "made-up secret key",
        f"CREDITCURVE_{by}": KEY if by == "ACCESS_KEY" else str(file),
    }
    program = Program(tmp_path, site.url, arguments=("--open",), environment=environment)
    with program:
        arguments = seen.read_text()
        opened = Path(urlsplit(arguments.splitlines()[0]).path)
        assert stat.S_IMODE(opened.stat().st_mode) == 0o600
        found = re.search(r"#login=([\w-]+)", opened.read_text())
        assert found is not None
        assert found[1] not in arguments
        answer = program.call("POST", "/api/session", {"key": found[1]})
        assert status_of(program, session_of(answer)) == 200
    assert KEY not in arguments
    assert "made-up secret key" not in arguments
    assert not opened.exists()
