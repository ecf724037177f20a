"""The demo below the page: live data of its own, and nothing of it in the user's data."""

from pathlib import Path

import pytest

from support.program import Program
from support.site import COOKIE, Site

KEY = "made-up access key"


def folders(place: Path) -> list[str]:
    return [path.name for path in place.glob("creditcurve-demo-*")]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder for temporary files."""
    place = tmp_path / "temporary"
    place.mkdir()
    return place


def test_the_demo_has_separate_data(tmp_path: Path, place: Path, site: Site) -> None:
    """Neither settings nor requests nor the cookie of the instance change; nothing is left."""
    with Program(tmp_path, site.url, environment={"TMPDIR": str(place)}) as program:
        program.give_cookie(COOKIE)
        program.call("PATCH", "/api/settings", {"locale": "zh-CN", "poll_interval_s": 600})
        before = program.get("/api/settings"), program.get("/api/status")["records"]
        assert folders(place) == []
        demo = program.get("/demo/api/status")
        assert (demo["demo"], demo["hosted_demo"], demo["link"]["state"]) == (True, True, "ok")
        assert demo["records"]["total"] > 100
        assert demo["data_dir"].startswith(str(place))
        assert program.get("/demo/api/settings")["locale"] == "zh-CN"
        program.call("PATCH", "/demo/api/settings", {"theme": "dark", "range_hours": 6})
        program.call("DELETE", "/demo/api/cookie")
        assert (program.get("/api/settings"), program.get("/api/status")["records"]) == before
        status = program.get("/api/status")
        assert (status["cookie"]["state"], status["demo"]) == ("valid", False)
        assert len(folders(place)) == 1
    assert folders(place) == []


def test_the_page_of_the_demo_is_the_page(program: Program) -> None:
    """Its files are relative, so that the same files work one level deeper."""
    own, demo = program.call("GET", "/"), program.call("GET", "/demo/")
    assert (demo.status_code, demo.text) == (own.status_code, own.text)
    redirect = program.call("GET", "/demo")
    assert (redirect.status_code, redirect.headers["location"]) == (307, "/demo/")
    assert program.call("GET", "/demo/unknown").status_code == 404
    assert program.call("GET", "/demonstration").status_code == 404


def test_it_needs_the_access_key_and_is_not_started_without(tmp_path: Path, place: Path) -> None:
    """A session of the instance is valid for its demo too."""
    environment = {"TMPDIR": str(place), "CREDITCURVE_ACCESS_KEY": KEY}
    with Program(tmp_path, None, environment=environment) as program:
        for path in ("/demo/api/status", "/demo/api/events", "/demo/metrics"):
            assert program.call("GET", path).status_code == 401
        hosts = {"host": "evil.test"}
        assert program.call("GET", "/demo/api/status", headers=hosts).status_code == 403
        assert folders(place) == []
        bearer = {"authorization": f"Bearer {KEY}"}
        assert program.call("GET", "/demo/api/status", headers=bearer).status_code == 200
        opened = program.call("POST", "/demo/api/session", {"key": KEY})
        token = opened.headers["set-cookie"].partition(";")[0]
        answer = program.call("GET", "/demo/api/status", headers={"cookie": token})
        assert answer.json()["needs_key"] is False


@pytest.mark.slow
def test_it_works_below_a_base_path(tmp_path: Path) -> None:
    """Whether the proxy removes the path or not."""
    with Program(tmp_path, None, arguments=("--base-path", "/curve")) as program:
        root = program.url.removesuffix("/curve")
        program.url = root
        for prefix in ("", "/curve"):
            assert program.get(f"{prefix}/demo/api/status")["hosted_demo"] is True
        redirect = program.call("GET", "/curve/demo")
        assert redirect.headers["location"] == "/curve/demo/"
