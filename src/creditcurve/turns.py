"""Turns: few of many callers proceed in each iteration of the event loop.

Thousands of clients that connect in the same moment, or streams that wake in it, would otherwise
block the loop until all of them have been served.
"""

import asyncio
from collections import deque
from collections.abc import Callable


class Turns:
    """Gives at most ``most`` turns in each iteration, in the order of the calls."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._waiting: deque[Callable[[], None]] = deque()

    def run(self, call: Callable[[], None]) -> bool:
        """Make a call now, or in a later iteration; return whether it was made now."""
        if self._waiting or self._taken >= self._most:
            self._waiting.append(call)
            return False
        self._take()
        call()
        return True

    async def take(self) -> None:
        """Wait for a turn."""
        if not self._waiting and self._taken < self._most:
            self._take()
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(lambda: None if turn.done() else turn.set_result(None))
        await turn

    def _take(self) -> None:
        self._taken += 1
        if self._taken == 1:
            asyncio.get_running_loop().call_soon(self._advance)

    def _advance(self) -> None:
        """Begin the next iteration."""
        self._taken = 0
        while self._waiting and self._taken < self._most:
            self._take()
            self._waiting.popleft()()
