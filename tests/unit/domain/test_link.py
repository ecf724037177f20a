"""The link's rules: which state follows from an outcome, and how long the pause is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.link import (
    CookieState,
    CookieStatus,
    Fault,
    FaultKind,
    Link,
    LinkState,
    at_rest,
    cookie_died,
    failed,
    next_haste,
    pace_s,
    pause_s,
    resting_state,
    storage_failed,
    succeeded,
)
from creditcurve.domain.settings import Settings

PASSING = Fault(kind=FaultKind.PASSING, code="upstream_error", detail="The site failed.")
FORBIDDEN = Fault(kind=FaultKind.FORBIDDEN, code="upstream_forbidden", detail="Refused.")
FIREWALL = Fault(kind=FaultKind.FIREWALL, code="waf_challenge", detail="A firewall's page.")
DEAD = Fault(kind=FaultKind.COOKIE, code="unauthorized", detail="Signed out.")


@given(
    failures=st.integers(1, 60),
    interval_s=st.integers(10, 86_400),
    jitter=st.floats(0, 1, exclude_max=True),
)
def test_a_back_off_lies_between_the_interval_and_a_quarter_of_an_hour(
    failures: int, interval_s: int, jitter: float
) -> None:
    """Never sooner than the user's own interval, never later than 15 minutes or that interval."""
    pause = pause_s(PASSING, failures=failures, interval_s=interval_s, jitter=jitter)
    assert interval_s <= pause <= max(interval_s, 900)


def test_a_back_off_grows_with_the_failures_in_a_row() -> None:
    """With the same luck a later try waits longer, until the bound."""
    pauses = [pause_s(PASSING, failures=n, interval_s=10, jitter=0.5) for n in range(1, 9)]
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[3] < pauses[-1]


@pytest.mark.parametrize(
    ("asked", "expected"), [(120.0, 120.0), (5.0, 60.0), (1e9, 3_600.0), (None, 60.0)]
)
def test_what_the_site_asks_for_is_kept_within_bounds(asked: float | None, expected: float) -> None:
    """Retry-After counts between the interval and one hour; without it, the back-off does."""
    fault = Fault(
        kind=FaultKind.PASSING, code="upstream_rate_limited", detail="", retry_after_s=asked
    )
    assert pause_s(fault, failures=1, interval_s=60, jitter=0.0) == expected


def test_a_firewall_is_left_alone_for_a_quarter_of_an_hour_and_then_longer() -> None:
    """15 minutes, rising to 2 hours."""
    pauses = [pause_s(FIREWALL, failures=n, interval_s=60, jitter=0.9) for n in range(1, 6)]
    assert pauses == [900, 1800, 3600, 7200, 7200]


def test_being_offline_is_noticed_to_be_over_within_ten_seconds() -> None:
    """Where no connection was made a try costs the site nothing."""
    fault = Fault(kind=FaultKind.PASSING, code="upstream_name_not_found", detail="")
    assert pause_s(fault, failures=50, interval_s=3_600, jitter=0.9) < 10


def test_polls_come_sooner_while_answers_do_not_overlap() -> None:
    """Half the interval each time, never below ten seconds."""
    assert [pace_s(60, n) for n in range(5)] == [60, 30, 15, 10, 10]


@pytest.mark.parametrize(
    ("haste", "new", "rows", "expected"),
    [
        (1, 0, 0, 0),  # nothing happens any more
        (3, 0, 20, 0),
        (1, 9, 20, 0),  # twice as many would have fitted
        (1, 10, 20, 1),  # they would have filled the answer
        (2, 5, 20, 1),  # twice as many, but not four times
        (2, 4, 20, 0),
        (0, 20, 20, 0),
    ],
)
def test_haste_is_eased_as_far_as_the_answer_would_still_have_overlapped(
    haste: int, new: int, rows: int, expected: int
) -> None:
    """Else a busy day would go back and forth between haste and loss."""
    eased = next_haste(haste, interval_s=600, is_loss=False, new=new, rows=rows)
    assert eased == expected


def test_haste_grows_with_each_possible_loss_as_far_as_is_polite() -> None:
    """Once polls come every ten seconds, more of it would change nothing."""
    course = [0]
    for _ in range(5):
        course.append(next_haste(course[-1], interval_s=60, is_loss=True, new=5, rows=5))
    assert course == [0, 1, 2, 3, 3, 3]


def test_haste_outlives_a_fault_but_not_a_rest() -> None:
    """A passing fault says nothing of how much goes on; after a rest nothing is known of it."""
    hasty = Link(state=LinkState.OK, haste=2)
    down = failed(hasty, PASSING, at_ms=1, pause=60, collecting=True)
    assert succeeded(down, at_ms=2, pause=60, collecting=True).haste == 2
    assert succeeded(down, at_ms=2, pause=60, collecting=False).haste == 0
    assert at_rest(hasty, LinkState.OFF, at_ms=1).haste == 0


def test_success_ends_a_fault_and_keeps_the_time_since_when_all_is_well() -> None:
    """The state's age is that of the state, not of the last poll."""
    down = failed(Link(), PASSING, at_ms=1_000, pause=60, collecting=True)
    assert (down.state, down.code, down.failures, down.next_poll_ms) == (
        LinkState.DEGRADED,
        "upstream_error",
        1,
        61_000,
    )
    up = succeeded(down, at_ms=2_000, pause=60, collecting=True)
    later = succeeded(up, at_ms=9_000, pause=60, collecting=True)
    assert (up.state, up.code, up.failures, up.since_ms) == (LinkState.OK, None, 0, 2_000)
    assert (later.since_ms, later.last_success_ms) == (2_000, 9_000)


def test_only_refusals_in_a_row_count_as_such() -> None:
    """A 403 after two site faults is the first 403."""
    link = Link()
    for fault in (PASSING, PASSING, FORBIDDEN):
        link = failed(link, fault, at_ms=1, pause=60, collecting=True)
    assert (link.failures, link.refusals) == (3, 1)


def test_a_dead_cookie_leaves_nothing_due() -> None:
    """There is no next poll, and the last success is still known."""
    link = cookie_died(Link(last_success_ms=5), DEAD, at_ms=9)
    assert (link.state, link.code, link.next_poll_ms, link.last_success_ms) == (
        LinkState.COOKIE_INVALID,
        "unauthorized",
        None,
        5,
    )


def test_a_failing_disk_is_a_state_of_its_own_with_a_next_try() -> None:
    """What was known of the upstream stays known."""
    link = storage_failed(Link(last_success_ms=5), "disk full", at_ms=9, pause=15)
    assert (link.state, link.next_poll_ms, link.last_success_ms) == (
        LinkState.STORAGE_ERROR,
        15_009,
        5,
    )
    again = storage_failed(link, "disk full", at_ms=20, pause=15)
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
def test_calls_are_made_only_with_a_cookie_and_the_switch_on(
    cookie: CookieState, collecting: bool, expected: LinkState | None
) -> None:
    """The first lack is the one that is named."""
    assert resting_state(Settings(collecting=collecting), CookieStatus(state=cookie)) is expected


def test_rest_forgets_the_fault_but_not_the_times() -> None:
    """Switched off is no fault."""
    down = failed(Link(last_success_ms=1), PASSING, at_ms=2, pause=60, collecting=True)
    off = at_rest(down, LinkState.OFF, at_ms=3)
    assert (off.code, off.failures, off.next_poll_ms, off.last_success_ms) == (None, 0, None, 1)
