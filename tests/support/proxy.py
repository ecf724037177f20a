"""A proxy between page and program that fails and delays on request."""

import asyncio
import contextlib
import random
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from creditcurve.simulator.http import stop_accepting


class Proxy:
    """Forward bytes between a new port and the program."""

    def __init__(self, url: str) -> None:
        self._to = urlsplit(url)
        self._withheld: bytes | None = None
        self._speaks = asyncio.Event()
        self._random = random.Random(0)
        self._most_s = 0.0
        self._on_time = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        self._speaks.set()
        self._on_time.set()
        self._do(self._open(0))
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._speaks.set()
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def withhold(self, path: str) -> None:
        """Pass on no request for such a path from now on."""
        self._withheld = f" {path}".encode()

    def pass_on(self) -> None:
        """Withhold nothing any longer."""
        self._withheld = None

    def silence(self) -> None:
        """Pass on nothing in either direction, and keep all connections open."""
        self._loop.call_soon_threadsafe(self._speaks.clear)

    def speak(self) -> None:
        """Pass on everything again, first the delayed bytes."""
        self._loop.call_soon_threadsafe(self._speaks.set)

    def delay(self, most_s: float, seed: int) -> None:
        """Pass on each part of an answer after a random while, so that answers overtake others."""
        self._random.seed(seed)
        self._most_s = most_s
        self._loop.call_soon_threadsafe(self._on_time.clear)

    def hurry(self) -> None:
        """Pass on everything that is delayed, and delay nothing from now on."""
        self._loop.call_soon_threadsafe(self._on_time.set)

    def cut(self) -> None:
        """End every connection and accept no more."""
        self._do(self._close())

    def mend(self) -> None:
        """Listen again on the same port."""
        self._do(self._open(urlsplit(self.url).port or 0))

    def _do(self, what: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(10)

    async def _open(self, port: int) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _close(self) -> None:
        if self._server is None:
            return
        await stop_accepting(self._server)
        while self._connections:
            for connection in self._connections:
                connection.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        writers = [writer]
        try:
            answers, requests = await self._connect()
            writers.append(requests)
            await asyncio.gather(
                self._pass(reader, requests), self._pass(answers, writer, is_answer=True)
            )
            for each in writers:
                await each.wait_closed()
        except (OSError, asyncio.CancelledError):
            pass  # the program or this proxy ends: either ends the connection
        finally:
            for each in writers:
                each.transport.abort()
            self._connections.discard(task)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the program; a cancellation meanwhile leaves no open socket."""
        opening = asyncio.ensure_future(asyncio.open_connection(self._to.hostname, self._to.port))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            with contextlib.suppress(OSError):
                (await opening)[1].transport.abort()
            raise

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        is_answer: bool = False,
    ) -> None:
        while chunk := await reader.read(65_536):
            await self._speaks.wait()
            if self._withheld is not None and self._withheld in chunk.split(b"\r\n", 1)[0]:
                continue
            if is_answer:
                await self._wait_a_while()
            writer.write(chunk)
            await writer.drain()
        writer.close()

    async def _wait_a_while(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._random.uniform(0, self._most_s)):
                await self._on_time.wait()
