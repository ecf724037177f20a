"""HTTP/1.1 over one connection, with limits."""

import socket
import struct
import sys
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES: Final = 65_536

_HEAD_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class Protocol(HttpToolsProtocol):
    """uvicorn's protocol with a limit for the head, and an ``abort`` for streams."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        self._head_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Count the bytes of a head that has not ended."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.transport.write(_HEAD_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Give the request a function that aborts its connection."""
        super().on_message_begin()
        self.scope["state"]["abort"] = self.abort

    def abort(self) -> None:
        """Reset the connection: a close would wait for data that is not being read."""
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def on_headers_complete(self) -> None:
        """Stop counting: the application limits bodies."""
        self._head_bytes = -sys.maxsize
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Start counting the next head."""
        self._head_bytes = 0
        super().on_message_complete()
