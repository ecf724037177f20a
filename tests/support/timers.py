"""An event loop's timers, which the test fires."""

from collections.abc import Callable


class Timers:
    """Scheduled calls, in the order of scheduling."""

    def __init__(self) -> None:
        self._due: list[Timer] = []

    def call_later(self, delay_s: float, call: Callable[..., None], *arguments: object) -> "Timer":
        """Schedule a call."""
        timer = Timer(self._due, delay_s, lambda: call(*arguments))
        self._due.append(timer)
        return timer

    @property
    def delays_s(self) -> list[float]:
        """The delays of the calls that are scheduled."""
        return [timer.delay_s for timer in self._due]

    def fire(self) -> None:
        """Make the call that was scheduled last."""
        self._due.pop().call()


class Timer:
    """One scheduled call."""

    def __init__(self, due: "list[Timer]", delay_s: float, call: Callable[[], None]) -> None:
        self.delay_s = delay_s
        self.call = call
        self._due = due

    def cancel(self) -> None:
        """Remove the call; one that has been made is ignored."""
        if self in self._due:
            self._due.remove(self)
