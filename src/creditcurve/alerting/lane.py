"""A channel's lane: one message at a time, no more than allowed per minute, pauses on request."""

import asyncio
from collections import deque
from typing import Final

from creditcurve.clocks import Clock
from creditcurve.domain.outbox import MAX_PER_MINUTE

MINUTE_S: Final = 60.0
MAX_PAUSE_S: Final = 3_600.0


class Lane:
    """Limits what one channel gets.

    Attributes:
        turn: hold it while sending.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent_s: deque[float] = deque()
        self._resumes_s = 0.0
        self.turn = asyncio.Lock()

    def is_open(self) -> bool:
        """Return whether the channel may get a message now."""
        now_s = self._clock.monotonic_s()
        while self._sent_s and now_s - self._sent_s[0] >= MINUTE_S:
            self._sent_s.popleft()
        return len(self._sent_s) < MAX_PER_MINUTE and now_s >= self._resumes_s

    def count(self) -> None:
        """Count a message that is sent now."""
        self._sent_s.append(self._clock.monotonic_s())

    def pause(self, wait_s: float) -> None:
        """Send nothing for some seconds, as the receiver asked."""
        self._resumes_s = self._clock.monotonic_s() + min(wait_s, MAX_PAUSE_S)
