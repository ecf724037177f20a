"""Transitions: settings, cookie status and link change together."""

import msgspec
import pytest

from creditcurve.collecting import transitions
from creditcurve.collecting.renewal import Renewal
from creditcurve.collecting.transitions import State
from creditcurve.cookie.parse import Cookie
from creditcurve.domain.cookie_status import CookieState, CookieStatus
from creditcurve.domain.fault import Fault, FaultCode, FaultKind
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.secret import Secret
from creditcurve.domain.settings import Settings
from creditcurve.domain.timetable import Timetable

NOW = 1_760_000_000_000  # 08:53:20 UTC
TEN = NOW + 4_000_000
FORBIDDEN = Fault(kind=FaultKind.FORBIDDEN, code=FaultCode.FORBIDDEN, detail="Refused.")
NO_RENEWAL = Renewal(set_cookies=(), host="example.test", at_ms=NOW)
AI = "https://www.aicodemirror.ai"
COOKIE = Cookie(header=Secret(b"a=1"), names=("a",), expires_at_ms=None)
COLLECTING = State(
    settings=Settings(collecting=True),
    cookie=CookieStatus(state=CookieState.VALID, generation=3),
    link=Link(state=LinkState.OK, last_attempt_ms=NOW, next_poll_ms=NOW + 60_000),
)
PAUSE = Timetable(start="08:00", end="10:00", inside="pause")
PAUSED = msgspec.structs.replace(
    COLLECTING, settings=Settings(collecting=True, schedule=PAUSE, time_zone="UTC")
)
OFF = msgspec.structs.replace(
    COLLECTING, settings=Settings(), link=Link(state=LinkState.OFF, code="upstream_forbidden")
)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (COLLECTING, LinkState.OK),
        (OFF, LinkState.OFF),
        (msgspec.structs.replace(OFF, cookie=CookieStatus()), LinkState.NO_COOKIE),
        (msgspec.structs.replace(COLLECTING, link=Link()), LinkState.OK),
    ],
)
def test_a_settled_link_is_idle_exactly_where_no_calls_are_made(
    state: State, expected: LinkState
) -> None:
    assert transitions.settled(state, NOW).link.state is expected


def test_settling_keeps_the_reason_why_collecting_is_off() -> None:
    assert transitions.settled(OFF, NOW) == OFF


def test_the_third_403_switches_collecting_off_with_its_reason() -> None:
    state = COLLECTING
    for _ in range(3):
        assert state.settings.collecting
        state = transitions.after_failure(state, FORBIDDEN, NOW, pause_s=60)
    assert not state.settings.collecting
    assert (state.link.state, state.link.code) == (LinkState.OFF, "upstream_forbidden")
    assert state.cookie == COLLECTING.cookie


def test_a_403_while_collecting_is_off_changes_no_setting() -> None:
    state = OFF
    for _ in range(5):
        state = transitions.after_failure(state, FORBIDDEN, NOW, pause_s=60)
    assert state.settings == OFF.settings


def test_a_good_poll_while_collecting_is_off_leaves_the_link_off() -> None:
    after = transitions.after_success(OFF, NO_RENEWAL, NOW)
    assert (after.link.state, after.link.code, after.link.last_success_ms) == (
        LinkState.OFF,
        None,
        NOW,
    )


def test_a_good_check_does_not_end_a_fault_of_the_polls() -> None:
    degraded = Link(state=LinkState.DEGRADED, code="upstream_error")
    state = msgspec.structs.replace(COLLECTING, link=degraded)
    assert transitions.after_check(state, NO_RENEWAL).link == degraded


def test_a_storage_failure_does_not_change_an_idle_link() -> None:
    assert transitions.after_storage_failure(OFF, "full", NOW, pause_s=15) == OFF
    after = transitions.after_storage_failure(COLLECTING, "full", NOW, pause_s=15)
    assert after.link.state is LinkState.STORAGE_ERROR


@pytest.mark.parametrize(
    ("renewal", "expected"), [(None, CookieState.UNVERIFIED), (NO_RENEWAL, CookieState.VALID)]
)
def test_a_cookie_of_the_user_begins_a_new_generation(
    renewal: Renewal | None, expected: CookieState
) -> None:
    after = transitions.with_cookie(COLLECTING, COOKIE, renewal, NOW, origin=AI)
    assert after.cookie.origin == AI
    assert (after.cookie.state, after.cookie.generation) == (expected, 4)
    assert (after.link.state, after.link.next_poll_ms) == (LinkState.OK, NOW)


def test_a_cookie_of_the_first_release_belongs_to_the_default_origin() -> None:
    """Once it is stored, another default does not change it; without a cookie none is stored."""
    after = transitions.with_origin(COLLECTING, AI)
    assert after.cookie.origin == AI
    assert transitions.with_origin(after, "https://other.test") == after
    deleted = transitions.without_cookie(COLLECTING, NOW)
    assert transitions.with_origin(deleted, AI).cookie.origin is None


def test_a_deleted_cookie_leaves_its_origin() -> None:
    after = transitions.with_origin(COLLECTING, AI)
    assert transitions.without_cookie(after, NOW).cookie.origin == AI


