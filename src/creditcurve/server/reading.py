"""Disconnects a client that does not read its answer, which waits in our memory."""

from collections.abc import Callable
from typing import Final

from creditcurve.server.deadline import Timer

CHECK_S: Final = 15.0
MIN_BYTES: Final = 16_384
"""A client reads at least as much between two checks while data waits for it."""


class ReadWatch:
    """Checks that the data which waits for one client becomes less.

    Args:
        call_later: the event loop's.
        waiting_bytes: returns how much waits now.
        on_stalled: called once if the client reads too little.
    """

    def __init__(
        self,
        *,
        call_later: Callable[..., Timer],
        waiting_bytes: Callable[[], int],
        on_stalled: Callable[[], None],
    ) -> None:
        self._call_later = call_later
        self._waiting_bytes = waiting_bytes
        self._on_stalled = on_stalled
        self._timer: Timer | None = None

    def start(self) -> None:
        """Check from now on."""
        self.stop()
        self._timer = self._call_later(CHECK_S, self._check, self._waiting_bytes())

    def stop(self) -> None:
        """End the checks."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _check(self, before_bytes: int) -> None:
        if before_bytes - self._waiting_bytes() < MIN_BYTES:
            self._on_stalled()
        else:
            self.start()
