"""One request and its connection, as the effects of faults see them."""

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import Final

from creditcurve.simulator.history import Row
from creditcurve.simulator.http import Response, SeenRequest

HTML: Final = (b"Content-Type", b"text/html; charset=utf-8")


class Exchange:
    """One request and the connection that waits for its answer.

    Attributes:
        request: as received.
        good: the answer of a site without a fault.
        rows: the rows of ``good`` on the usage endpoint, newest first; elsewhere empty.
        date: the time as an HTTP date.
        pace_s: seconds between two pieces of a slow answer.
        renew: makes a further session token valid.
        keeps_open: whether the connection is used for another request.
        closes_on_next: whether the connection is closed without an answer to the next request.
    """

    def __init__(
        self,
        request: SeenRequest,
        writer: asyncio.StreamWriter,
        *,
        good: Response,
        rows: list[Row],
        date: str,
        pace_s: float,
        renew: Callable[[bytes], None],
    ) -> None:
        self.request = request
        self.good = good
        self.rows = rows
        self.date = date
        self.pace_s = pace_s
        self.renew = renew
        self.keeps_open = True
        self.closes_on_next = False
        self._writer = writer

    async def respond(self, response: Response, *, length: int | None = None) -> None:
        """Write an answer."""
        await self.send(response.encoded(date=self.date, length=length))

    async def send(self, data: bytes) -> None:
        """Write bytes unchanged."""
        self._writer.write(data)
        await self._writer.drain()

    async def drip(self, data: bytes) -> None:
        """Write byte by byte, slowly."""
        for byte in data:
            await self.send(bytes((byte,)))
            await asyncio.sleep(self.pace_s)

    def close(self) -> None:
        """Close the connection after the written bytes."""
        self.keeps_open = False

    def reset(self) -> None:
        """Abort the connection: the client sees a reset, not an end."""
        self.keeps_open = False
        link = self._writer.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
