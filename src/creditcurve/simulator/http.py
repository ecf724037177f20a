"""A small HTTP/1.1 server: parse a request, encode an answer, serve connections.

It works on bytes, below any HTTP library, so that a subclass can also send malformed answers:
cut bodies, endless headers, resets.
"""

import asyncio
import contextlib
import json
import re
import ssl
from abc import ABC, abstractmethod
from http import HTTPStatus
from typing import Final, Self
from urllib.parse import parse_qs, urlsplit

import msgspec

MAX_HEAD_BYTES: Final = 256 * 1024
MAX_BODY_BYTES: Final = 4 * 1024 * 1024
JSON: Final = (b"Content-Type", b"application/json")

HeaderLines = tuple[tuple[bytes, bytes], ...]
_LENGTH: Final = re.compile(rb"[0-9]{1,9}")
_ACCEPT_TURNS: Final = 10
"""Turns of the loop after which the task of an accepted connection runs."""


class SeenRequest(msgspec.Struct, frozen=True):
    """A request as received: header lines in their order and spelling."""

    method: str
    target: str
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    def query(self, name: str) -> str | None:
        """Return the first value of a query parameter."""
        return parse_qs(urlsplit(self.target).query).get(name, [None])[0]

    def header(self, name: bytes) -> bytes | None:
        """Return the first header with this name, given in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Response(msgspec.Struct, frozen=True):
    """An answer before it is encoded."""

    status: int
    body: bytes = b""
    headers: HeaderLines = ()

    @classmethod
    def json(cls, value: object, status: int = 200) -> "Response":
        """Return an answer with a value as compact JSON."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(status, body, (JSON,))

    def encoded(self, *, date: str, length: int | None = None) -> bytes:
        """Return the bytes of the answer; ``length`` overrides the announced length."""
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


class HttpServer(ABC):
    """Serves connections, one request after the other; a subclass answers them."""

    def __init__(self) -> None:
        self._scheme = "http"
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def respond(
        self, request: SeenRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer a request; return whether the connection stays open."""

    @property
    def url(self) -> str:
        """The server's address, without a trailing slash."""
        if self._server is None:
            raise RuntimeError("the server is not started")
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"{self._scheme}://{f'[{host}]' if ':' in host else host}:{port}"

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None
    ) -> None:
        """Start to listen; port 0 selects a free one."""
        self._scheme = "http" if tls is None else "https"
        self._server = await asyncio.start_server(
            self._serve, host, port, limit=MAX_HEAD_BYTES, ssl=tls
        )

    async def close(self) -> None:
        """End every connection and stop listening; the server can be started again."""
        if self._server is None:
            return
        await stop_accepting(self._server)
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._connections.add(task)
        try:
            while (request := await read_request(reader)) is not None:
                if not await self.respond(request, reader, writer):
                    return
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client closed the connection, or the server closes
        finally:
            self._connections.discard(task)
            writer.close()


async def stop_accepting(server: asyncio.Server) -> None:
    """Close a server after the connections that it has accepted have their tasks.

    asyncio leaves a socket open that it has accepted but not yet given a transport when the
    server closes.
    """
    loop = asyncio.get_running_loop()
    for listener in server.sockets:
        with contextlib.suppress(NotImplementedError):  # the loop of Windows
            loop.remove_reader(listener)
    for _ in range(_ACCEPT_TURNS):
        await asyncio.sleep(0)
    server.close()


async def read_request(reader: asyncio.StreamReader) -> SeenRequest | None:
    """Read the next request of a connection; return None if it is not HTTP.

    Raises:
        IncompleteReadError: the client closed the connection.
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
