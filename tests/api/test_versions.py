"""Answers and events carry the versions of the data they describe."""

from typing import Any

import pytest

from support.events import Events
from support.program import Program
from support.site import COOKIE, Site

NAMES = {"revision", "coverage", "settings", "sums", "account"}
HOUR = "from=2025-08-25T12:40:00Z&to=2025-08-25T13:40:00Z"
ANSWERS = ("/api/status", f"/api/usage?{HOUR}", "/api/records")


@pytest.fixture
def collected(program: Program) -> Program:
    """The program with the sample's twenty records."""
    program.give_cookie(COOKIE)
    assert program.call("POST", "/api/refresh").json()["new"] == 20
    return program


def versions(program: Program, path: str) -> dict[str, int]:
    """Return the versions of an answer."""
    found: dict[str, int] = program.get(path)["versions"]
    return found


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_names_all_versions(collected: Program, path: str) -> None:
    found = versions(collected, path)
    assert set(found) == NAMES
    assert found["revision"] == 20


def test_answers_of_one_moment_have_equal_versions(collected: Program) -> None:
    """A client may compare those of different answers."""
    found = [versions(collected, path) for path in ANSWERS]
    assert found[0] == found[1] == found[2]


def test_new_records_raise_the_revision(collected: Program, site: Site) -> None:
    before = versions(collected, "/api/records")
    site.charge(7)
    collected.call("POST", "/api/refresh")
    after = versions(collected, "/api/records")
    assert after["revision"] == before["revision"] + 1


def test_a_changed_setting_raises_the_version_of_the_settings(collected: Program) -> None:
    """The answer, the event and the status name the same one."""
    before = collected.get("/api/settings")["versions"]
    with Events(collected.url) as events:
        assert events.greeting()[2].data["versions"] == before
        answer = collected.call("PATCH", "/api/settings", {"theme": "dark"}).json()
        event = events.until("settings").data
    assert answer["versions"] == {"settings": before["settings"] + 1}
    assert event == answer
    assert versions(collected, "/api/status")["settings"] == answer["versions"]["settings"]


def test_events_name_the_versions_of_their_data(collected: Program, site: Site) -> None:
    with Events(collected.url, since=0) as events:
        status = events.greeting()[1].data
        assert set(status["versions"]) == NAMES
        first = events.until("records").data
        assert first["versions"]["revision"] == first["revision"] == 20
        site.charge(7)
        collected.call("POST", "/api/refresh")
        second = events.until("records").data
        assert second["versions"]["revision"] == second["revision"] == 21
        heard = events.until("status", lambda data: _revision(data) == 21).data
    assert heard["versions"] == versions(collected, "/api/status")


def test_a_read_changes_no_version(collected: Program) -> None:
    before = versions(collected, "/api/status")
    for path in ANSWERS:
        collected.get(path)
    assert versions(collected, "/api/status") == before


def test_a_restart_lowers_no_version(collected: Program) -> None:
    before = versions(collected, "/api/records")
    collected.stop()
    collected.start()
    after = versions(collected, "/api/records")
    assert all(after[name] >= before[name] for name in NAMES)


def _revision(data: Any) -> int:
    return int(data["versions"]["revision"])
