"""Credit resets: one POST, never a second one for a lost answer."""

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import httpx2
import pytest

from creditcurve.simulator import Era, SimulatedAccount
from support.program import Program
from support.site import COOKIE, Site
from support.sweeps import first

NOW_MS = time.time_ns() // 1_000_000


@pytest.fixture
def account(site: Site) -> SimulatedAccount:
    """An account with little left; two resets a day, so that the site itself stops none."""
    site.simulator.account = SimulatedAccount(
        era=Era.CREDITS, opening=980, since_ms=NOW_MS, maximum=8_000, resets_per_day=2
    )
    return site.simulator.account


@pytest.fixture
def collecting(account: SimulatedAccount, program: Program) -> Program:
    """The program, collecting, with the account read once."""
    del account
    program.give_cookie(COOKIE, collecting=True)
    until(program, lambda found: found["balance"] is not None)
    return program


def until(program: Program, holds: Any) -> dict[str, Any]:
    """Ask until the account is as expected."""
    deadline = time.monotonic() + 15
    while True:
        found: dict[str, Any] = program.get("/api/account")
        if holds(found):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def posts(site: Site) -> int:
    """Return how many resets the site was asked for."""
    return sum(request.method == "POST" for request in site.simulator.account_requests)


def test_a_reset_is_one_call_between_two_readings(collecting: Program, site: Site) -> None:
    site.simulator.account_requests.clear()
    answer = collecting.call("POST", "/api/account/reset")
    assert answer.json() == {"before": 980, "after": 8000, "amount": 7020, "remaining": 1}
    methods = [
        request.method
        for request in site.simulator.account_requests
        if request.path == "/api/user/credit-reset"
    ]
    assert methods == ["GET", "POST", "GET"]
    found = collecting.get("/api/account")
    assert (found["balance"], found["reset"]["remaining"]) == (8000, 1)
    assert [(one["by"], one["state"]) for one in found["resets"]] == [("user", "done")]
    history = collecting.get("/api/account/history?hours=1")
    assert [(one["kind"], one["by"]) for one in history["events"]] == [("reset", "user")]


def test_the_post_carries_exactly_the_headers_of_the_page(collecting: Program, site: Site) -> None:
    collecting.call("POST", "/api/account/reset")
    post = next(one for one in site.simulator.account_requests if one.method == "POST")
    names = {name.lower() for name, _ in post.headers}
    assert names == {b"host", b"cookie", b"referer", b"user-agent", b"accept", b"content-length"}
    assert post.header(b"referer") == f"{site.url}/dashboard".encode()
    assert post.body == b""


def test_a_used_reset_is_not_asked_for(
    collecting: Program, site: Site, account: SimulatedAccount
) -> None:
    account.resets_per_day = 0
    answer = collecting.call("POST", "/api/account/reset")
    assert (answer.status_code, answer.json()["code"]) == (409, "reset_used")
    assert posts(site) == 0


def test_a_400_means_that_it_was_used_already(collecting: Program, site: Site) -> None:
    site.simulator.faults.set("bad_request", endpoint="use_reset")
    answer = collecting.call("POST", "/api/account/reset")
    assert (answer.status_code, answer.json()["code"]) == (409, "reset_used")
    assert collecting.get("/api/account")["resets"][0]["state"] == "used"


def test_a_site_without_resets_is_not_asked_for_one(program: Program, site: Site) -> None:
    program.give_cookie(COOKIE, collecting=True)
    answer = program.call("POST", "/api/account/reset")
    assert (answer.status_code, answer.json()["code"]) == (409, "reset_not_available")
    assert posts(site) == 0


@pytest.mark.parametrize(
    "fault", first(2, ["error_500", "cut_body", "error_502", "reset", "other_html"])
)
def test_an_uncertain_answer_is_reported_and_never_repeated(
    collecting: Program, site: Site, fault: str
) -> None:
    site.simulator.faults.set(fault, endpoint="use_reset")
    answer = collecting.call("POST", "/api/account/reset")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (502, "reset_doubtful")
    assert (problem["before"], problem["after"], problem["remaining"]) == (980, 8000, 1)
    assert posts(site) == 1
    assert collecting.get("/api/account")["resets"][0]["state"] == "doubtful"


def test_a_reset_at_a_low_balance_is_used_once_a_day(collecting: Program, site: Site) -> None:
    collecting.call("PATCH", "/api/settings", {"auto_reset": {"below": 1_000}})
    found = until(collecting, lambda one: one["resets"] and one["balance"] == 8_000)
    assert [(one["by"], one["state"]) for one in found["resets"]] == [("threshold", "done")]
    assert posts(site) == 1


def test_a_time_that_has_passed_today_is_used_tomorrow(collecting: Program, site: Site) -> None:
    """Also after a restart: the store knows when the time was chosen."""
    collecting.call("PATCH", "/api/settings", {"auto_reset": {"at": "00:00"}})
    for _ in range(2):
        before = collecting.get("/api/account")["at"]
        collecting.stop()
        collecting.start()
        until(collecting, lambda one, before=before: one["at"] != before)
    assert collecting.get("/api/account")["resets"] == []
    assert posts(site) == 0


