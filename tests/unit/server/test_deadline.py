"""A deadline calls once when it is missed, and not when it was cleared or set again."""

import pytest

from creditcurve.server.deadline import Deadline
from support.timers import Timers


@pytest.fixture
def timers() -> Timers:
    return Timers()


def test_a_missed_deadline_calls(timers: Timers) -> None:
    missed: list[str] = []
    Deadline(timers.call_later, lambda: missed.append("missed")).set(10)
    timers.fire()
    assert missed == ["missed"]


def test_a_deadline_that_is_set_again_replaces_the_first(timers: Timers) -> None:
    deadline = Deadline(timers.call_later, lambda: None)
    deadline.set(10)
    deadline.set(30)
    assert timers.delays_s == [30]


def test_a_cleared_deadline_does_not_call(timers: Timers) -> None:
    deadline = Deadline(timers.call_later, lambda: None)
    deadline.clear()
    deadline.set(10)
    deadline.clear()
    assert not timers.delays_s
