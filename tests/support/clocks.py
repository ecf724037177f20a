"""A clock that stands until it is moved."""

import time


class HandClock:
    """Wall time as it was set; elapsed time moves with it."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms
        self._monotonic_s = time.monotonic()

    def now_ms(self) -> int:
        """Milliseconds since 1970."""
        return self._now_ms

    def monotonic_s(self) -> float:
        """Seconds since some moment."""
        return self._monotonic_s

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._now_ms += round(seconds * 1000)
        self._monotonic_s += seconds
