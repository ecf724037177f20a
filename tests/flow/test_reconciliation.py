"""The site's hourly sums, read by the check, compared with ours over HTTP."""

import time
from typing import Any

import pytest

from support.events import Events
from support.program import Program
from support.site import COOKIE, Site

CHART = "/api/user/usage/chart"
HOUR_MS = 3_600_000


def checked(program: Program) -> Any:
    """Collect until the first check; return the reconciliation."""
    with Events(program.url, timeout_s=20) as events:
        program.call("PATCH", "/api/settings", {"collecting": True})
        return events.until("status", lambda data: data["reconciliation"]).data["reconciliation"]


def yesterday(site: Site) -> int:
    """Add a request to each of the last full hours; return the start of the second to last."""
    this_hour = time.time_ns() // 1_000_000 // HOUR_MS * HOUR_MS
    for back in range(1, 26):
        site.simulator.history.add(t_ms=this_hour - back * HOUR_MS + 1_000, credits=back)
    return this_hour - 2 * HOUR_MS


def test_every_full_hour_agrees(program: Program, site: Site) -> None:
    """The check follows the first poll, and no hour differs."""
    yesterday(site)
    program.give_cookie(COOKIE)
    found = checked(program)
    assert found["hours"] >= 21
    assert found["agree"] == found["hours"]
    assert program.get("/api/usage?hours=24")["differences"] == []


def test_a_chart_in_thousandths_agrees_too(program: Program, site: Site) -> None:
    """The unit is found and reported."""
    yesterday(site)
    site.simulator.chart_unit = 1000
    program.give_cookie(COOKIE)
    found = checked(program)
    assert found["factor"] == 1000
    assert found["agree"] == found["hours"] >= 21


def test_a_missing_request_is_reported_with_its_hour(program: Program, site: Site) -> None:
    """The site's sums include a request that its list lacks: both sums are reported."""
    yesterday(site)
    site.simulator.faults.set("row_left_out", times=None)
    program.give_cookie(COOKIE)
    found = checked(program)
    assert found["hours"] - found["agree"] == 1
    (difference,) = program.get("/api/usage?hours=24")["differences"]
    assert (difference["ours"], difference["theirs"], difference["in_gap"]) == (0, 10, False)
    hours_ago = (time.time_ns() // 1_000_000 - difference["t"]) // HOUR_MS
    assert hours_ago == 10


def test_a_site_that_refuses_hours_is_checked_without(program: Program, site: Site) -> None:
    """The check is repeated without ``hours`` at once."""
    yesterday(site)
    program.give_cookie(COOKIE)
    site.simulator.faults.set("error_500", endpoint="chart", times=1)
    assert checked(program)["hours"] >= 21
    asked = [one.target for one in site.simulator.requests if one.path == CHART]
    assert asked[-2:] == [f"{CHART}?hours=24", CHART]


@pytest.mark.parametrize("fault", ["empty_list", "other_html", "trailing_text"])
def test_an_unreadable_chart_changes_no_state(program: Program, site: Site, fault: str) -> None:
    """The cookie is valid, and no sums are compared."""
    yesterday(site)
    program.give_cookie(COOKIE)
    before = program.get("/api/status")["cookie"]["checked_at"]
    site.simulator.faults.set(fault, endpoint="chart", times=None)
    with Events(program.url, timeout_s=20) as events:
        program.call("PATCH", "/api/settings", {"collecting": True})
        events.until("status", lambda data: data["cookie"]["checked_at"] != before)
    status = program.get("/api/status")
    assert status["reconciliation"] is None
    assert (status["link"]["state"], status["cookie"]["state"]) == ("ok", "valid")
    assert program.get("/api/usage?hours=24")["requests"] >= 23
