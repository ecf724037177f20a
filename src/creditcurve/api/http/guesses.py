"""Counts wrong access keys, per client and in total, and slows wrong attempts down.

A correct key always passes, and at once: only the answer to a wrong one waits, with 429 instead of
401. Otherwise a client that does not wait for slow answers could try keys as fast as it can send
them, so while wrong keys arrive by the tens a second, the answer to the correct one waits too.

An IPv6 client is counted by its network of 64 bits: it may choose every address in it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from ipaddress import IPv6Network, ip_address

from creditcurve.clocks import Clock

MAX_PER_CLIENT = 10
MAX_TOTAL = 100
WINDOW_S = 60.0
CLIENT_DELAY_S = 1.0
TOTAL_DELAY_S = 0.5
RAPID_S = 1.0
"""Wrong keys are rapid while as many as are allowed in a minute arrive in this time."""
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

    async def attempt(self, client: str, *, is_right: bool) -> float:
        """Count an attempt, and wait as long as its answer has to.

        Returns:
            The seconds until the client was no longer limited before this attempt.
        """
        client = _network(client)
        wait_s = self._remaining_s(self._of(client), MAX_PER_CLIENT, WINDOW_S)
        delay_s = self._delay_s(client, RAPID_S if is_right else WINDOW_S)
        if not is_right:
            self._note(client)
        if delay_s > 0:
            await self._sleep(delay_s)
        return wait_s

    def _delay_s(self, client: str, window_s: float) -> float:
        """Return how long an answer waits for the wrong attempts of that many last seconds."""
        if self._remaining_s(self._of(client), MAX_PER_CLIENT, window_s) > 0:
            return CLIENT_DELAY_S
        return TOTAL_DELAY_S if self._remaining_s(self._total, MAX_TOTAL, window_s) > 0 else 0.0

    def _note(self, client: str) -> None:
        now_s = self._clock.monotonic_s()
        self._total.append(now_s)
        times_s = self._clients.pop(client, None) or deque(maxlen=MAX_PER_CLIENT)
        times_s.append(now_s)
        self._clients[client] = times_s
        while len(self._clients) > _MAX_CLIENTS:
            self._clients.pop(next(iter(self._clients)))

    def _of(self, client: str) -> deque[float]:
        return self._clients.get(client, deque())

    def _remaining_s(self, times_s: deque[float], limit: int, window_s: float) -> float:
        """Return the seconds until fewer attempts than the limit are in the window."""
        if len(times_s) < limit:
            return 0.0
        return max(0.0, times_s[0] + window_s - self._clock.monotonic_s())


def _network(client: str) -> str:
    """Return the part of an address that one client cannot change."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return client
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), 64), strict=False))
