"""One deadline of a connection, which is set again for each part of a request."""

from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """A scheduled call."""

    def cancel(self) -> None:
        """Keep the call from being made."""
        ...


class Deadline:
    """Calls ``on_missed`` unless it is cleared or set again in time.

    Args:
        call_later: the event loop's.
        on_missed: called when the time is over.
    """

    def __init__(self, call_later: Callable[..., Timer], on_missed: Callable[[], None]) -> None:
        self._call_later = call_later
        self._on_missed = on_missed
        self._timer: Timer | None = None

    def set(self, after_s: float) -> None:
        """Set the deadline, in place of the present one."""
        self.clear()
        self._timer = self._call_later(after_s, self._on_missed)

    def clear(self) -> None:
        """End the deadline."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
