"""Storage that fails while the program runs, and a damaged database at the start."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from support.events import Events
from support.program import Program
from support.site import COOKIE, Site

USAGE = "/api/user/usage"
HOUR = "/api/usage?from=2025-08-25T12:40:00Z&to=2025-08-25T13:40:00Z"


@contextmanager
def full_disk(program: Program) -> Iterator[None]:
    """Prevent every file of the program from growing: writes fail as on a full disk."""
    before = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit no running process")
def test_a_full_disk_pauses_collecting_until_there_is_space(program: Program, site: Site) -> None:
    """The page and the stored records are still served, and the site is not asked."""
    program.give_cookie(COOKIE, collecting=True)
    with Events(program.url, timeout_s=60) as events:
        events.until("status", lambda data: data["link"]["last_success_at"])
        assert program.call("POST", "/api/refresh").status_code == 200
        with full_disk(program):
            site.simulator.history.add(t_ms=time.time_ns() // 1_000_000 - 60_000, credits=7)
            assert program.call("POST", "/api/refresh").status_code == 503
            link = events.until("status", lambda data: data["link"]["code"]).data["link"]
            assert (link["state"], link["code"]) == ("storage_error", "storage_error")
            calls = site.calls(USAGE)
            assert program.call("POST", "/api/refresh").status_code == 503
            assert site.calls(USAGE) == calls
            health = program.call("GET", "/api/health")
            assert (health.status_code, health.json()["failing"]) == (503, ["store"])
            assert program.get(HOUR)["total"] == 334
            assert program.call("GET", "/").status_code == 200
        events.until("status", lambda data: data["link"]["state"] == "ok")
    assert program.get("/api/status")["records"]["total"] == 21
    assert program.get("/api/health")["status"] == "ok"


def test_a_damaged_database_is_recovered_and_reported(program: Program) -> None:
    """The status names the copy of the damaged file."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    assert program.get("/api/status")["recovered_from"] is None
    program.stop()
    file = next(program.data_dir.glob("*.db"))
    with file.open("r+b") as database:
        database.write(b"\xa5" * 100)
    damaged = file.read_bytes()
    program.start()
    status = program.get("/api/status")
    kept = file.with_name(status["recovered_from"].rpartition("/")[2])
    assert kept.read_bytes() == damaged
    assert (status["records"]["total"], status["cookie"]["state"]) == (20, "valid")
    assert program.get(HOUR)["total"] == 334
