"""The site's origin: chosen together with a cookie, which is sent nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import Program
from support.site import COOKIE, Site

OTHER = "__Secure-authjs.session-token=made-up-for-the-other-site"


@pytest.fixture
def other() -> Iterator[Site]:
    """A second site, which accepts another cookie."""
    with Site() as running:
        running.replace_cookie(OTHER)
        yield running


@pytest.fixture
def free(tmp_path: Path) -> Iterator[Program]:
    """The program, started without a configured origin."""
    with Program(tmp_path, None) as running:
        yield running


def cookies(site: Site) -> set[bytes]:
    return {request.header(b"cookie") or b"" for request in site.simulator.requests}


def test_a_cookie_belongs_to_the_origin_it_was_given_for(
    free: Program, site: Site, other: Site
) -> None:
    """Referer and status follow it; the other site gets nothing, before and after."""
    free.call("PUT", "/api/cookie", {"cookie": COOKIE, "origin": site.url})
    assert free.get("/api/status")["site"]["origin"] == site.url
    free.call("POST", "/api/refresh")
    assert not other.simulator.requests
    free.call("PUT", "/api/cookie", {"cookie": OTHER, "origin": f"{other.url}/"})
    free.call("POST", "/api/refresh")
    assert free.get("/api/status")["site"]["origin"] == other.url
    assert (cookies(site), cookies(other)) == ({COOKIE.encode()}, {OTHER.encode()})
    referers = {request.header(b"referer") for request in other.simulator.requests}
    assert referers == {f"{other.url}/dashboard/usage".encode()}


def test_a_cookie_that_the_other_site_refuses_changes_nothing(
    free: Program, site: Site, other: Site
) -> None:
    free.call("PUT", "/api/cookie", {"cookie": COOKIE, "origin": site.url})
    answer = free.call("PUT", "/api/cookie", {"cookie": COOKIE, "origin": other.url})
    assert answer.json()["code"] == "cookie_rejected"
    assert free.get("/api/status")["site"]["origin"] == site.url
    assert free.call("POST", "/api/refresh").status_code == 200


def test_the_origin_outlives_a_restart_and_the_cookie(free: Program, site: Site) -> None:
    free.call("PUT", "/api/cookie", {"cookie": COOKIE, "origin": site.url})
    free.stop()
    free.start()
    assert free.call("POST", "/api/refresh").status_code == 200
    free.call("DELETE", "/api/cookie")
    assert free.get("/api/status")["site"]["origin"] == site.url
    assert free.call("PUT", "/api/cookie", {"cookie": COOKIE}).status_code == 200


@pytest.mark.parametrize("origin", ["http://site.test", "site.test", "https://site.test/x", ""])
def test_a_malformed_origin_is_refused_by_its_field(free: Program, origin: str) -> None:
    answer = free.call("PUT", "/api/cookie", {"cookie": COOKIE, "origin": origin})
    assert (answer.status_code, answer.json()["field"]) == (422, "origin")


def test_a_configured_origin_is_fixed(program: Program, site: Site, other: Site) -> None:
    """The same origin may be given; another one is refused before anything is sent."""
    status = program.get("/api/status")["site"]
    assert (status["origin"], status["choices"]) == (site.url, [site.url])
    assert status["is_fixed"]
    same = program.call("PUT", "/api/cookie", {"cookie": COOKIE, "origin": site.url})
    assert same.status_code == 200
    answer = program.call("PUT", "/api/cookie", {"cookie": OTHER, "origin": other.url})
    assert answer.json()["code"] == "origin_fixed"
    assert not other.simulator.requests


def test_a_cookie_of_another_origin_is_not_sent_to_a_configured_one(
    free: Program, site: Site, other: Site
) -> None:
    """A restart with another origin asks for its cookie; without, the old one works again."""
    free.call("PUT", "/api/cookie", {"cookie": COOKIE, "origin": site.url})
    free.call("POST", "/api/refresh")
    free.stop()
    with Program(free.data_dir.parent, other.url) as fixed:
        assert fixed.call("POST", "/api/refresh").json()["code"] == "upstream_cookie_other_origin"
        assert fixed.get("/api/status")["cookie"]["reason"] == "cookie_other_origin"
    assert not other.simulator.requests
    free.start()
    assert free.call("POST", "/api/cookie/check").json()["state"] == "valid"
