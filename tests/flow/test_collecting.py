"""Collecting over HTTP: the switch, polls, refresh, and the state after each fault of the site."""

import re
import time
from typing import Any

import pytest

from creditcurve.domain.instant import from_iso
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site
from support.sweeps import first

USAGE = "/api/user/usage"

PASSING = {
    "error_500": "upstream_error",
    "rate_limited_120": "upstream_rate_limited",
    "other_html": "not_json",
    "all_malformed": "schema_changed",
    "cut_body": "upstream_network",
    "forbidden": "upstream_forbidden",
    "error_502": "upstream_error",
    "error_520": "upstream_error",
    "redirect_other_host": "unexpected_redirect",
    "deep_nesting": "not_json",
    "utf16": "not_json",
    "empty_body": "not_json",
    "gzip_bomb": "too_large",
}
LINES = {"content-type": "application/x-ndjson"}
IMPORTED = (
    b'{"id":1,"type":"USAGE","endpoint":"v1/messages","model":"m","credits":5,"status":200,'
    b'"api_key":null,"counts":true,"created_at":"2025-08-20T13:00:00.000Z","extra":null}\n'
)


def test_no_poll_is_made_until_collecting_is_on(program: Program, site: Site) -> None:
    """Saving a cookie makes one check and no poll."""
    program.give_cookie(COOKIE)
    assert program.get("/api/status")["link"]["state"] == "off"
    assert site.calls(USAGE) == 0
    with Events(program.url) as events:
        program.call("PATCH", "/api/settings", {"collecting": True})
        records = events.until("records")
    assert len(records.data["records"]) == 20
    assert site.calls(USAGE) >= 1


def test_switched_off_the_link_is_off_and_no_poll_is_due(program: Program) -> None:
    program.give_cookie(COOKIE, collecting=True)
    program.call("PATCH", "/api/settings", {"collecting": False})
    link = program.get("/api/status")["link"]
    assert (link["state"], link["next_poll_at"]) == ("off", None)


def test_polling_the_same_answer_twice_changes_nothing(program: Program) -> None:
    """The revision is the same too."""
    program.give_cookie(COOKIE)
    first = program.call("POST", "/api/refresh").json()
    revision = program.get("/api/status")["records"]["revision"]
    second = program.call("POST", "/api/refresh").json()
    assert (first["new"], second["new"], second["updated"]) == (20, 0, 0)
    assert program.get("/api/status")["records"]["revision"] == revision


def test_a_new_interval_counts_from_the_last_poll(program: Program) -> None:
    """The page's countdown changes at once."""
    program.give_cookie(COOKIE, collecting=True)
    _settle(program)
    with Events(program.url) as events:
        events.greeting()
        program.call("PATCH", "/api/settings", {"poll_interval_s": 600})
        events.until("status", lambda data: _pause_s(data["link"]) == pytest.approx(600, abs=1))


def _pause_s(link: dict[str, Any]) -> float:
    """Return the time between the last poll and the next one."""
    return _seconds(link["next_poll_at"]) - _seconds(link["last_attempt_at"])


@pytest.mark.parametrize("fault", first(6, PASSING))
def test_a_passing_fault_degrades_the_link_and_heals(
    program: Program, site: Site, fault: str
) -> None:
    """The code names it, the next poll is due, the cookie stays valid; a good answer ends it."""
    program.give_cookie(COOKIE, collecting=True)
    with Events(program.url) as events:
        _settle(program)
        site.simulator.faults.set(fault, endpoint="usage")
        answer = program.call("POST", "/api/refresh")
        assert answer.status_code == 502
        assert answer.json()["code"].startswith("upstream_")
        link = events.until("status", lambda data: data["link"]["code"] == PASSING[fault]).data[
            "link"
        ]
        assert link["state"] == "degraded"
        assert link["next_poll_at"] is not None
        assert program.get("/api/status")["cookie"]["state"] == "valid"
        assert program.get("/api/status")["records"]["total"] == 20
        assert program.call("POST", "/api/refresh").status_code == 200
        events.until("status", lambda data: data["link"]["state"] == "ok")


def test_a_firewall_challenge_leaves_the_cookie_valid(program: Program, site: Site) -> None:
    """Blocked, the next try in one minute."""
    program.give_cookie(COOKIE, collecting=True)
    _settle(program)
    site.simulator.faults.set("challenge", endpoint="usage")
    program.call("POST", "/api/refresh")
    status = program.get("/api/status")
    assert (status["link"]["state"], status["link"]["code"]) == ("blocked", "waf_challenge")
    wait_s = _seconds(status["link"]["next_poll_at"]) - _seconds(status["link"]["last_attempt_at"])
    assert wait_s == pytest.approx(60, abs=1)
    assert status["cookie"]["state"] == "valid"


