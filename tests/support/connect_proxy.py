"""A forward proxy as companies have one: it tunnels, and may ask for a name and a password."""

import asyncio
import base64
import contextlib
import ssl
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from creditcurve.simulator.http import stop_accepting


class ConnectProxy:
    """Answers CONNECT only.

    Args:
        tls: the context of a proxy that is itself called over TLS.
        login: ``name:password`` that it asks for.

    Attributes:
        targets: the hosts and ports that clients connected to.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None, login: str | None = None) -> None:
        self._tls = tls
        self._login = login
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="connect-proxy")
        self._server: asyncio.Server | None = None
        self.targets: list[str] = []
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        port = self._server.sockets[0].getsockname()[1]
        scheme = "https" if self._tls else "http"
        login = f"{self._login}@" if self._login else ""
        self.url = f"{scheme}://{login}127.0.0.1:{port}"

    async def _close(self) -> None:
        assert self._server is not None
        await stop_accepting(self._server)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, target, _ = head.split(" ", 2)
        with contextlib.closing(writer), contextlib.suppress(OSError, asyncio.CancelledError):
            if not self._may_pass(head):
                writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                return
            assert method == "CONNECT"
            self.targets.append(target)
            await self._tunnel(target, reader, writer)

    def _may_pass(self, head: str) -> bool:
        if self._login is None:
            return True
        given = base64.b64encode(self._login.encode()).decode()
        return f"proxy-authorization: basic {given}".lower() in head.lower()

    async def _tunnel(
        self, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        address = urlsplit(f"//{target}")
        answers, requests = await asyncio.open_connection(address.hostname, address.port)
        with contextlib.closing(requests):
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_copy(reader, requests), _copy(answers, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65_536):
        writer.write(chunk)
        await writer.drain()
    writer.close()
