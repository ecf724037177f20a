"""Settings: any subset, all of it or nothing, and refusals that name the field."""

from typing import Any

import msgspec
import pytest

from creditcurve.domain.settings import Settings
from support.events import Events
from support.program import Program
from support.site import COOKIE

DEFAULTS = msgspec.json.decode(msgspec.json.encode(Settings())) | {"versions": {"settings": 1}}


def test_the_defaults_are_those_of_the_contract(program: Program) -> None:
    """Collection is off until it is switched on; a poll a minute; one hour is shown."""
    answer = program.get("/api/settings")
    assert answer.pop("versions") == {"settings": 1}
    assert answer == {
        "collecting": False,
        "poll_interval_s": 60,
        "range_hours": 1,
        "locale": "auto",
        "theme": "auto",
        "time_zone": "auto",
        "retention_days": None,
        "unit": "auto",
        "also_counts": [],
        "schedule": None,
        "auto_reset": {"at": None, "below": None, "between": None},
        "quiet_hours": None,
        "page_url": None,
        "digest": None,
    }


def test_a_change_of_some_settings_is_stored_and_published(program: Program) -> None:
    """The answer has all settings; every page gets an event; a restart keeps them."""
    with Events(program.url) as events:
        events.greeting()
        answer = program.call("PATCH", "/api/settings", {"poll_interval_s": 300, "theme": "dark"})
        expected = DEFAULTS | {
            "poll_interval_s": 300,
            "theme": "dark",
            "versions": {"settings": 2},
        }
        assert answer.json() == expected
        assert events.until("settings").data == expected
    program.stop()
    program.start()
    assert program.get("/api/settings") == expected


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"poll_interval_s": 9}, "poll_interval_s"),
        ({"poll_interval_s": 86_401}, "poll_interval_s"),
        ({"poll_interval_s": "60"}, "poll_interval_s"),
        ({"poll_interval_s": 60.5}, "poll_interval_s"),
        ({"poll_interval_s": None}, "poll_interval_s"),
        ({"range_hours": 0}, "range_hours"),
        ({"range_hours": 8_761}, "range_hours"),
        ({"locale": "fr"}, "locale"),
        ({"theme": "blue"}, "theme"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"retention_days": 0}, "retention_days"),
        ({"collecting": "yes"}, "collecting"),
        ({"bogus": 1}, "bogus"),
    ],
)
def test_a_value_out_of_bounds_changes_nothing(
    shared: Program, patch: dict[str, Any], field: str
) -> None:
    """422 names the field, and a good field beside the bad one is not taken either."""
    answer = shared.call("PATCH", "/api/settings", {"theme": "dark"} | patch)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field
    assert shared.get("/api/settings") == DEFAULTS


def test_collection_needs_a_cookie(program: Program) -> None:
    """409 says which lack it is."""
    answer = program.call("PATCH", "/api/settings", {"collecting": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_cookie")
    assert program.get("/api/settings") == DEFAULTS
    program.give_cookie(COOKIE, collecting=True)
    assert program.get("/api/settings")["collecting"] is True


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Argentina/Buenos_Aires"])
def test_a_time_zone_is_an_iana_name(program: Program, zone: str) -> None:
    """Names are compared exactly."""
    answer = program.call("PATCH", "/api/settings", {"time_zone": zone})
    assert answer.json()["time_zone"] == zone


def test_messages_link_to_the_address_that_the_program_listens_on(program: Program) -> None:
    """Without an address in the settings, and where the system has chosen the port."""
    rule = program.get("/api/alerts/rules")["rules"][0]["id"]
    message = program.get(f"/api/alerts/rules/{rule}/preview")["message"]
    assert message["link"].startswith(f"{program.url}/")
