"""The cookie over HTTP, from the paste to the site: checked, stored, renewed, refused."""

import threading

import pytest

from creditcurve.domain.secret import Secret
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site
from support.sweeps import first

USAGE = "/api/user/usage"
CHECK = "/api/user/usage/chart"
OTHER = "__Secure-authjs.session-token=another-made-up-one"


def sent_cookie(site: Site) -> str:
    """Return the cookie of the last request."""
    return (site.simulator.requests[-1].header(b"cookie") or b"").decode()


def test_a_cookie_that_the_site_accepts_is_stored(program: Program, site: Site) -> None:
    """One check is made; the answer contains the names and not the value."""
    answer = program.call("PUT", "/api/cookie", {"cookie": f"Cookie: a=1; {COOKIE}"})
    assert answer.status_code == 200
    assert answer.json()["names"] == ["a", "__Secure-authjs.session-token"]
    assert answer.json()["state"] == "valid"
    assert site.calls(CHECK) == 1
    assert program.get("/api/status")["cookie"]["state"] == "valid"
    assert "made-up" not in program.call("GET", "/api/status").text


def test_the_site_gets_the_cookie_byte_for_byte(program: Program, site: Site) -> None:
    """Quotes, commas, percent signs and spaces are unchanged; no other header is added."""
    cookie = f'x="a, b"; y={{"k":1}}; z=%E4==; {COOKIE}; odd'
    assert program.call("PUT", "/api/cookie", {"cookie": cookie}).status_code == 200
    seen = dict(site.simulator.requests[-1].headers)
    headers = {name.lower(): value for name, value in seen.items()}
    assert headers[b"cookie"] == cookie.encode()
    assert headers[b"referer"] == f"{site.url}/dashboard/usage".encode()
    assert headers[b"accept"] == b"application/json, text/plain, */*"
    assert headers[b"user-agent"].startswith(b"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)")
    named = {b"cookie", b"referer", b"accept", b"user-agent"}
    assert set(headers) - named <= {b"host", b"connection", b"accept-encoding"}


def test_a_cookie_that_the_site_rejects_leaves_the_stored_one(program: Program, site: Site) -> None:
    """The answer is 422, and the stored cookie still works."""
    program.give_cookie(COOKIE)
    answer = program.call("PUT", "/api/cookie", {"cookie": OTHER})
    assert (answer.status_code, answer.json()["code"]) == (422, "cookie_rejected")
    assert program.get("/api/status")["cookie"]["state"] == "valid"
    assert program.call("POST", "/api/refresh").json()["new"] == 20
    assert site.calls(USAGE) >= 1


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("", "cookie_empty"),
        ("a=1\r\nX-Evil: 1", "cookie_control_character"),
        ("__Secure-authjs.session-token=cut…", "cookie_non_ascii"),
        ("theme=dark; lang=zh", "session_cookie_missing"),
        ("__Secure-authjs.session-token.1=tail", "session_cookie_incomplete"),
        (f"{OTHER}; {COOKIE}", "cookie_ambiguous"),
        ("curl https://www.aicodemirror.com/", "no_cookie_in_snippet"),
        (
            f"www.aicodemirror.com\tFALSE\t/\tTRUE\t1\t{COOKIE.replace('=', chr(9))}",
            "cookie_expired",
        ),
    ],
)
def test_a_paste_without_a_usable_cookie_is_refused_with_a_code(
    program: Program, site: Site, pasted: str, code: str
) -> None:
    """Nothing is sent to the site."""
    answer = program.call("PUT", "/api/cookie", {"cookie": pasted})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["field"] == "cookie"
    assert site.simulator.requests == []
    assert program.get("/api/status")["cookie"]["state"] == "missing"


@pytest.mark.parametrize(
    "pasted",
    [
        "theme=dark; lang=zh",
        "__Secure-authjs.session-token.1=tail",
        f"{OTHER}; {COOKIE}",
        f"www.aicodemirror.com\tFALSE\t/\tTRUE\t1\t{COOKIE.replace('=', chr(9))}",
    ],
)
def test_a_doubtful_cookie_can_be_forced(program: Program, site: Site, pasted: str) -> None:
    """It is checked all the same, unless ``verify`` is false."""
    site.simulator.faults.set("unauthorized", endpoint="chart")
    forced = {"cookie": pasted, "force": True}
    assert program.call("PUT", "/api/cookie", forced).json()["code"] == "cookie_rejected"
    assert site.calls(CHECK) == 1
    answer = program.call("PUT", "/api/cookie", {**forced, "verify": False})
    assert (answer.status_code, answer.json()["state"]) == (200, "unverified")
    assert site.calls(CHECK) == 1


