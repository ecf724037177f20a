"""Limits downloads, so that clients that read slowly or not at all cannot use up the memory.

The server disconnects a client that stops reading, which ends its turn.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final

AT_ONCE: Final = 4
PIECE_BYTES: Final = 65_536


class Downloads:
    """Lets a few downloads run at a time; further ones wait for their turn."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the context ends."""
        async with self._turns:
            yield

    async def limited(self, chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
        """Yield the chunks in small pieces, once there is a turn."""
        async with self._turns:
            async for chunk in chunks:
                for start in range(0, len(chunk), PIECE_BYTES):
                    yield chunk[start : start + PIECE_BYTES]