def test_the_third_403_in_a_row_switches_collecting_off(program: Program, site: Site) -> None:
    """The reason is reported, and the cookie stays valid."""
    program.give_cookie(COOKIE, collecting=True)
    _settle(program)
    site.simulator.faults.set("forbidden", endpoint="usage", times=None)
    for _ in range(3):
        program.call("POST", "/api/refresh")
    status = program.get("/api/status")
    assert (status["link"]["state"], status["link"]["code"]) == ("off", "upstream_forbidden")
    assert program.get("/api/settings")["collecting"] is False
    assert status["cookie"]["state"] == "valid"


@pytest.mark.slow
def test_a_site_that_is_back_is_polled_within_ten_seconds(program: Program, site: Site) -> None:
    """The user does not have to press refresh."""
    program.give_cookie(COOKIE, collecting=True)
    with Events(program.url, timeout_s=60) as events:
        events.until("status", lambda data: data["link"]["last_success_at"])
        port = int(site.url.rpartition(":")[2])
        site.close()
        program.call("POST", "/api/refresh")
        refused = events.until("status", lambda data: data["link"]["code"] == "upstream_refused")
        assert _pause_s(refused.data["link"]) <= 10
        site.open(port)
        events.until("status", lambda data: data["link"]["state"] == "ok")


def test_one_malformed_row_is_quarantined_and_the_others_are_stored(
    program: Program, site: Site
) -> None:
    program.give_cookie(COOKIE)
    site.simulator.faults.set("one_malformed", endpoint="usage")
    assert program.call("POST", "/api/refresh").status_code == 200
    records = program.get("/api/status")["records"]
    assert records["quarantined"] == 1
    assert records["total"] >= 19


def test_an_answer_that_does_not_reach_back_leaves_a_gap(program: Program, site: Site) -> None:
    """It is cut to the newest rows and shares none with the store; the gap stays."""
    program.give_cookie(COOKIE)
    program.call("POST", "/api/refresh")
    simulator = site.simulator
    simulator.row_limit = 5
    simulator.honours_hours = False
    now_ms = time.time_ns() // 1_000_000
    for number in range(10):
        simulator.history.add(
            t_ms=now_ms - 60_000 + number,
            credits=1,
            model="m",
            type="USAGE",
            endpoint="v1/messages",
        )
    program.call("POST", "/api/refresh")
    gaps = program.get("/api/usage?hours=1")["gaps"]
    assert [gap["kind"] for gap in gaps][-1] == "possible_loss"
    program.call("POST", "/api/refresh")
    assert program.get("/api/usage?hours=1")["gaps"][-1]["kind"] == "possible_loss"


def test_a_back_fill_that_bridges_closes_the_gap(program: Program, site: Site) -> None:
    """A site that honours ``hours`` answers the missing rows."""
    program.give_cookie(COOKIE)
    simulator = site.simulator
    now_ms = time.time_ns() // 1_000_000
    _charge(site, now_ms - 120_000)
    program.call("POST", "/api/refresh")
    simulator.row_limit = 5
    for number in range(10):
        simulator.history.add(
            t_ms=now_ms - 60_000 + number,
            credits=1,
            model="m",
            type="USAGE",
            endpoint="v1/messages",
        )
    program.call("POST", "/api/refresh")
    usage = program.get("/api/usage?hours=1")
    assert usage["requests"] == 11
    assert not [gap for gap in usage["gaps"] if gap["kind"] == "possible_loss"]