def test_a_paste_over_64_kib_is_413(program: Program) -> None:
    answer = program.call("PUT", "/api/cookie", {"cookie": COOKIE + "x" * 70_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "cookie_too_large")


def test_a_cookie_that_cannot_be_verified_is_stored_only_on_request(
    program: Program, site: Site
) -> None:
    """Stored without a check it is unverified, and checked before its first poll."""
    site.simulator.faults.set("error_500", endpoint="chart")
    answer = program.call("PUT", "/api/cookie", {"cookie": COOKIE})
    assert (answer.status_code, answer.json()["code"]) == (503, "cannot_verify")
    assert program.get("/api/status")["cookie"]["state"] == "missing"
    answer = program.call("PUT", "/api/cookie", {"cookie": COOKIE, "verify": False})
    assert answer.json()["state"] == "unverified"
    before = site.calls(CHECK)
    assert program.call("POST", "/api/refresh").status_code == 200
    assert site.calls(CHECK) == before + 1
    assert program.get("/api/status")["cookie"]["state"] == "valid"


@pytest.mark.parametrize(
    "fault",
    first(
        4,
        [
            *("unauthorized", "code_401", "login_redirect_302", "login_page"),
            *("unauthorized_empty", "unauthorized_html", "unauthorized_200"),
        ],
    ),
)
def test_an_invalid_cookie_ends_all_calls(program: Program, site: Site, fault: str) -> None:
    """The state is published at once and survives a restart; no further call is made."""
    program.give_cookie(COOKIE)
    site.simulator.faults.set(fault, endpoint="usage")
    with Events(program.url) as events:
        events.greeting()
        answer = program.call("POST", "/api/refresh")
        assert answer.status_code == 502
        event = events.until("status", lambda data: data["link"]["state"] == "cookie_invalid")
    reason = event.data["cookie"]["reason"]
    assert event.data["cookie"]["state"] == "invalid"
    assert reason in ("unauthorized", "login_redirect", "login_page")
    calls = len(site.simulator.requests)
    answer = program.call("POST", "/api/refresh")
    assert (answer.status_code, answer.json()["code"]) == (409, "cookie_invalid")
    answer = program.call("PATCH", "/api/settings", {"collecting": True})
    assert (answer.status_code, answer.json()["code"]) == (409, "cookie_invalid")
    program.stop()
    program.start()
    assert program.get("/api/status")["link"]["state"] == "cookie_invalid"
    assert len(site.simulator.requests) == calls


def test_an_invalid_cookie_is_checked_again_with_exactly_one_call(
    program: Program, site: Site
) -> None:
    """While it is invalid nothing changes; once the site accepts it, it is valid."""
    program.give_cookie(COOKIE)
    site.simulator.cookie = None
    program.call("POST", "/api/refresh")
    calls = len(site.simulator.requests)
    answer = program.call("POST", "/api/cookie/check")
    assert (answer.status_code, answer.json()["state"]) == (200, "invalid")
    assert len(site.simulator.requests) == calls + 1
    site.simulator.cookie = Secret.of(COOKIE)
    assert program.call("POST", "/api/cookie/check").json()["state"] == "valid"
    assert program.get("/api/status")["link"]["state"] == "off"


def test_a_valid_cookie_lets_collecting_go_on(program: Program, site: Site) -> None:
    """The setting stayed on while the cookie was invalid."""
    program.give_cookie(COOKIE, collecting=True)
    site.simulator.cookie = Secret.of(OTHER)
    with Events(program.url) as events:
        program.call("POST", "/api/refresh")
        events.until("status", lambda data: data["link"]["state"] == "cookie_invalid")
        assert program.get("/api/settings")["collecting"] is True
        before = site.calls(USAGE)
        program.give_cookie(OTHER)
        events.until(
            "status",
            lambda data: data["link"]["state"] == "ok" and data["link"]["last_success_at"],
        )
    assert site.calls(USAGE) > before


def test_the_rows_of_a_poll_are_stored_before_a_401_of_the_check(
    program: Program, site: Site
) -> None:
    """They are kept, and all calls end."""
    program.give_cookie(COOKIE)
    assert program.call("POST", "/api/refresh").json()["new"] == 20
    site.simulator.faults.set("unauthorized", endpoint="chart")
    assert program.call("POST", "/api/cookie/check").json()["state"] == "invalid"
    status = program.get("/api/status")
    assert status["records"]["total"] == 20
    assert status["link"]["state"] == "cookie_invalid"


def test_deleting_the_cookie_switches_collecting_off(program: Program) -> None:
    program.give_cookie(COOKIE, collecting=True)
    assert program.call("DELETE", "/api/cookie").status_code == 204
    assert program.get("/api/settings")["collecting"] is False
    status = program.get("/api/status")
    assert (status["cookie"]["state"], status["link"]["state"]) == ("missing", "no_cookie")
    assert program.call("POST", "/api/refresh").json()["code"] == "no_cookie"


def test_cookies_saved_at_once_are_saved_one_after_the_other(program: Program, site: Site) -> None:
    """Both pages get the same status, and the site gets that cookie."""
    answers: list[int] = []

    def save(number: int) -> None:
        pasted = {"cookie": f"page{number}=1; {COOKIE}"}
        answers.append(program.call("PUT", "/api/cookie", pasted).status_code)

    with Events(program.url) as one, Events(program.url) as other:
        threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        last = program.get("/api/status")["cookie"]
        for page in (one, other):
            page.until("status", lambda data: data["cookie"] == last)
    assert answers == [200] * 8
    assert site.calls(CHECK) == 8
    program.call("POST", "/api/cookie/check")
    assert sent_cookie(site) == f"{last['names'][0]}=1; {COOKIE}"


RENEWALS = {
    "renews_session": "__Secure-authjs.session-token=renewed.by-the-simulator",
    "renews_split_session": (
        "__Secure-authjs.session-token.0=renewed.by-t; __Secure-authjs.session-token.1=he-simulator"
    ),
    "renews_firewall": f"{COOKIE}; acw_tc=0a1b2c3d",
}


@pytest.mark.parametrize("fault", RENEWALS)
def test_a_renewed_cookie_is_sent_from_then_on(program: Program, site: Site, fault: str) -> None:
    """It survives kill -9."""
    program.give_cookie(COOKIE)
    site.simulator.faults.set(fault, endpoint="usage", times=1)
    program.call("POST", "/api/refresh")
    program.kill()
    program.start()
    assert program.call("POST", "/api/refresh").status_code == 200
    assert sent_cookie(site) == RENEWALS[fault]
    is_login = fault != "renews_firewall"
    assert (program.get("/api/status")["cookie"]["renewed_at"] is not None) == is_login


@pytest.mark.parametrize(
    "fault",
    first(
        3,
        [
            *("clears_session", "renews_session_401", "set_cookie_foreign", "clears_session_401"),
            *("set_cookie_500", "set_cookie_5mb", "set_cookie_odd_bytes"),
        ],
    ),
)
def test_no_answer_clears_the_cookie(program: Program, site: Site, fault: str) -> None:
    """``Set-Cookie`` lines that clear, are foreign or odd, or come with an error change nothing."""
    program.give_cookie(COOKIE)
    site.simulator.faults.set(fault, endpoint="usage")
    program.call("POST", "/api/refresh")
    program.call("POST", "/api/cookie/check")
    assert sent_cookie(site) == COOKIE
    assert program.get("/api/status")["cookie"]["renewed_at"] is None


def test_the_cookie_is_in_no_file_as_plain_text(program: Program) -> None:
    program.give_cookie(COOKIE)
    for file in program.data_dir.iterdir():
        assert b"made-up-for-tests" not in file.read_bytes(), file
    assert "made-up-for-tests" not in program.log


def test_a_missing_key_makes_the_cookie_unreadable(program: Program) -> None:
    """The records are unchanged; with the key the cookie is valid again."""
    program.give_cookie(COOKIE, collecting=True)
    with Events(program.url, since=0) as events:
        events.until("records")
    program.stop()
    with_key(program, "another key")
    program.start()
    await_state(program, "unreadable")
    assert program.get("/api/status")["records"]["total"] == 20
    program.stop()
    with_key(program, None)
    program.start()
    await_state(program, "valid")


@pytest.mark.parametrize("state", ["valid", "invalid", "unverified"])
def test_with_its_key_back_a_cookie_has_its_former_state(
    program: Program, site: Site, state: str
) -> None:
    """An invalid cookie stays invalid: it is not sent again automatically."""
    verify = state != "unverified"
    program.call("PUT", "/api/cookie", {"cookie": COOKIE, "verify": verify})
    if state == "invalid":
        site.simulator.cookie = None
        program.call("POST", "/api/refresh")
    calls = len(site.simulator.requests)
    for key, expected in (("another key", "unreadable"), (None, state)):
        program.stop()
        with_key(program, key)
        program.start()
        await_state(program, expected)
    assert len(site.simulator.requests) == calls
    link = program.get("/api/status")["link"]["state"]
    assert link == ("cookie_invalid" if state == "invalid" else "off")


def await_state(program: Program, state: str) -> None:
    """Wait until the cookie has a state."""
    with Events(program.url) as events:
        events.until("status", lambda data: data["cookie"]["state"] == state)


def with_key(program: Program, key: str | None) -> None:
    """Let the next start use another sealing key, or the usual one."""
    program._environment.pop("CREDITCURVE_SECRET_KEY", None)
    if key is not None:
        program._environment["CREDITCURVE_SECRET_KEY"] = key
