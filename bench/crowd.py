"""Many event streams read by one event loop, and when each has a complete event."""

import asyncio
import time
from typing import Final, cast

_HEAD: Final = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
_END: Final = b"\n\n"
_SETTLE_S: Final = 0.2


class Wave:
    """One event on its way to all streams."""

    def __init__(self, event: bytes, waiting: int) -> None:
        self.mark = b"event: " + event + b"\n"
        self.first_s = 0.0
        self.last_s = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting = waiting

    def arrived(self) -> None:
        """Count one stream that has the complete event."""
        self.last_s = time.perf_counter()
        self.first_s = self.first_s or self.last_s
        self._waiting -= 1
        if not self._waiting and not self.done.done():
            self.done.set_result(None)


class Crowd:
    """Open streams of one server."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        self._path = path
        self._streams: list[_Stream] = []
        self.wave: Wave | None = None
        self._number = 0

    async def open(self, count: int) -> None:
        """Open so many streams and wait until each has the head of its answer."""
        loop = asyncio.get_running_loop()
        for _ in range(count):
            _, stream = await loop.create_connection(lambda: _Stream(self), "127.0.0.1", self._port)
            stream.send(_HEAD.format(path=self._path).encode())
            self._streams.append(stream)
        await asyncio.gather(*(stream.greeted for stream in self._streams))
        await asyncio.sleep(_SETTLE_S)

    def expect(self, event: bytes) -> Wave:
        """Start to wait for the next event of that name on all streams."""
        self._number += 1
        self.wave = Wave(event, len(self._streams))
        return self.wave

    @property
    def number(self) -> int:
        """The number of the present wave."""
        return self._number

    async def close(self) -> None:
        """Close all streams."""
        for stream in self._streams:
            stream.abort()
        self._streams.clear()
        await asyncio.sleep(_SETTLE_S)


class _Stream(asyncio.Protocol):
    """One stream; an event may come in many pieces."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._had = 0
        self._is_inside = False
        self._transport: asyncio.Transport | None = None
        self.greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self._transport = cast("asyncio.Transport", transport)

    def send(self, request: bytes) -> None:
        """Send the request."""
        if self._transport is not None:
            self._transport.write(request)

    def abort(self) -> None:
        """Close the connection."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Look for the beginning and the end of the awaited event."""
        if not self.greeted.done():
            self.greeted.set_result(None)
        wave = self._crowd.wave
        if wave is None or self._had == self._crowd.number:
            return
        if not self._is_inside:
            at = data.find(wave.mark)
            if at < 0:
                return
            self._is_inside = True
            data = data[at:]
        if _END in data:
            self._is_inside = False
            self._had = self._crowd.number
            wave.arrived()
