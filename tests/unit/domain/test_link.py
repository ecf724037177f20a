"""The link: the state after each outcome."""

import msgspec
import pytest

from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.fault import Fault, FaultCode, FaultKind
from creditcurve.domain.link import (
    Link,
    LinkState,
    cookie_refused,
    failed,
    idle,
    idle_state,
    repaced,
    scheduled,
    started,
    storage_failed,
    succeeded,
    switched_off,
)
from creditcurve.domain.settings import Settings

PASSING = Fault(kind=FaultKind.PASSING, code=FaultCode.SERVER_ERROR, detail="The site failed.")
FORBIDDEN = Fault(kind=FaultKind.FORBIDDEN, code=FaultCode.FORBIDDEN, detail="Refused.")
FIREWALL = Fault(kind=FaultKind.FIREWALL, code=FaultCode.CHALLENGE, detail="A firewall's page.")
UNAUTHORIZED = Fault(kind=FaultKind.COOKIE, code=FaultCode.UNAUTHORIZED, detail="Signed out.")


def after(*faults: Fault) -> Link:
    """Return the link after these failures in a row."""
    link = Link()
    for fault in faults:
        link = failed(link, fault, at_ms=1, pause_s=60, collecting=True)
    return link


def test_a_success_ends_a_fault_and_keeps_the_time_since_when_the_link_is_ok() -> None:
    down = failed(Link(), PASSING, at_ms=1_000, pause_s=60, collecting=True)
    assert (down.state, down.code, down.failures, down.next_poll_ms) == (
        LinkState.DEGRADED,
        "upstream_error",
        1,
        61_000,
    )
    up = succeeded(down, at_ms=2_000, pause_s=60, collecting=True)
    later = succeeded(up, at_ms=9_000, pause_s=60, collecting=True)
    assert (up.state, up.code, up.failures, up.since_ms) == (LinkState.OK, None, 0, 2_000)
    assert (later.since_ms, later.last_success_ms) == (2_000, 9_000)


def test_only_403s_in_a_row_are_counted_as_refusals() -> None:
    link = after(FORBIDDEN, PASSING, PASSING, FORBIDDEN)
    assert (link.failures, link.refusals) == (4, 1)


def test_a_firewall_challenge_is_never_counted_as_a_403() -> None:
    link = after(FORBIDDEN, FORBIDDEN, FIREWALL)
    assert (link.refusals, link.challenges, link.state) == (0, 1, LinkState.BLOCKED)


def test_a_refused_cookie_leaves_no_poll_due() -> None:
    link = cookie_refused(Link(last_success_ms=5), UNAUTHORIZED, at_ms=9)
    assert (link.state, link.code, link.next_poll_ms, link.last_success_ms) == (
        LinkState.COOKIE_INVALID,
        "unauthorized",
        None,
        5,
    )


def test_a_storage_error_has_a_next_attempt_and_keeps_the_last_success() -> None:
    link = storage_failed(Link(last_success_ms=5), "disk full", at_ms=9, pause_s=15)
    assert (link.state, link.next_poll_ms, link.last_success_ms) == (
        LinkState.STORAGE_ERROR,
        15_009,
        5,
    )
    again = storage_failed(link, "disk full", at_ms=20, pause_s=15)
    assert again.since_ms == 9


@pytest.mark.parametrize(
    ("cookie", "collecting", "expected"),
    [
        (CookieState.MISSING, False, LinkState.NO_COOKIE),
        (CookieState.UNREADABLE, True, LinkState.NO_COOKIE),
        (CookieState.INVALID, True, LinkState.COOKIE_INVALID),
        (CookieState.INVALID, False, LinkState.COOKIE_INVALID),
        (CookieState.VALID, False, LinkState.OFF),
        (CookieState.VALID, True, None),
        (CookieState.UNVERIFIED, True, None),
    ],
)
def test_calls_need_a_usable_cookie_and_collecting(
    cookie: CookieState, collecting: bool, expected: LinkState | None
) -> None:
    assert idle_state(Settings(collecting=collecting), CookieStatus(state=cookie)) is expected


def test_an_idle_link_forgets_the_fault_but_not_the_times() -> None:
    down = failed(Link(last_success_ms=1), PASSING, at_ms=2, pause_s=60, collecting=True)
    off = idle(down, LinkState.OFF, at_ms=3)
    assert (off.code, off.failures, off.next_poll_ms, off.last_success_ms) == (None, 0, None, 1)


def test_after_too_many_403s_the_link_is_off_and_keeps_the_reason() -> None:
    off = switched_off(after(FORBIDDEN, FORBIDDEN, FORBIDDEN))
    assert (off.state, off.code, off.next_poll_ms) == (LinkState.OFF, "upstream_forbidden", None)


def test_when_calls_begin_again_the_first_is_due_now() -> None:
    link = started(Link(state=LinkState.OFF, last_success_ms=1), at_ms=9)
    assert (link.state, link.next_poll_ms, link.last_success_ms) == (LinkState.OK, 9, 1)


def test_a_speedup_survives_a_fault_but_not_an_idle_link() -> None:
    fast = Link(state=LinkState.OK, speedup=2)
    down = failed(fast, PASSING, at_ms=1, pause_s=60, collecting=True)
    assert succeeded(down, at_ms=2, pause_s=60, collecting=True).speedup == 2
    assert succeeded(down, at_ms=2, pause_s=60, collecting=False).speedup == 0
    assert idle(fast, LinkState.OFF, at_ms=1).speedup == 0


