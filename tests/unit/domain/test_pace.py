"""The pace: how long to wait after a failed call, and after a good one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.fault import Fault, FaultCode, FaultKind
from creditcurve.domain.link import Link, LinkState
from creditcurve.domain.pace import backoff_s, catching_up_s, next_speedup, pace_s

PASSING = Fault(kind=FaultKind.PASSING, code=FaultCode.SERVER_ERROR, detail="The site failed.")
FIREWALL = Fault(kind=FaultKind.FIREWALL, code=FaultCode.CHALLENGE, detail="A firewall's page.")


@given(
    failures=st.integers(0, 60),
    interval_s=st.integers(10, 86_400),
    jitter=st.floats(0, 1, exclude_max=True),
)
def test_a_back_off_is_between_the_interval_and_15_minutes(
    failures: int, interval_s: int, jitter: float
) -> None:
    """If the interval is longer than 15 minutes, the back-off is the interval."""
    pause = backoff_s(Link(failures=failures), PASSING, interval_s=interval_s, jitter=jitter)
    assert interval_s <= pause <= max(interval_s, 900)


def test_a_back_off_grows_with_the_failures_in_a_row() -> None:
    pauses = [backoff_s(Link(failures=n), PASSING, interval_s=10, jitter=0.5) for n in range(8)]
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[3] < pauses[-1]


@pytest.mark.parametrize(("failures", "bound"), [(0, 20), (1, 40), (2, 80), (5, 640), (9, 900)])
def test_the_bound_of_the_back_off_doubles_with_each_failure(failures: int, bound: int) -> None:
    pause = backoff_s(Link(failures=failures), PASSING, interval_s=10, jitter=0.5)
    assert pause == 10 + 0.5 * (bound - 10)


@pytest.mark.parametrize(
    ("asked", "expected"), [(120.0, 120.0), (5.0, 60.0), (1e9, 3_600.0), (None, 60.0)]
)
def test_retry_after_is_respected_between_the_interval_and_one_hour(
    asked: float | None, expected: float
) -> None:
    fault = Fault(
        kind=FaultKind.PASSING, code=FaultCode.RATE_LIMITED, detail="", retry_after_s=asked
    )
    assert backoff_s(Link(), fault, interval_s=60, jitter=0.0) == expected


def test_a_challenge_is_retried_after_one_minute_doubling_to_two_hours() -> None:
    pauses = [backoff_s(Link(challenges=n), FIREWALL, interval_s=10, jitter=0.9) for n in range(9)]
    assert pauses == [60, 120, 240, 480, 960, 1920, 3840, 7200, 7200]


def test_the_first_challenge_after_other_failures_is_retried_after_one_minute() -> None:
    link = Link(failures=9, refusals=2)
    assert backoff_s(link, FIREWALL, interval_s=60, jitter=0.9) == 60


def test_a_missing_connection_is_retried_within_ten_seconds() -> None:
    fault = Fault(kind=FaultKind.PASSING, code=FaultCode.NAME_NOT_FOUND, detail="")
    assert backoff_s(Link(failures=50), fault, interval_s=3_600, jitter=0.9) < 10


def test_a_speedup_halves_the_interval_down_to_ten_seconds() -> None:
    assert [pace_s(60, n) for n in range(5)] == [60, 30, 15, 10, 10]


@pytest.mark.parametrize(
    ("speedup", "new", "rows", "expected"),
    [
        (1, 0, 0, 0),  # no rows at all
        (3, 0, 20, 0),
        (1, 9, 20, 0),  # twice as many would have fitted
        (1, 10, 20, 1),  # they would have filled the answer
        (2, 5, 20, 1),  # twice as many, but not four times
        (2, 4, 20, 0),
        (0, 20, 20, 0),
    ],
)
def test_a_speedup_is_reduced_as_far_as_the_answer_would_still_have_overlapped(
    speedup: int, new: int, rows: int, expected: int
) -> None:
    reduced = next_speedup(speedup, interval_s=600, is_loss=False, new=new, rows=rows)
    assert reduced == expected


def test_a_speedup_grows_with_each_possible_loss_down_to_ten_seconds() -> None:
    course = [0]
    for _ in range(5):
        course.append(next_speedup(course[-1], interval_s=60, is_loss=True, new=5, rows=5))
    assert course == [0, 1, 2, 3, 3, 3]


def test_the_faster_pace_is_reported_only_while_the_link_is_ok() -> None:
    assert catching_up_s(Link(state=LinkState.OK, speedup=1), 60) == 30
    assert catching_up_s(Link(state=LinkState.OK), 60) is None
    assert catching_up_s(Link(state=LinkState.DEGRADED, speedup=1), 60) is None
