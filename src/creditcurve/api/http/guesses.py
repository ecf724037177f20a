"""Counts wrong access keys, per client and in total, and slows further attempts down.

A correct key always passes: after too many wrong ones each attempt waits before it is compared,
whether it is right or wrong, and wrong ones get 429 instead of 401.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from creditcurve.clocks import Clock

MAX_PER_CLIENT = 10
MAX_TOTAL = 100
WINDOW_S = 60.0
CLIENT_DELAY_S = 1.0
TOTAL_DELAY_S = 0.5
_MAX_CLIENTS = 10_000


class Guesses:
    """The wrong attempts of the last minute."""

    def __init__(
        self, clock: Clock, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._clients: dict[str, deque[float]] = {}
        self._total: deque[float] = deque(maxlen=MAX_TOTAL)

    async def slow_down(self, client: str) -> None:
        """Wait if the client, or all clients together, have made too many wrong attempts."""
        if self.wait_s(client) > 0:
            await self._sleep(CLIENT_DELAY_S)
        elif self._remaining_s(self._total, MAX_TOTAL) > 0:
            await self._sleep(TOTAL_DELAY_S)

    def note(self, client: str) -> None:
        """Count a wrong attempt."""
        now_s = self._clock.monotonic_s()
        self._total.append(now_s)
        times_s = self._clients.pop(client, None) or deque(maxlen=MAX_PER_CLIENT)
        times_s.append(now_s)
        self._clients[client] = times_s
        while len(self._clients) > _MAX_CLIENTS:
            self._clients.pop(next(iter(self._clients)))

    def wait_s(self, client: str) -> float:
        """Return the seconds until the client is no longer limited, 0 if it is not."""
        return self._remaining_s(self._clients.get(client, deque()), MAX_PER_CLIENT)

    def _remaining_s(self, times_s: deque[float], limit: int) -> float:
        if len(times_s) < limit:
            return 0.0
        return max(0.0, times_s[0] + WINDOW_S - self._clock.monotonic_s())
