"""A stream takes a connection over while an earlier part of its answer waits for the client."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, Final

import uvicorn
from uvicorn.server import ServerState

from creditcurve.api.events.body import STATE, Body
from creditcurve.clocks import SystemClock
from creditcurve.server.connections import Connections
from creditcurve.server.date import DateHeader
from creditcurve.server.protocol import Protocol
from creditcurve.server.reading import CHECK_S
from creditcurve.server.stream import SEND_DEADLINE_S
from creditcurve.turns import Turns

FIRST_PART: Final = b"a" * 12_000_000
"""More than both sockets keep, so that the rest waits in the server."""
NEXT_PART: Final = b"the next part"


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time the test can advance."""

    skipped_s = 0.0

    def time(self) -> float:
        """Return the time, in seconds."""
        return super().time() + self.skipped_s


async def skip(seconds: float) -> None:
    """Advance the time, and let every timer run that is due by then."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SkippingLoop)
    loop.skipped_s += seconds
    for _ in range(3):
        await asyncio.sleep(0)


class Stream:
    """An application that sends a large part and then takes its connection over."""

    def __init__(self) -> None:
        self.body: asyncio.Future[Body] = asyncio.get_running_loop().create_future()
        self.is_lost = asyncio.Event()

    async def __call__(
        self,
        scope: dict[str, Any],
        _receive: object,
        send: Callable[[dict[str, Any]], Coroutine[Any, Any, None]],
    ) -> None:
        """Answer a request."""
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": FIRST_PART, "more_body": True})
        self.body.set_result(scope["state"][STATE](self))

    def resume(self) -> None:
        """Send nothing more."""

    def lose(self) -> None:
        """Report the end of the connection."""
        self.is_lost.set()


@contextlib.asynccontextmanager
async def connected(stream: Stream) -> AsyncIterator[socket.socket]:
    """Serve a stream, and send a request for it."""
    config = uvicorn.Config(stream, log_config=None, lifespan="off")
    state = ServerState()

    def protocol() -> Protocol:
        return Protocol(
            config,
            state,
            {},
            connections=Connections(10),
            turns=Turns(10),
            date=DateHeader(SystemClock()),
        )

    loop = asyncio.get_running_loop()
    async with await loop.create_server(protocol, "127.0.0.1", 0) as server:
        with socket.socket() as client:
            client.setblocking(False)  # noqa: FBT003 - its only argument
            await loop.sock_connect(client, server.sockets[0].getsockname())
            await loop.sock_sendall(client, b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
            yield client


async def read_until(client: socket.socket, end: bytes) -> None:
    """Read up to a text; the connection may not end before."""
    last = b""
    while end not in last:
        received = await asyncio.get_running_loop().sock_recv(client, 1 << 20)
        assert received
        last = last[-len(end) :] + received


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        runner.run(test())


def test_a_client_that_reads_after_the_take_over_keeps_its_connection() -> None:
    """The watch of the answer's first part has ended: a stream without news would end by it."""

    async def test() -> None:
        stream = Stream()
        async with connected(stream) as client:
            body = await stream.body
            writable = [body.is_writable]
            await read_until(client, FIRST_PART[-100:] + b"\r\n")
            for _ in range(3):
                await skip(CHECK_S + 1)
            writable.append(body.is_writable)
            assert writable == [False, True]
            body.write(NEXT_PART)
            await read_until(client, NEXT_PART)

    run(test)


def test_a_client_that_never_reads_is_disconnected_after_the_take_over() -> None:
    async def test() -> None:
        stream = Stream()
        async with connected(stream):
            body = await stream.body
            await skip(SEND_DEADLINE_S - 1)
            assert not stream.is_lost.is_set()
            await skip(2)
            await stream.is_lost.wait()
            assert not body.is_writable

    run(test)
