"""HTTP/1.1 by hand: one request as it was received, and the bytes that answer it.

Below any HTTP library, because half of what a simulated site must do is what no library would.
"""

import asyncio
import json
import re
import socket
import struct
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from creditcurve.simulator.history import Row

MAX_HEAD_BYTES: Final = 256 * 1024
MAX_BODY_BYTES: Final = 4 * 1024 * 1024
_LENGTH: Final = re.compile(rb"[0-9]{1,9}")

HeaderLines = tuple[tuple[bytes, bytes], ...]
JSON: Final = (b"Content-Type", b"application/json")
HTML: Final = (b"Content-Type", b"text/html; charset=utf-8")


class SeenRequest(msgspec.Struct, frozen=True):
    """A request as it came: header lines in their order and spelling."""

    method: str
    target: str
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    def query(self, name: str) -> str | None:
        """The first value of a query's name."""
        return parse_qs(urlsplit(self.target).query).get(name, [None])[0]

    def header(self, name: bytes) -> bytes | None:
        """The first header of that name, given in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Response(msgspec.Struct, frozen=True):
    """An answer before it is written out."""

    status: int
    body: bytes = b""
    headers: HeaderLines = ()

    @classmethod
    def json(cls, value: object, status: int = 200) -> "Response":
        """A value as compact JSON."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(status, body, (JSON,))

    def encoded(self, *, date: str, length: int | None = None) -> bytes:
        """The bytes; ``length`` is what is announced where that is not the truth."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Unknown"
        announced = len(self.body) if length is None else length
        lines = [
            f"HTTP/1.1 {self.status} {phrase}".encode(),
            b"Date: " + date.encode(),
            *(name + b": " + value for name, value in self.headers),
            b"Content-Length: %d" % announced,
        ]
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body


class Exchange:
    """One request and the connection that wants an answer to it.

    Attributes:
        request: as it came.
        good: what is answered where no fault is played.
        rows: what ``good`` says on the usage endpoint, newest first; elsewhere empty.
        date: the time as an HTTP date.
        pace_s: seconds between two drops of what comes slowly.
        renew: makes a further session token valid.
        is_kept: whether the connection lives on for another request.
        is_doomed: whether it is closed, without a word, when that request comes.
    """

    def __init__(  # noqa: PLR0913 - what a fault may want to know, gathered once
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
        self.is_kept = True
        self.is_doomed = False
        self._writer = writer

    async def respond(self, response: Response, *, length: int | None = None) -> None:
        """Write an answer."""
        await self.send(response.encoded(date=self.date, length=length))

    async def send(self, data: bytes) -> None:
        """Write bytes as they are."""
        self._writer.write(data)
        await self._writer.drain()

    async def drip(self, data: bytes) -> None:
        """Write byte by byte, slowly."""
        for byte in data:
            await self.send(bytes((byte,)))
            await asyncio.sleep(self.pace_s)

    def close(self) -> None:
        """Close the connection after what was written."""
        self.is_kept = False

    def reset(self) -> None:
        """Break the connection: the other side sees a reset, not an end."""
        self.is_kept = False
        link = self._writer.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


async def read_request(reader: asyncio.StreamReader) -> SeenRequest | None:
    """The next request of a connection; None where it is no HTTP.

    Raises:
        IncompleteReadError: the other side has closed.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        return None
    start, *lines = head[:-4].split(b"\r\n")
    parts = start.decode("latin-1").split(" ")
    if len(parts) != 3:
        return None
    pairs = [line.partition(b":") for line in lines]
    headers = [(name, value.strip(b" \t")) for name, _, value in pairs]
    request = SeenRequest(method=parts[0], target=parts[1], headers=headers)
    length = request.header(b"content-length") or b"0"
    if not _LENGTH.fullmatch(length) or int(length) > MAX_BODY_BYTES:
        return None
    return msgspec.structs.replace(request, body=await reader.readexactly(int(length)))
