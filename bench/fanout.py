"""From the site's answer to the last of many streams.

The program polls the simulated site, whose answer waits at a gate: a time begins when the gate
opens and ends when the last stream has the complete event. The rivals have the same clients.
"""

import asyncio
import itertools
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import httpx2
import uvloop
from bench.crowd import Crowd, Wave
from bench.figures import Figure
from bench.processes import cpu_s, free_port, program, resident_mb, running
from bench.rivals import nchan
from bench.rivals.plain import NAME, plain_server

from creditcurve.clocks import SystemClock
from creditcurve.domain.secret import Secret
from creditcurve.simulator import History
from support.site import COOKIE, Simulator

ROUNDS: Final = 25
STREAMS: Final = 200
MANY_STREAMS: Final = 1_000
_FRAME: Final = b'{"revision":21,"records":[{"id":"11048661","t":1756129184230}]}' * 6
_WHERE: Final = {
    1_000: "the poll's commit and two hops between threads; known rows cost 0.6 µs each",
    25: "a third are 200 writes and their clients' reads, a quarter the transaction (profiles.md)",
}
_MANY_WHERE: Final = "one task writes to all sockets, with 18 calls of functions for each stream"
_NO_BROKER: Final = "nginx with nchan is not installed"
_MEMORY: Final = (
    "the connection and its place in the store; parser, request and task end with the greeting"
)


class Times(NamedTuple):
    """The fastest round in ms, the server's processor time of a round, a stream's memory."""

    to_last_ms: float
    spread_ms: float
    cpu_ms: float
    stream_kb: float


def main() -> list[Figure]:
    """Measure the program, the plain server and nchan."""
    return uvloop.run(_figures())


async def _figures() -> list[Figure]:
    figures = []
    for rows, goal in ((1_000, 10.0), (25, 4.0)):
        ours, plain = await _ours(rows, STREAMS), await _plain(rows, STREAMS)
        name = f"answer of {rows:,} rows → last of {STREAMS} streams"
        figures += _pair(name, ours, plain, goal, _WHERE[rows])
    many = await _ours(25, MANY_STREAMS)
    broker = await _broker(MANY_STREAMS) if nchan.is_available() else None
    return [*figures, *_of_many(many, broker)]


def _pair(name: str, ours: Times, plain: Times, goal: float, where: str) -> list[Figure]:
    return [
        Figure(
            name=name,
            ours=ours.to_last_ms,
            unit="ms",
            goal=goal,
            rival=plain.to_last_ms,
            rival_name=NAME,
            where=where,
        ),
        Figure(
            name=f"{name}: processor time of the server, all that follows included",
            ours=ours.cpu_ms,
            unit="ms",
            rival=plain.cpu_ms,
            rival_name=NAME,
            where="also contains the event `status` and the answer to the refresh",
        ),
    ]


def _of_many(ours: Times, broker: Times | None) -> list[Figure]:
    return [
        Figure(
            name="1,000 streams, first to last",
            ours=ours.spread_ms,
            unit="ms",
            goal=14.0,
            rival=broker and broker.to_last_ms,
            rival_name="nchan, publish → last",
            missing=_NO_BROKER,
            where=_MANY_WHERE,
        ),
        Figure(
            name="memory per stream",
            ours=ours.stream_kb,
            unit="kB",
            goal=8.0,
            rival=broker and broker.stream_kb,
            rival_name="nchan",
            missing=_NO_BROKER,
            where=_MEMORY,
        ),
    ]


async def _ours(rows: int, streams: int) -> Times:
    with tempfile.TemporaryDirectory() as name:
        history = _history(rows)
        site = Simulator(
            history=history, clock=SystemClock(), cookie=Secret.of(COOKIE), row_limit=rows
        )
        await site.start()
        server = program(Path(name), site.url)
        await asyncio.to_thread(server.start)
        try:
            await asyncio.to_thread(server.give_cookie, COOKIE)
            return await _measured(site, history, server.url, server.pid, streams)
        finally:
            await asyncio.to_thread(server.stop)
            await site.close()


async def _plain(rows: int, streams: int) -> Times:
    history = _history(rows)
    site = Simulator(history=history, clock=SystemClock(), cookie=Secret.of(COOKIE), row_limit=rows)
    await site.start()
    try:
        with plain_server(site.url) as rival:
            return await _measured(site, history, rival.url, rival.pid, streams)
    finally:
        await site.close()


async def _measured(site: Simulator, history: History, url: str, pid: int, streams: int) -> Times:
    """Refresh again and again; every answer has one new row."""
    async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=30) as client:
        await client.post("/api/refresh")

        async def send() -> float:
            _add_row(history)
            gate = site.hold("usage")
            refresh = asyncio.create_task(client.post("/api/refresh"))
            await gate.reached()
            await asyncio.sleep(0.01)
            gate.release()
            began_s = time.perf_counter()
            refresh.add_done_callback(lambda task: task.result().raise_for_status())
            return began_s

        return await _waves(Crowd(urlsplit(url).port or 0, "/api/events"), pid, streams, send)


async def _broker(streams: int) -> Times:
    port = free_port()
    async with httpx2.AsyncClient(trust_env=False) as client:
        with (
            tempfile.TemporaryDirectory() as name,
            running(nchan.command(Path(name), port), port) as process,
        ):

            async def send() -> float:
                began_s = time.perf_counter()
                await client.post(
                    f"http://127.0.0.1:{port}/publish",
                    content=_FRAME,
                    headers={"X-EventSource-Event": "records"},
                )
                return began_s

            return await _waves(Crowd(port, "/events"), _worker(process.pid), streams, send)


def _worker(pid: int) -> int:
    """Return the process of nginx that serves."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    while not (found := children.read_text().split()):
        time.sleep(0.01)
    return int(found[0])


async def _waves(
    crowd: Crowd, pid: int, streams: int, send: Callable[[], Awaitable[float]]
) -> Times:
    before_mb = resident_mb(pid)
    await crowd.open(streams)
    took, spread = [], []
    used_s = cpu_s(pid)
    for _ in range(ROUNDS):
        wave = crowd.expect(b"records")
        began_s = await send()
        await asyncio.wait_for(wave.done, 30)
        took.append(_ms(wave, began_s))
        spread.append((wave.last_s - wave.first_s) * 1_000)
        await asyncio.sleep(0.1)  # the events that follow belong to no round
    cpu_ms = (cpu_s(pid) - used_s) * 1_000 / ROUNDS
    stream_kb = (resident_mb(pid) - before_mb) * 1024 / streams
    await crowd.close()
    return Times(min(took), min(spread), cpu_ms, stream_kb)


def _ms(wave: Wave, began_s: float) -> float:
    return (wave.last_s - began_s) * 1_000


def _history(rows: int) -> History:
    history = History()
    now_ms = SystemClock().now_ms()
    for number in range(rows):
        history.add(t_ms=now_ms - (rows - number) * 1_000, credits=number % 97)
    return history


_spent: Final = itertools.count(1)


def _add_row(history: History) -> None:
    history.add(t_ms=SystemClock().now_ms() - 1, credits=next(_spent) % 97)
