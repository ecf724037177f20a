"""Credit resets: one POST, never a second one for a lost answer."""

import time
from typing import Any

import pytest

from creditcurve.simulator import Era, SimulatedAccount
from support.program import Program
from support.site import COOKIE, Site

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


@pytest.mark.parametrize("fault", ["error_500", "error_502", "cut_body", "reset", "other_html"])
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
