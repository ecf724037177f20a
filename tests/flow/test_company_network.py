"""Behind a company's proxy, with its own certificate authority, the site is polled as elsewhere."""

import ssl
from pathlib import Path

import pytest

from support.authority import Authority
from support.connect_proxy import ConnectProxy
from support.program import Program
from support.site import COOKIE, Site


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """The company's authority, which signs for the site as an inspecting proxy does."""
    return Authority(tmp_path)


def collect(folder: Path, site: Site, **environment: str) -> int:
    """Give a cookie and poll once; return the number of new requests."""
    given = {f"CREDITCURVE_{name}": value for name, value in environment.items()}
    with Program(folder, site.url, environment=given) as program:
        program.give_cookie(COOKIE)
        return int(program.call("POST", "/api/refresh").json()["new"])


@pytest.mark.parametrize("is_encrypted", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_all_calls_go_through_the_proxy(
    tmp_path: Path, authority: Authority, *, is_encrypted: bool
) -> None:
    """With name and password; the proxy itself may be called over TLS."""
    tls: ssl.SSLContext | None = authority.context() if is_encrypted else None
    with (
        Site(tls=authority.context()) as site,
        ConnectProxy(tls=tls, login="ada:made-up-password") as proxy,
    ):
        assert collect(tmp_path, site, PROXY=proxy.url, CA_FILE=str(authority.file)) == 20
        assert set(proxy.targets) == {site.url.removeprefix("https://")}
    assert "made-up-password" not in (tmp_path / "stderr.log").read_text()


@pytest.mark.slow
def test_without_the_authority_the_cookie_is_not_sent(tmp_path: Path, authority: Authority) -> None:
    """The answer names the reason, and a cookie can still be stored unchecked."""
    with Site(tls=authority.context()) as site, Program(tmp_path, site.url) as program:
        answer = program.call("PUT", "/api/cookie", {"cookie": COOKIE})
        assert (answer.status_code, answer.json()["code"]) == (503, "cannot_verify")
        assert site.simulator.requests == []


@pytest.mark.slow
def test_a_proxy_without_a_valid_certificate_gets_no_password(
    tmp_path: Path, authority: Authority
) -> None:
    """Its certificate is checked like the site's."""
    with (
        Site(tls=authority.context()) as site,
        ConnectProxy(tls=authority.context(), login="ada:made-up") as proxy,
        Program(tmp_path, site.url, environment={"CREDITCURVE_PROXY": proxy.url}) as program,
    ):
        answer = program.call("PUT", "/api/cookie", {"cookie": COOKIE})
        assert "The proxy's certificate is not trusted" in answer.json()["detail"]
        assert proxy.targets == []


@pytest.mark.slow
def test_a_wrong_password_of_the_proxy_is_named(tmp_path: Path, authority: Authority) -> None:
    """The fault is the proxy's, not the site's."""
    with Site(tls=authority.context()) as site, ConnectProxy(login="ada:right") as proxy:
        wrong = proxy.url.replace("right", "wrong")
        given = {"CREDITCURVE_PROXY": wrong, "CREDITCURVE_CA_FILE": str(authority.file)}
        with Program(tmp_path, site.url, environment=given) as program:
            answer = program.call("PUT", "/api/cookie", {"cookie": COOKIE})
    assert answer.json()["code"] == "cannot_verify"
    assert "407" in answer.json()["detail"]
    assert site.simulator.requests == []
