"""A channel's lane: one message at a time, no more than allowed per minute, pauses on request."""

import asyncio
from collections import deque
from typing import Final

from creditcurve.clocks import Clock
from creditcurve.domain.channel import Channel
from creditcurve.domain.outbox import MAX_PER_MINUTE

MINUTE_S: Final = 60.0
MAX_PAUSE_S: Final = 3_600.0


class Lane:
    """Limits the messages of one channel, those before the start included.

    Attributes:
        turn: hold it while sending.
    """

    def __init__(self, clock: Clock, channel: Channel) -> None:
        now_ms, now_s = clock.now_ms(), clock.monotonic_s()
        ages_s = ((now_ms - at_ms) / 1000 for at_ms in channel.sent_ms)
        wait_s = (channel.resumes_ms - now_ms) / 1000
        self._clock = clock
        self._sent_s = deque(now_s - age_s for age_s in ages_s if 0 <= age_s < MINUTE_S)
        self._resumes_s = now_s + min(wait_s, MAX_PAUSE_S)
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

    def pause(self, wait_s: float) -> float:
        """Send nothing for some seconds, as the receiver asked; return for how long."""
        wait_s = min(wait_s, MAX_PAUSE_S)
        self._resumes_s = self._clock.monotonic_s() + wait_s
        return wait_s
