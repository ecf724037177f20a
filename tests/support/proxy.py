"""A proxy between the page and the program, which a test can interrupt."""

import asyncio
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """Forwards bytes on its own port, until a test interrupts it."""

    def __init__(self, url: str) -> None:
        self._to = urlsplit(url)
        self._withheld: bytes | None = None
        self._speaks = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        self._speaks.set()
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
        """Drop all requests for a path, without an answer."""
        self._withheld = f" {path}".encode()

    def silence(self) -> None:
        """Forward nothing in either direction, without closing a connection."""
        self._loop.call_soon_threadsafe(self._speaks.clear)

    def speak(self) -> None:
        """Forward everything again, also the delayed bytes."""
        self._loop.call_soon_threadsafe(self._speaks.set)

    def cut(self) -> None:
        """Close every connection and refuse new ones."""
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
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            answers, requests = await asyncio.open_connection(self._to.hostname, self._to.port)
            try:
                await asyncio.gather(self._pass(reader, requests), self._pass(answers, writer))
            finally:
                requests.close()
        except (OSError, asyncio.CancelledError):
            pass  # the program has gone, or this proxy goes: either ends the connection
        finally:
            self._connections.discard(task)
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65_536):
            await self._speaks.wait()
            if self._withheld is not None and self._withheld in chunk.split(b"\r\n", 1)[0]:
                continue
            writer.write(chunk)
            await writer.drain()
        writer.close()
