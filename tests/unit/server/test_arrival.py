"""Each part of a request has a deadline, and an idle connection has none."""

import pytest

from creditcurve.server.arrival import BODY_TIMEOUT_S, HEAD_TIMEOUT_S, Arrival
from creditcurve.server.overhead import MAX_BYTES
from support.timers import Timers


@pytest.fixture
def timers() -> Timers:
    return Timers()


@pytest.fixture
def late() -> list[str]:
    """The late arrivals."""
    return []


@pytest.fixture
def arrival(timers: Timers, late: list[str]) -> Arrival:
    return Arrival(timers.call_later, lambda: late.append("late"))


def progress(arrival: Arrival) -> tuple[bool, bool]:
    """Return whether a request has begun, and whether it is complete."""
    return arrival.has_begun, arrival.is_complete


def test_each_part_of_a_request_has_a_deadline(arrival: Arrival, timers: Timers) -> None:
    arrival.expect()
    assert timers.delays_s == [HEAD_TIMEOUT_S]
    arrival.begin()
    assert timers.delays_s == [HEAD_TIMEOUT_S]
    arrival.end_head()
    assert timers.delays_s == [BODY_TIMEOUT_S]


def test_a_part_that_does_not_come_is_late_once(
    arrival: Arrival, timers: Timers, late: list[str]
) -> None:
    arrival.begin()
    timers.fire()
    assert late == ["late"]
    assert not timers.delays_s


def test_nothing_is_due_between_two_requests(arrival: Arrival, timers: Timers) -> None:
    arrival.begin()
    arrival.end_head()
    arrival.end()
    assert not timers.delays_s
    assert progress(arrival) == (True, True)
    arrival.begin()
    assert progress(arrival) == (True, False)
    assert timers.delays_s == [HEAD_TIMEOUT_S]


def test_a_connection_has_no_request_before_its_first_byte(arrival: Arrival) -> None:
    arrival.expect()
    assert progress(arrival) == (False, False)
    arrival.begin()
    assert progress(arrival) == (True, False)


def test_the_bytes_of_each_request_are_counted_from_zero(arrival: Arrival) -> None:
    arrival.received(MAX_BYTES)
    arrival.end()
    arrival.received(MAX_BYTES)
    assert not arrival.is_too_large


def test_a_body_is_not_counted(arrival: Arrival) -> None:
    arrival.received(MAX_BYTES + 1)
    arrival.was_body(1)
    assert not arrival.is_too_large


def test_a_head_is_too_large_above_the_limit(arrival: Arrival) -> None:
    arrival.received(MAX_BYTES + 1)
    assert arrival.is_too_large


def test_a_stopped_arrival_is_never_late(arrival: Arrival, timers: Timers) -> None:
    arrival.begin()
    arrival.stop()
    assert not timers.delays_s