@pytest.mark.parametrize("before", ["nothing", "an import", "an answer without rows"])
def test_the_first_answer_with_rows_is_filled_back(
    program: Program, site: Site, before: str
) -> None:
    """One back-fill is made, whatever was stored before."""
    simulator = site.simulator
    simulator.row_limit = 5
    program.give_cookie(COOKIE)
    if before == "an import":
        program.call("POST", "/api/import", content=IMPORTED, headers=LINES)
    if before == "an answer without rows":
        simulator.faults.set("empty_list")
        assert program.call("POST", "/api/refresh").json()["new"] == 0
    _charge_many(site, time.time_ns() // 1_000_000 - 120_000, 9)
    assert program.call("POST", "/api/refresh").json()["new"] == 9
    program.call("POST", "/api/refresh")
    asked = [request.target.partition("?")[2] for request in simulator.requests]
    assert asked.count("hours=24") == 1
    assert asked[-2:] == ["hours=24", ""]


@pytest.mark.parametrize(
    "fault",
    first(
        4,
        [
            *("error_500", "challenge", "newest_only", "all_malformed", "forbidden"),
            *("not_found", "rate_limited_120", "other_html", "cut_body", "empty_list"),
        ],
    ),
)
def test_a_useless_back_fill_changes_no_state(program: Program, site: Site, fault: str) -> None:
    """It is refused, broken, empty or has other rows: the poll was good, and the gap stays."""
    now_ms = _begin_with_one(program, site)
    site.simulator.faults.set(fault, endpoint="back_fill")
    _charge_many(site, now_ms, 10)
    answer = program.call("POST", "/api/refresh")
    assert answer.json()["new"] == 5
    assert site.simulator.faults.pending == []
    status = program.get("/api/status")
    assert (status["link"]["state"], status["link"]["code"]) == ("ok", None)
    assert status["cookie"]["state"] == "valid"
    usage = program.get("/api/usage?hours=1")
    assert (usage["requests"], _losses(usage)) == (6, 1)


@pytest.mark.parametrize("fault", ["reversed", "doubled", "enveloped", "unknown_fields"])
def test_a_back_fill_in_another_form_closes_the_gap_too(
    program: Program, site: Site, fault: str
) -> None:
    """The form of the answer makes no difference."""
    now_ms = _begin_with_one(program, site)
    site.simulator.faults.set(fault, endpoint="back_fill")
    _charge_many(site, now_ms, 10)
    program.call("POST", "/api/refresh")
    usage = program.get("/api/usage?hours=1")
    assert (usage["requests"], _losses(usage)) == (11, 0)


def test_a_faster_pace_is_reported_until_answers_overlap_again(
    program: Program, site: Site
) -> None:
    """The interval is halved at each possible loss, and restored after an overlap."""
    now_ms = _begin_with_one(program, site)
    site.simulator.honours_hours = False
    paces = []
    for round_ in range(4):
        _charge_many(site, now_ms + 1_000 * round_, 6)
        program.call("POST", "/api/refresh")
        paces.append(_pace(program))
    assert paces == [(30, 30), (15, 15), (10, 10), (10, 10)]
    program.call("POST", "/api/refresh")
    assert _pace(program) == (None, 60)


def test_a_new_interval_ends_a_faster_pace(program: Program, site: Site) -> None:
    now_ms = _begin_with_one(program, site)
    site.simulator.honours_hours = False
    _charge_many(site, now_ms, 6)
    program.call("POST", "/api/refresh")
    program.call("PATCH", "/api/settings", {"poll_interval_s": 120})
    assert _pace(program) == (None, 120)


def test_a_change_of_state_is_logged_once(program: Program, site: Site) -> None:
    """There is no line per poll; the recovery has a line too."""
    program.give_cookie(COOKIE, collecting=True)
    _settle(program)
    site.simulator.faults.set("error_500", endpoint="usage", times=3)
    for _ in range(5):
        program.call("POST", "/api/refresh")
    changes = re.findall(r"link state=(.*)", program.log)
    assert changes[-2:] == ["degraded code=upstream_error", "ok code=None"]
    assert len([change for change in changes if change.startswith("degraded")]) == 1


def _settle(program: Program) -> None:
    """Wait until the first poll and its back-fill have ended."""
    with Events(program.url) as events:
        events.until("status", lambda data: data["link"]["last_success_at"])
    program.call("POST", "/api/refresh")


def _begin_with_one(program: Program, site: Site) -> int:
    """Collect one request; later answers contain five rows. Return the time."""
    now_ms = time.time_ns() // 1_000_000
    _charge(site, now_ms - 120_000)
    program.give_cookie(COOKIE, collecting=True)
    _settle(program)
    site.simulator.row_limit = 5
    return now_ms


def _charge_many(site: Site, t_ms: int, count: int) -> None:
    for number in range(count):
        _charge(site, t_ms + number)


def _losses(usage: Any) -> int:
    return sum(gap["kind"] == "possible_loss" for gap in usage["gaps"])


def _pace(program: Program) -> tuple[int | None, float]:
    """Return the reported pace, and the seconds between the last poll and the next."""
    link = program.get("/api/status")["link"]
    pause_s = _seconds(link["next_poll_at"]) - _seconds(link["last_attempt_at"])
    return (link["pace"] and link["pace"]["interval_s"]), round(pause_s)


def _charge(site: Site, t_ms: int) -> None:
    site.simulator.history.add(
        t_ms=t_ms, credits=1, model="m", type="USAGE", endpoint="v1/messages"
    )


def _seconds(instant: str) -> float:
    return from_iso(instant) / 1000