def test_a_kill_between_the_call_and_its_result_never_asks_twice(
    collecting: Program, site: Site
) -> None:
    """The site has used the reset; a second one remains, and the rule would ask for it."""
    held = site.hold("use_reset")
    collecting.call("PATCH", "/api/settings", {"auto_reset": {"below": 1_000}})
    held.wait()
    before = collecting.get("/api/account")["at"]
    collecting.kill()
    held.release()
    collecting.start()
    found = until(collecting, lambda one: one["at"] != before)
    assert [(one["by"], one["state"]) for one in found["resets"]] == [("threshold", "doubtful")]
    collecting.call("PATCH", "/api/settings", {"auto_reset": {"below": 9_000}})
    collecting.call("POST", "/api/refresh")
    assert posts(site) == 1


BY_TIME: Final = {"auto_reset": {"at": "00:00"}}
BY_THRESHOLD: Final = {"auto_reset": {"below": 1_000}}
RECEIVED_S: Final = 0.5
"""Enough for the program to receive an answer; the results are the same if it is not."""
AUTOMATIC: Final = [("time", BY_TIME), ("threshold", BY_THRESHOLD)]


def ask_automatically(program: Program, rule: dict[str, Any]) -> None:
    """Set a rule that is due now; its time of day counts as chosen long ago."""
    program.call("PATCH", "/api/settings", rule)
    if rule == BY_TIME:
        program.stop()
        with database(program) as connection:
            connection.execute(
                "UPDATE state SET value = ? WHERE name = 'daily_reset'",
                (json.dumps({"at": "00:00", "since_ms": 0}),),
            )
        program.start()


@contextlib.contextmanager
def database(program: Program) -> Iterator[sqlite3.Connection]:
    """Open the database beside the program."""
    connection = sqlite3.connect(program.data_dir / "creditcurve.db", isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.parametrize(("by", "rule"), AUTOMATIC)
def test_a_kill_before_the_call_loses_no_reset(
    collecting: Program, site: Site, by: str, rule: dict[str, Any]
) -> None:
    """The state is being read: nothing was asked for, and the next start asks once."""
    held = site.hold("reset")
    ask_automatically(collecting, rule)
    held.wait()
    collecting.kill()
    assert posts(site) == 0
    held.release()
    collecting.start()
    found = until(collecting, lambda one: one["resets"] and one["balance"] == 8_000)
    assert [(one["by"], one["state"]) for one in found["resets"]] == [(by, "done")]
    assert posts(site) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("by", "rule"), AUTOMATIC)
def test_a_kill_during_the_call_never_asks_twice(
    collecting: Program, site: Site, by: str, rule: dict[str, Any]
) -> None:
    """The site has used the reset, and a second one remains."""
    held = site.hold("use_reset")
    ask_automatically(collecting, rule)
    held.wait()
    collecting.kill()
    held.release()
    assert_never_asked_again(collecting, site, by)


@pytest.mark.slow
@pytest.mark.parametrize(("by", "rule"), AUTOMATIC)
def test_a_kill_between_the_answer_and_its_commit_never_asks_twice(
    collecting: Program, site: Site, by: str, rule: dict[str, Any]
) -> None:
    """Another process locks the database, so that the answer is received and cannot be stored."""
    held = site.hold("use_reset")
    ask_automatically(collecting, rule)
    held.wait()
    with database(collecting) as connection:
        connection.execute("BEGIN IMMEDIATE")
        held.release()
        time.sleep(RECEIVED_S)
        collecting.kill()
    assert_never_asked_again(collecting, site, by)


@pytest.mark.slow
@pytest.mark.parametrize("is_answered", [False, True])
def test_a_kill_during_a_manual_reset_never_asks_twice(
    collecting: Program, site: Site, is_answered: bool
) -> None:
    """The answer is not there yet, or cannot be stored because the database is locked."""
    held = site.hold("use_reset")
    with ThreadPoolExecutor() as pool, database(collecting) as connection:
        answer = pool.submit(collecting.call, "POST", "/api/account/reset")
        held.wait()
        if is_answered:
            connection.execute("BEGIN IMMEDIATE")
            held.release()
            time.sleep(RECEIVED_S)
        collecting.kill()
        held.release()
        assert isinstance(answer.exception(30), httpx2.HTTPError)
    assert_never_asked_again(collecting, site, "user")


def assert_never_asked_again(program: Program, site: Site, by: str) -> None:
    """Start again, with both rules due and a site that reports no reset, and poll."""
    assert site.simulator.account is not None
    site.simulator.account.resets = []
    program.start()
    before = program.get("/api/account")["at"]
    program.call("PATCH", "/api/settings", {"auto_reset": {"at": "00:00", "below": 9_000}})
    program.call("POST", "/api/refresh")
    found = until(program, lambda one: one["at"] != before)
    assert [(one["by"], one["state"]) for one in found["resets"]] == [(by, "doubtful")]
    assert posts(site) == 1
