"""A gate: one answer of the site that waits until the test releases it.

A test orders concurrent events with it instead of repeating a race::

    gate = site.hold("usage")
    poll = asyncio.create_task(poller.poll())
    await gate.reached()  # the site has received the request and composed its answer
    ...  # what happens in the meantime
    gate.release()
    await poll
"""

import asyncio

TIMEOUT_S = 10


class Gate:
    """Delays the answer to one request."""

    def __init__(self) -> None:
        self._reached = asyncio.Event()
        self._released = asyncio.Event()

    async def reached(self) -> None:
        """Wait until a request has come and waits for its answer.

        Raises:
            TimeoutError: no such request came within ten seconds.
        """
        async with asyncio.timeout(TIMEOUT_S):
            await self._reached.wait()

    def release(self) -> None:
        """Send the answer; before the request has come, do not delay it at all."""
        self._released.set()

    async def hold(self) -> None:
        """Report the request and wait for the release (called by the site)."""
        self._reached.set()
        await self._released.wait()
