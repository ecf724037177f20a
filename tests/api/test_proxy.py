"""The program behind reverse proxies."""

from collections.abc import Mapping
from pathlib import Path

import httpx2
import pytest

from support.http_proxy import HttpProxy
from support.program import Program
from support.site import Site

KEY = "made-up access key"
PROXY_IS_TRUSTED = {"CREDITCURVE_TRUSTED_PROXIES": "127.0.0.1"}


def change(proxy: HttpProxy, headers: Mapping[str, str] | None = None) -> httpx2.Response:
    """Change a setting as the page does."""
    given = {"origin": proxy.url, "sec-fetch-site": "same-origin", **(headers or {})}
    url = f"{proxy.url}{proxy.prefix}/api/settings"
    return httpx2.patch(url, json={"theme": "dark"}, headers=given, trust_env=False)


@pytest.mark.parametrize("host", ["target", "name"])
def test_a_replaced_host_is_explained(shared: Program, host: str) -> None:
    """The two most common recipes: the proxy's own default, and a name without its port."""
    with HttpProxy(shared.url, host=host) as proxy:
        answer = change(proxy)
        assert answer.status_code == 403
        problem = answer.json()
    assert problem["origin"] == proxy.url
    assert problem["host"] in (shared.url.removeprefix("http://"), "127.0.0.1")
    assert proxy.url in problem["detail"]
    assert "pass the Host header on" in problem["detail"]


def test_a_host_that_is_passed_on_works(shared: Program) -> None:
    with HttpProxy(shared.url) as proxy:
        assert change(proxy).status_code == 200


def test_a_trusted_proxy_may_name_the_host_elsewhere(tmp_path: Path, site: Site) -> None:
    with (
        Program(tmp_path, site.url, environment=PROXY_IS_TRUSTED) as program,
        HttpProxy(program.url, host="target") as proxy,
    ):
        name = proxy.url.removeprefix("http://")
        assert change(proxy, {"x-forwarded-host": name}).status_code == 200
        assert change(proxy, {"x-forwarded-host": "evil.test"}).status_code == 403


def test_guesses_through_a_trusted_proxy_are_counted_per_client(tmp_path: Path, site: Site) -> None:
    """A client cannot spend another one's attempts, nor invent an address."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY, **PROXY_IS_TRUSTED}
    with Program(tmp_path, site.url, environment=environment) as program:

        def attempt(key: str, client: str) -> int:
            headers = {"authorization": f"Bearer {key}", "x-forwarded-for": client}
            return program.call("GET", "/api/status", headers=headers).status_code

        for number in range(10):
            assert attempt("guess", f"203.0.113.{number}, 192.0.2.1") == 401
        assert attempt("guess", "192.0.2.1") == 429
        assert attempt("guess", "192.0.2.2") == 401
        assert attempt(KEY, "192.0.2.1") == 200


@pytest.mark.parametrize("removes", [True, False])
def test_a_base_path_works_with_both_kinds_of_proxies(
    tmp_path: Path, site: Site, *, removes: bool
) -> None:
    """One removes the path, the other passes it on; cookies and redirects stay below it."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY, "CREDITCURVE_BASE_PATH": "/curve"}
    with (
        Program(tmp_path, site.url, environment=environment) as program,
        HttpProxy(program.url.removesuffix("/curve"), prefix="/curve" if removes else "") as proxy,
        httpx2.Client(base_url=proxy.url, trust_env=False) as client,
    ):
        origin = {"origin": proxy.url}
        assert client.get("/curve/").headers["content-type"].startswith("text/html")
        opened = client.post("/curve/api/session", json={"key": KEY}, headers=origin)
        assert "Path=/curve" in opened.headers["set-cookie"]
        proof = {"creditcurve-session": opened.headers["creditcurve-session"]}
        assert client.get("/curve/api/status", headers=proof).status_code == 200
        bearer = {"authorization": f"Bearer {KEY}", **origin}
        path = client.post("/curve/api/session/link", headers=bearer).json()["path"]
        followed = client.get(f"/curve{path}")
        assert (followed.status_code, followed.headers["location"]) == (303, "/curve/")


def test_a_path_that_is_not_configured_is_explained(shared: Program) -> None:
    assert "--base-path" in shared.call("GET", "/curve/").json()["detail"]
