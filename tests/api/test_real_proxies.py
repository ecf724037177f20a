"""The documented configurations of nginx and Caddy work with the real programs."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from support.authority import Authority
from support.program import Program
from support.real_proxy import NAME, RealProxy, caddy, caddy_line, nginx
from support.site import Site

KEY = "a made-up access key"
BEARER = {"authorization": f"Bearer {KEY}"}
Start = Callable[..., RealProxy]
pytestmark = pytest.mark.slow


@pytest.fixture(
    params=[
        pytest.param(
            start,
            id=start.__name__,
            marks=pytest.mark.skipif(
                shutil.which(start.__name__) is None, reason=f"{start.__name__} is not installed"
            ),
        )
        for start in (nginx, caddy)
    ]
)
def start(request: pytest.FixtureRequest) -> Start:
    """The proxy under test."""
    chosen: Start = request.param
    return chosen


@pytest.fixture
def environment() -> dict[str, str]:
    """The settings that docs/proxy.md names."""
    return {
        "CREDITCURVE_ACCESS_KEY": KEY,
        "CREDITCURVE_ALLOWED_HOSTS": NAME,
        "CREDITCURVE_TRUSTED_PROXIES": "127.0.0.1",
    }


@pytest.fixture
def program(tmp_path: Path, site: Site, environment: dict[str, str]) -> Iterator[Program]:
    """The program with these settings."""
    with Program(tmp_path, site.url, environment=environment) as running:
        yield running


@pytest.fixture
def proxy(start: Start, tmp_path: Path, program: Program) -> Iterator[RealProxy]:
    """The proxy in front of the program, with a certificate."""
    with start(tmp_path, program.url, Authority(tmp_path)) as running:
        yield running


@pytest.fixture
def client(proxy: RealProxy) -> Iterator[httpx2.Client]:
    """A client of the proxy."""
    with proxy.client() as client:
        yield client


def test_the_page_can_be_used_by_its_name_over_https(
    proxy: RealProxy, client: httpx2.Client
) -> None:
    """Page, login and a change; the session's cookie is for https only."""
    assert '<div id="root">' in client.get("/").text
    own = {"origin": proxy.origin, "sec-fetch-site": "same-origin"}
    opened = client.post("/api/session", json={"key": KEY}, headers=own)
    assert "Secure" in opened.headers["set-cookie"]
    given = {**own, **BEARER}
    assert client.patch("/api/settings", json={"theme": "dark"}, headers=given).status_code == 200
    foreign = {**given, "origin": "https://evil.test"}
    assert client.patch("/api/settings", json={"theme": "dark"}, headers=foreign).status_code == 403


def test_an_event_arrives_at_once(client: httpx2.Client, program: Program) -> None:
    """The proxy does not collect the stream: the next line comes within three seconds."""
    with client.stream("GET", "/api/events", headers=BEARER, timeout=3) as stream:
        lines = stream.iter_lines()
        assert any('"theme":"auto"' in line for line in lines)
        for theme in ("dark", "light"):
            changed = program.call("PATCH", "/api/settings", {"theme": theme}, headers=BEARER)
            assert changed.status_code == 200
            assert any(f'"theme":"{theme}"' in line for line in lines)


def test_wrong_keys_are_counted_for_the_client_that_the_proxy_saw(client: httpx2.Client) -> None:
    """A client that invents addresses gains nothing."""

    def attempt(number: int) -> Any:
        headers = {"authorization": "Bearer guess", "x-forwarded-for": f"203.0.113.{number}"}
        return client.get("/api/status", headers=headers).status_code

    assert [attempt(number) for number in range(11)] == [401] * 10 + [429]
    assert client.get("/api/status", headers=BEARER).status_code == 200


def test_a_name_that_is_not_allowed_is_refused(proxy: RealProxy, client: httpx2.Client) -> None:
    """Also by a proxy that passes every name on."""
    answer = client.get("/api/status", headers={**BEARER, "host": "evil.test"})
    assert answer.status_code in (403, 200)
    if answer.status_code == 200:  # Caddy answers only for the names of its sites
        assert answer.content == b""


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")
def test_the_one_line_of_the_readme_serves_the_page(tmp_path: Path, program: Program) -> None:
    """Without the name, for which Caddy would ask an authority for a certificate."""
    with caddy_line(tmp_path, program.url) as url:
        page = httpx2.get(url, headers={"host": NAME}, trust_env=False)
        assert '<div id="root">' in page.text


def test_below_a_path_cookies_and_redirects_stay_there(
    start: Start, tmp_path: Path, site: Site, environment: dict[str, str]
) -> None:
    """Nginx removes the path, Caddy passes it on."""
    environment["CREDITCURVE_BASE_PATH"] = "/curve"
    with Program(tmp_path, site.url, environment=environment) as program:
        target = program.url.removesuffix("/curve")
        proxy = start(tmp_path, target, Authority(tmp_path), path=True)
        with proxy, proxy.client() as client:
            own = {"origin": proxy.origin}
            assert '<div id="root">' in client.get("/curve/").text
            opened = client.post("/curve/api/session", json={"key": KEY}, headers=own)
            assert "Path=/curve" in opened.headers["set-cookie"]
            link = client.post("/curve/api/session/link", headers={**own, **BEARER}).json()
            followed = client.get(f"/curve{link['path']}")
            assert followed.headers["location"] == "/curve/"
