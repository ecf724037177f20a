"""Refuses requests and connections that do not reach the application."""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

HEAD_TOO_LARGE: Final = "431 Request Header Fields Too Large"
TIMEOUT: Final = "408 Request Timeout"
TOO_MANY: Final = "503 Service Unavailable"


def refuse(transport: asyncio.Transport, cycle: RequestResponseCycle | None, status: str) -> None:
    """Close a connection, with an answer unless another one has begun.

    Args:
        transport: the connection.
        cycle: its last request; None before the first one.
        status: the status line of the answer.
    """
    if transport.is_closing():
        return
    if not _is_answering(cycle):
        head = f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        transport.write(head.encode())
    transport.close()


def _is_answering(cycle: RequestResponseCycle | None) -> bool:
    """Return whether an answer has begun and is not complete."""
    return cycle is not None and cycle.response_started and not cycle.response_complete
