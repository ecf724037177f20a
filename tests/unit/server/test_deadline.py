"""A deadline calls once when it is missed, and not when it was cleared or set again."""

from collections.abc import Callable

from creditcurve.server.deadline import Deadline


class Loop:
    """Scheduled calls that the test makes."""

    def __init__(self) -> None:
        self.due: dict[float, Callable[[], None]] = {}

    def call_later(self, delay_s: float, call: Callable[[], None]) -> "Timer":
        """Schedule a call."""
        self.due[delay_s] = call
        return Timer(self, delay_s)


class Timer:
    """One scheduled call."""

    def __init__(self, loop: Loop, delay_s: float) -> None:
        self._loop = loop
        self._delay_s = delay_s

    def cancel(self) -> None:
        """Remove the call."""
        self._loop.due.pop(self._delay_s, None)


def test_a_missed_deadline_calls() -> None:
    loop, missed = Loop(), list[str]()
    Deadline(loop.call_later, lambda: missed.append("missed")).set(10)
    loop.due[10]()
    assert missed == ["missed"]


def test_a_deadline_that_is_set_again_replaces_the_first() -> None:
    loop = Loop()
    deadline = Deadline(loop.call_later, lambda: None)
    deadline.set(10)
    deadline.set(30)
    assert loop.due.keys() == {30}


def test_a_cleared_deadline_does_not_call() -> None:
    loop = Loop()
    deadline = Deadline(loop.call_later, lambda: None)
    deadline.clear()
    deadline.set(10)
    deadline.clear()
    assert not loop.due
