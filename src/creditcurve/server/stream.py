"""The connection of a response whose request has ended: HTTP's framing, and a limit for readers."""

import asyncio
import functools
import socket
import struct
from typing import Any, Final

from creditcurve.api.events.body import Writer
from creditcurve.server.connections import Connection, Connections
from creditcurve.server.deadline import Deadline

SEND_DEADLINE_S: Final = 15.0
"""A client that has not read its data by then is disconnected (20 s are promised)."""
_LAST_CHUNK: Final = b"0\r\n\r\n"


class StreamProtocol(asyncio.Protocol):
    """Implements ``api.events.body.Body`` in chunks of HTTP/1.1; ignores data from the client.

    Args:
        transport: the connection.
        writer: is called when the client reads again, and when the connection is lost.
        address: the address of the peer, without its port.
        admitted: the connections that are counted.
        awaited: the connections whose end uvicorn awaits when it shuts down.
    """

    __slots__ = (
        "_admitted",
        "_awaited",
        "_deadline",
        "_is_paused",
        "_transport",
        "_writer",
        "address",
    )

    def __init__(
        self,
        transport: asyncio.Transport,
        writer: Writer,
        address: str,
        *,
        admitted: Connections,
        awaited: set[Any],
    ) -> None:
        self.address = address
        self._transport = transport
        self._writer = writer
        self._admitted = admitted
        self._awaited = awaited
        call_later = asyncio.get_running_loop().call_later
        self._deadline = Deadline(call_later, functools.partial(reset, transport))
        self._is_paused = False

    def replace(self, previous: Connection) -> None:
        """Continue the connection of another protocol, in every list that contains it."""
        self._admitted.replace(previous, self)
        self._awaited.remove(previous)
        self._awaited.add(self)
        self._transport.set_protocol(self)

    @property
    def is_idle(self) -> bool:
        """Whether the connection may be closed for a new one."""
        return False

    @property
    def is_writable(self) -> bool:
        """Whether the client reads."""
        return not self._is_paused and not self._transport.is_closing()

    def write(self, chunk: bytes) -> None:
        """Send a chunk."""
        if not self._transport.is_closing():
            self._transport.writelines((b"%x\r\n" % len(chunk), chunk, b"\r\n"))

    def end(self) -> None:
        """End the response, and close the connection when everything has been sent."""
        if not self._transport.is_closing():
            self._transport.write(_LAST_CHUNK)
            self._transport.close()

    def drop(self) -> None:
        """Close the connection at once."""
        self._transport.abort()

    def shutdown(self) -> None:
        """Wait: the application ends its streams before uvicorn shuts down."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        del exc
        self._deadline.clear()
        self._admitted.discard(self)
        self._awaited.discard(self)
        self._writer.lose()

    def pause_writing(self) -> None:
        """Start a deadline for the client: much data waits for it."""
        self._is_paused = True
        self._deadline.set(SEND_DEADLINE_S)

    def resume_writing(self) -> None:
        """Continue: the client has read."""
        self._is_paused = False
        self._deadline.clear()
        self._writer.resume()


def reset(transport: asyncio.Transport) -> None:
    """Reset a connection: a close would wait for data that is not being read."""
    connection = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
