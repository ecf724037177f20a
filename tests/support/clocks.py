"""A clock that a test moves."""

import math
import time
from typing import Final

_STEPS_PER_S: Final = 1_024
"""A power of two, so that adding whole seconds to its fractions is exact."""


class HandClock:
    """A clock that moves only when a test advances it.

    Its monotonic time starts at the real one, because asyncio's timeouts use that, but rounded:
    without, whether 1,800 seconds have passed would depend on the start.
    """

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms
        self._monotonic_s = math.floor(time.monotonic() * _STEPS_PER_S) / _STEPS_PER_S

    def now_ms(self) -> int:
        """Return the wall time, milliseconds since 1970."""
        return self._now_ms

    def monotonic_s(self) -> float:
        """Return the monotonic time in seconds."""
        return self._monotonic_s

    def advance(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self._now_ms += round(seconds * 1000)
        self._monotonic_s += seconds

    def set_wall_clock(self, now_ms: int) -> None:
        """Set the wall clock without letting time pass."""
        self._now_ms = now_ms
