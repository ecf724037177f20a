"""Browsers send the session's cookie to every port of the host; the cookie alone opens nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from support.commands import run
from support.events import Events
from support.program import Program
from support.site import Site

KEY = "made-up access key"
BEARER = {"authorization": f"Bearer {KEY}"}
PROOF = "creditcurve-session"


class Session(NamedTuple):
    """The credentials of a browser after logging in."""

    cookie: dict[str, str]
    proof: dict[str, str]


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with an access key."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    folder = tmp_path_factory.mktemp("locked")
    with Site() as site, Program(folder, site.url, environment=environment) as program:
        yield program


def cookie_of(answer: httpx2.Response) -> dict[str, str]:
    return {"cookie": answer.headers["set-cookie"].partition(";")[0]}


def by_link(program: Program) -> Session:
    """Log in as a browser that follows a link."""
    path = program.call("POST", "/api/session/link", headers=BEARER).json()["path"]
    answer = program.call("GET", path, headers={"accept": "text/html,*/*;q=0.8"})
    page, _, proof = answer.headers["location"].partition("#session=")
    assert (answer.status_code, page) == (303, "/")
    return Session(cookie_of(answer), {PROOF: proof})


def by_key(program: Program) -> Session:
    """Log in as the page does."""
    headers = {"origin": program.url, "sec-fetch-site": "same-origin"}
    answer = program.call("POST", "/api/session", {"key": KEY}, headers=headers)
    assert answer.status_code == 204
    return Session(cookie_of(answer), {PROOF: answer.headers[PROOF]})


def status(program: Program, headers: dict[str, str], path: str = "/api/status") -> int:
    return program.call("GET", path, headers=headers).status_code


@pytest.mark.parametrize("log_in", [by_link, by_key])
def test_a_stolen_cookie_opens_nothing(locked: Program, log_in: object) -> None:
    """A program at another port of the host received it from the browser."""
    assert callable(log_in)
    session, other = log_in(locked), by_key(locked)
    assert status(locked, {**session.cookie, **session.proof}) == 200
    for path in ("/api/status", "/api/export", "/api/backup", "/api/events", "/metrics"):
        assert status(locked, session.cookie, path) == 401
        assert status(locked, {**session.cookie, **other.proof}, path) == 401
        assert status(locked, session.proof, path) == 401


def test_a_stolen_cookie_does_not_log_out(locked: Program) -> None:
    session = by_key(locked)
    locked.call("DELETE", "/api/session", headers=session.cookie)
    assert status(locked, {**session.cookie, **session.proof}) == 200
    locked.call("DELETE", "/api/session", headers={**session.cookie, **session.proof})
    assert status(locked, {**session.cookie, **session.proof}) == 401


def test_a_stolen_cookie_makes_no_ticket(locked: Program) -> None:
    session = by_key(locked)
    answer = locked.call("POST", "/api/session/ticket", headers=session.cookie)
    assert answer.status_code == 401


def test_the_cookie_is_named_after_the_instance(
    locked: Program, tmp_path: Path, site: Site
) -> None:
    """Two instances on one host do not log each other out."""
    name = by_key(locked).cookie["cookie"].partition("=")[0]
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    with Program(tmp_path, site.url, environment=environment) as other:
        assert by_key(other).cookie["cookie"].partition("=")[0] != name


def test_a_ticket_opens_one_download_of_its_session(locked: Program) -> None:
    """A browser follows a link without the header; the ticket is no parameter of the call."""
    session = by_key(locked)

    def download(headers: dict[str, str]) -> list[int]:
        own = {**session.cookie, **session.proof}
        ticket = locked.call("POST", "/api/session/ticket", headers=own).json()["ticket"]
        address = f"/api/export?format=csv&ticket={ticket}&model=a%26b"
        return [status(locked, headers, address) for _ in range(2)]

    assert download(session.cookie) == [200, 401]
    assert download({}) == [401, 401]


def test_the_documentation_is_opened_as_a_page(locked: Program) -> None:
    """Its files contain no data; without a login it stays closed."""
    session = by_key(locked)
    for path in ("/api/docs", "/api/docs.js", "/api/openapi.json"):
        assert status(locked, session.cookie, path) == 200
        assert status(locked, {}, path) == 401


def test_a_stream_is_opened_with_the_proof(locked: Program) -> None:
    session = by_link(locked)
    with Events(locked.url, headers={**session.cookie, **session.proof}) as stream:
        assert [event.name for event in stream.greeting()] == ["", "status", "settings"]


@pytest.fixture
def login_only(tmp_path: Path, site: Site) -> Iterator[Program]:
    """A program without an access key that needs a login."""
    with Program(tmp_path, site.url, arguments=("--login",)) as program:
        yield program


def test_with_the_login_flag_only_a_link_opens_the_page(login_only: Program) -> None:
    answer = login_only.call("GET", "/api/status")
    assert (answer.status_code, answer.json()["code"]) == (401, "login_required")
    guess = {"authorization": "Bearer guess"}
    assert status(login_only, guess) == 401
    link = run(login_only, "login").stdout.strip().removeprefix(login_only.url)
    opened = login_only.call("GET", link, headers={"accept": "text/html"})
    proof = opened.headers["location"].partition("#session=")[2]
    assert status(login_only, {**cookie_of(opened), PROOF: proof}) == 200
    assert run(login_only, "status").returncode in (0, 1)
