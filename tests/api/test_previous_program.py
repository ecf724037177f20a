"""Answers that remove what other programs left in the browser at this address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import Program
from support.site import Site

KEY = "made-up access key"
SCRIPT = {"service-worker": "script"}


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program with an access key."""
    environment = {"CREDITCURVE_ACCESS_KEY": KEY}
    folder = tmp_path_factory.mktemp("locked")
    with Site() as site, Program(folder, site.url, environment=environment) as program:
        yield program


@pytest.mark.parametrize("path", ["/", "/sw.js", "/deep/er/worker.js", "/api/status", "/login"])
def test_every_service_worker_is_replaced(locked: Program, path: str) -> None:
    """By a script that unregisters itself, also where a key is needed."""
    answer = locked.call("GET", path, headers=SCRIPT)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-store"
    assert "registration.unregister()" in answer.text


def test_a_service_worker_of_a_foreign_host_gets_no_script(shared: Program) -> None:
    headers = {**SCRIPT, "host": "evil.test"}
    assert shared.call("GET", "/sw.js", headers=headers).status_code == 403


def test_the_first_visit_clears_cache_and_storage_and_no_later_one_does(shared: Program) -> None:
    first = shared.call("GET", "/")
    assert first.headers["clear-site-data"] == '"cache", "storage"'
    cookie = first.headers["set-cookie"].partition(";")[0]
    again = shared.call("GET", "/", headers={"cookie": cookie})
    assert "clear-site-data" not in again.headers
    assert "clear-site-data" not in shared.call("GET", "/api/status").headers


def test_an_instance_ignores_the_mark_of_another(
    shared: Program, tmp_path: Path, site: Site
) -> None:
    """A previous program cannot set it beforehand; the name survives a restart."""
    mark = shared.call("GET", "/").headers["set-cookie"].partition(";")[0]
    with Program(tmp_path, site.url) as other:
        own = other.call("GET", "/", headers={"cookie": mark}).headers["set-cookie"]
        other.stop()
        other.start()
        cookie = {"cookie": own.partition(";")[0]}
        assert "clear-site-data" not in other.call("GET", "/", headers=cookie).headers