def test_a_deleted_cookie_keeps_its_generation_from_being_used_again() -> None:
    after = transitions.without_cookie(COLLECTING, NOW)
    assert (after.cookie.state, after.cookie.generation) == (CookieState.MISSING, 4)
    assert not after.settings.collecting
    assert after.link.state is LinkState.NO_COOKIE


def test_a_possible_loss_halves_the_interval() -> None:
    after = transitions.after_answer(COLLECTING, is_loss=True, new=5, rows=5)
    assert (after.pace_s, after.link.next_poll_ms) == (30, NOW + 30_000)
    assert transitions.after_answer(OFF, is_loss=True, new=5, rows=5) == OFF


def test_a_new_interval_ends_a_speedup_and_is_due_now_at_the_earliest() -> None:
    fast = msgspec.structs.replace(
        COLLECTING, link=msgspec.structs.replace(COLLECTING.link, speedup=2)
    )
    later = NOW + 50_000
    settings = Settings(collecting=True, poll_interval_s=30)
    after = transitions.with_settings(fast, settings, later)
    assert (after.link.speedup, after.link.next_poll_ms) == (0, later)


def test_other_settings_do_not_end_a_speedup() -> None:
    fast = msgspec.structs.replace(
        COLLECTING,
        link=msgspec.structs.replace(COLLECTING.link, speedup=2, next_poll_ms=NOW + 15_000),
    )
    after = transitions.with_settings(fast, Settings(collecting=True, theme="dark"), NOW)
    assert after.link == fast.link


@pytest.mark.parametrize("state", [LinkState.DEGRADED, LinkState.BLOCKED])
def test_a_new_interval_does_not_shorten_the_pause_after_a_fault(state: LinkState) -> None:
    link = Link(state=state, code="upstream_error", last_attempt_ms=NOW, next_poll_ms=TEN)
    faulty = msgspec.structs.replace(COLLECTING, link=link)
    settings = Settings(collecting=True, poll_interval_s=10)
    assert transitions.with_settings(faulty, settings, NOW).link == link


def test_a_pause_of_the_timetable_is_settled_once() -> None:
    paused = transitions.settled(PAUSED, NOW)
    assert (paused.link.code, paused.link.since_ms) == ("scheduled", NOW)
    assert (paused.link.next_poll_ms, paused.link.next_change_ms) == (None, TEN)
    assert transitions.settled(paused, NOW + 60_000) == paused


def test_another_timetable_changes_the_end_of_a_pause_and_not_its_start() -> None:
    paused = transitions.settled(PAUSED, NOW)
    longer = msgspec.structs.replace(
        paused.settings, schedule=Timetable(start="08:00", end="11:00", inside="pause")
    )
    after = transitions.with_settings(paused, longer, NOW + 60_000)
    assert (after.link.since_ms, after.link.next_change_ms) == (NOW, TEN + 3_600_000)


def test_the_link_after_a_pause_remembers_it_until_a_good_poll() -> None:
    after = transitions.settled(transitions.settled(PAUSED, NOW), TEN)
    assert (after.link.state, after.link.since_ms, after.link.next_poll_ms) == (
        LinkState.OK,
        TEN,
        TEN,
    )
    assert after.link.was_scheduled
    failed = transitions.after_failure(after, FORBIDDEN, TEN, pause_s=60)
    assert failed.link.was_scheduled
    assert not transitions.after_success(failed, NO_RENEWAL, TEN).link.was_scheduled


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (PAUSED, (LinkState.OFF, "scheduled")),
        (OFF, (LinkState.OFF, None)),
        (COLLECTING, (LinkState.OK, None)),
    ],
)
def test_a_cookie_of_the_user_starts_polls_only_where_they_are_made(
    before: State, expected: tuple[LinkState, str | None]
) -> None:
    invalid = msgspec.structs.replace(
        before, cookie=CookieStatus(state=CookieState.INVALID, generation=3)
    )
    settled = transitions.settled(invalid, NOW - 1)
    after = transitions.with_cookie(settled, COOKIE, None, NOW, origin=AI)
    assert (after.link.state, after.link.code) == expected


def test_a_failed_poll_in_a_pause_schedules_no_other() -> None:
    after = transitions.after_failure(PAUSED, FORBIDDEN, NOW, pause_s=60)
    assert (after.link.state, after.link.next_poll_ms) == (LinkState.OFF, None)
    assert after.settings.collecting


def test_a_refused_cookie_ends_polls_and_keeps_the_last_success() -> None:
    fault = Fault(kind=FaultKind.COOKIE, code=FaultCode.UNAUTHORIZED, detail="Log in.")
    state = transitions.after_success(COLLECTING, NO_RENEWAL, NOW)
    after = transitions.after_refusal(state, fault, NOW + 1)
    assert (after.cookie.state, after.cookie.reason) == (CookieState.INVALID, fault.code)
    assert after.link == Link(
        state=LinkState.COOKIE_INVALID,
        code=fault.code,
        detail="Log in.",
        since_ms=NOW + 1,
        last_attempt_ms=NOW + 1,
        last_success_ms=NOW,
    )