def test_another_pace_counts_from_the_last_call() -> None:
    link = Link(state=LinkState.OK, last_attempt_ms=10_000, next_poll_ms=70_000)
    assert repaced(link, speedup=1, pause_s=30).next_poll_ms == 40_000
    assert repaced(link, speedup=0, pause_s=30, not_before_ms=50_000).next_poll_ms == 50_000
    assert repaced(Link(), speedup=1, pause_s=30).next_poll_ms is None


def test_a_link_of_the_first_release_keeps_its_speedup() -> None:
    stored = b'{"state":"ok","failures":0,"refusals":0,"haste":3}'
    assert msgspec.json.decode(stored, type=Link).speedup == 3


def test_a_failure_is_in_the_link_with_its_times_and_counts() -> None:
    before = Link(
        state=LinkState.OK,
        since_ms=1,
        last_attempt_ms=2,
        last_success_ms=2,
        next_poll_ms=3,
        failures=4,
        refusals=2,
        challenges=3,
        speedup=1,
        was_scheduled=True,
    )
    assert failed(before, FIREWALL, at_ms=1_000, pause_s=1.5, collecting=True) == Link(
        state=LinkState.BLOCKED,
        code=FIREWALL.code,
        detail=FIREWALL.detail,
        since_ms=1_000,
        last_attempt_ms=1_000,
        last_success_ms=2,
        next_poll_ms=2_500,
        failures=5,
        refusals=0,
        challenges=4,
        speedup=1,
        was_scheduled=True,
    )
    forbidden = failed(before, FORBIDDEN, at_ms=1_000, pause_s=60, collecting=True)
    assert (forbidden.state, forbidden.refusals, forbidden.challenges) == (
        LinkState.DEGRADED,
        3,
        0,
    )


def test_the_time_of_a_fault_is_that_of_its_first_call() -> None:
    first = failed(Link(), PASSING, at_ms=1, pause_s=60, collecting=True)
    assert failed(first, PASSING, at_ms=2, pause_s=60, collecting=True).since_ms == 1
    assert failed(first, FORBIDDEN, at_ms=2, pause_s=60, collecting=True).since_ms == 2
    assert failed(first, PASSING, at_ms=2, pause_s=60, collecting=False).since_ms == 2


def test_a_failed_call_of_the_user_leaves_the_link_off_with_its_fault() -> None:
    off = failed(Link(), FIREWALL, at_ms=1, pause_s=60, collecting=False)
    assert (off.state, off.code, off.next_poll_ms) == (LinkState.OFF, FIREWALL.code, None)


def test_a_good_answer_leaves_nothing_of_a_fault_or_a_pause() -> None:
    before = msgspec.structs.replace(
        after(FIREWALL, FORBIDDEN), speedup=2, was_scheduled=True, next_change_ms=9
    )
    assert succeeded(before, at_ms=5, pause_s=30, collecting=True) == Link(
        state=LinkState.OK,
        since_ms=5,
        last_attempt_ms=5,
        last_success_ms=5,
        next_poll_ms=30_005,
        speedup=2,
    )
    assert succeeded(before, at_ms=5, pause_s=30, collecting=False) == Link(
        state=LinkState.OFF, since_ms=5, last_attempt_ms=5, last_success_ms=5
    )


def test_a_storage_error_is_named_with_its_detail() -> None:
    before = Link(state=LinkState.OK, since_ms=1, last_attempt_ms=2, speedup=1)
    link = storage_failed(before, "disk full", at_ms=9, pause_s=15)
    assert (link.code, link.detail, link.since_ms) == ("storage_error", "disk full", 9)
    assert (link.last_attempt_ms, link.speedup) == (2, 1)


def test_a_pause_of_the_timetable_has_its_start_and_end() -> None:
    before = Link(state=LinkState.OFF, since_ms=1, last_attempt_ms=2, last_success_ms=3)
    paused = scheduled(before, at_ms=5, next_change_ms=9)
    assert paused == Link(
        state=LinkState.OFF,
        code="scheduled",
        since_ms=5,
        last_attempt_ms=2,
        last_success_ms=3,
        next_change_ms=9,
    )
    assert scheduled(paused, at_ms=6, next_change_ms=None) == msgspec.structs.replace(
        paused, next_change_ms=None
    )
    assert paused.is_scheduled
    assert not before.is_scheduled
    assert not msgspec.structs.replace(paused, state=LinkState.OK).is_scheduled


def test_calls_that_begin_after_a_pause_of_the_timetable_remember_it() -> None:
    paused = scheduled(Link(last_attempt_ms=2), at_ms=5, next_change_ms=9)
    assert started(paused, at_ms=9) == Link(
        state=LinkState.OK,
        since_ms=9,
        last_attempt_ms=2,
        next_poll_ms=9,
        was_scheduled=True,
    )
    assert not started(Link(), at_ms=9).was_scheduled


def test_a_refused_cookie_is_in_the_link_with_its_times() -> None:
    before = Link(state=LinkState.COOKIE_INVALID, since_ms=1, last_success_ms=5, failures=3)
    assert cookie_refused(before, UNAUTHORIZED, at_ms=9) == Link(
        state=LinkState.COOKIE_INVALID,
        code=UNAUTHORIZED.code,
        detail=UNAUTHORIZED.detail,
        since_ms=9,
        last_attempt_ms=9,
        last_success_ms=5,
    )


def test_a_speedup_before_the_first_call_moves_no_poll() -> None:
    link = repaced(Link(next_poll_ms=7), speedup=2, pause_s=30)
    assert (link.speedup, link.next_poll_ms) == (2, 7)
