"""Thousands of event streams: polls stay on time, and readers that stop cost the others nothing."""

import asyncio
import contextlib
import select
import socket
import time
from collections.abc import Iterator
from typing import Any, Final

import httpx2
import pytest

from creditcurve.domain.instant import from_iso
from support.program import Program
from support.site import COOKIE
from support.torture import IMPORTED, Figures, Scale

OPEN: Final = 2_000
STALLED: Final = 100
SHARE_OF_ONE_ADDRESS: Final = 1_000
"""A client address may have three quarters of all connections; loopback has many addresses."""
INTERVAL_S: Final = 10
LATE_S: Final = 5
CUT_S: Final = 20
FILLING: Final = 9_000
"""Records whose events are more than the buffers of a reader that stops; more would be a reset."""
BATCH: Final = 1_000
LONG: Final = IMPORTED.replace("opus", "m" * 250).replace("v1/messages", "e" * 250)


class Crowd:
    """Clients that read their event streams."""

    def __init__(self, program: Program) -> None:
        host, _, port = program.url.removeprefix("http://").rpartition(":")
        self._host, self._port = host, int(port)
        self._tasks: set[asyncio.Task[None]] = set()
        self._wanted = ""
        self._missing = 0
        self._arrived = asyncio.Event()

    async def open(self, count: int, since: int) -> None:
        """Open so many streams; return when each has its first event."""
        opened = [asyncio.Event() for _ in range(count)]
        for number, ready in enumerate(opened):
            reading = self._read(number // SHARE_OF_ONE_ADDRESS + 1, since, ready)
            self._tasks.add(asyncio.create_task(reading))
        await asyncio.gather(*(ready.wait() for ready in opened))

    async def receive(self, record: str) -> None:
        """Wait until every reader has received a record."""
        await self._arrived.wait()
        assert record == self._wanted

    def expect(self, record: str) -> None:
        """Count the readers that have not received this record."""
        self._wanted, self._missing = record, len(self._tasks)
        self._arrived.clear()

    async def close(self) -> None:
        """Close all streams at the same moment."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _read(self, address: int, since: int, ready: asyncio.Event) -> None:
        reader, writer = await asyncio.open_connection(
            self._host, self._port, local_addr=(f"127.0.0.{address}", 0), limit=2**22
        )
        with contextlib.closing(writer):
            request = f"GET /api/events?since={since} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            writer.write(request.encode())
            status = await reader.readline()
            assert status == b"HTTP/1.1 200 OK\r\n", status
            while line := await reader.readline():
                if line.startswith(b"event: "):
                    ready.set()
                if self._wanted and f'"{self._wanted}"'.encode() in line:
                    self._note_arrival()

    def _note_arrival(self) -> None:
        self._missing -= 1
        if self._missing == 0:
            self._arrived.set()


class Calls:
    """Commands and questions, beside the streams."""

    def __init__(self, program: Program) -> None:
        self._http = httpx2.AsyncClient(base_url=program.url, trust_env=False, timeout=60)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._http.aclose()

    async def set_interval(self) -> None:
        """Poll as often as possible."""
        answer = await self._http.patch("/api/settings", json={"poll_interval_s": INTERVAL_S})
        assert answer.status_code == 200, answer.text

    async def upload(self, *ids: int, line: str = IMPORTED) -> None:
        """Store records."""
        lines = "\n".join(line.format(id=number) for number in ids)
        headers = {"content-type": "application/x-ndjson"}
        answer = await self._http.post("/api/import", content=lines.encode(), headers=headers)
        assert answer.status_code == 200, answer.text

    async def revision(self) -> int:
        """Return the newest revision."""
        return int((await self._diagnostics())["storage"]["revision"])

    async def check_polls(self) -> None:
        """Check that the last poll is not older than the interval."""
        link = (await self._diagnostics())["link"]
        age_ms = time.time_ns() // 1_000_000 - from_iso(link["last_success_at"])
        assert age_ms / 1000 < INTERVAL_S + LATE_S

    async def _diagnostics(self) -> Any:
        return (await self._http.get("/api/diagnostics")).json()


@contextlib.contextmanager
def stalled(program: Program, count: int, since: int) -> Iterator[list[socket.socket]]:
    """Clients that ask for old events and never read."""
    host, _, port = program.url.removeprefix("http://").rpartition(":")
    request = f"GET /api/events?since={since} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with contextlib.ExitStack() as stack:
        clients = []
        for _ in range(count):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            client.bind(("127.0.0.9", 0))
            client.connect((host, int(port)))
            client.sendall(request.encode())
            clients.append(client)
        yield clients


def until_cut(clients: list[socket.socket]) -> float:
    """Wait until the program has ended every connection; return the seconds it took."""
    begun_s = time.monotonic()
    ends = select.poll()
    remaining = {client.fileno() for client in clients}
    for descriptor in remaining:
        ends.register(descriptor, select.POLLRDHUP | select.POLLERR | select.POLLHUP)
    while remaining:
        assert time.monotonic() - begun_s < CUT_S, f"{len(remaining)} were never cut off"
        for descriptor, _ in ends.poll(1_000):
            ends.unregister(descriptor)
            remaining.remove(descriptor)
    return time.monotonic() - begun_s


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_thousands_of_streams(watched: Program, scale: Scale, figures: Figures) -> None:
    open_, stalled_ = scale.count(OPEN), scale.count(STALLED)
    watched.give_cookie(COOKIE, collecting=True)
    async with contextlib.aclosing(Calls(watched)) as calls:
        slowest_s, cut_s = await crowds(watched, calls, open_, stalled_)
    figures.add("open streams", open_, f"a record reached all within {slowest_s:.1f} s")
    figures.add("readers that stop", stalled_, f"cut within {cut_s:.1f} s")
    figures.add("simultaneous reconnects", open_, "all served, polls on time")


async def crowds(watched: Program, calls: Calls, open_: int, stalled_: int) -> tuple[float, float]:
    """Open streams, stop some, open all again; return the slowest delivery and the slowest cut."""
    await calls.set_interval()
    for first in range(0, FILLING, BATCH):
        await calls.upload(*range(800_000_000 + first, 800_000_000 + first + BATCH), line=LONG)
    filled = await calls.revision()
    crowd = Crowd(watched)
    await crowd.open(open_, since=await calls.revision())
    slowest_s = await deliver(calls, crowd, 900_000_001)
    with stalled(watched, stalled_, since=filled - FILLING) as clients:
        slowest_s = max(slowest_s, await deliver(calls, crowd, 900_000_002))
        cut_s = await asyncio.to_thread(until_cut, clients)
    await calls.check_polls()
    await crowd.close()
    await crowd.open(open_, since=await calls.revision())
    slowest_s = max(slowest_s, await deliver(calls, crowd, 900_000_003))
    await calls.check_polls()
    await crowd.close()
    return slowest_s, cut_s


async def deliver(calls: Calls, crowd: Crowd, record: int) -> float:
    """Store a record; return the seconds until every reader has received it."""
    crowd.expect(str(record))
    begun_s = time.monotonic()
    await calls.upload(record)
    await asyncio.wait_for(crowd.receive(str(record)), 60)
    return time.monotonic() - begun_s
