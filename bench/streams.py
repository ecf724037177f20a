"""One event to many streams: how long until the last one has it, against the obvious way.

The rival serves the same frame by Starlette's ``StreamingResponse`` with one queue per client, as
most examples of server-sent events do; server, client and machine are the same in one run.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx2

Start = Callable[[int], subprocess.Popen[bytes]]
"""Starts a server at a port."""

STREAMS = 500
ROUNDS = 15
_RIVAL = """
import asyncio, sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

queues = set()

async def events(request):
    queue = asyncio.Queue()
    queues.add(queue)
    async def frames():
        yield b": hello\\n\\n"
        try:
            while True:
                yield await queue.get()
        finally:
            queues.discard(queue)
    return StreamingResponse(frames(), media_type="text/event-stream")

async def change(request):
    body = await request.body()
    for queue in queues:
        queue.put_nowait(b"event: settings\\ndata: " + body + b"\\n\\n")
    return PlainTextResponse("")

app = Starlette(routes=[Route("/api/events", events),
                        Route("/api/settings", change, methods=["PATCH"])])
uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
"""


def main() -> None:
    """Measure both and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _measured(_ours(Path(folder)))
        rival = _measured(_rival)
    print(f"\none event to {STREAMS} streams, last one served, median of {ROUNDS} (ms; MB after)")
    print(f"  creditcurve         {ours[0]:8.1f}  {ours[1]:6.1f}")
    print(f"  StreamingResponse   {rival[0]:8.1f}  {rival[1]:6.1f}")
    print(f"  ratio               {ours[0] / rival[0]:8.2f}  {ours[1] / rival[1]:6.2f}")


def _ours(folder: Path) -> Start:
    def start(port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "creditcurve", "serve", "--port", str(port)]
        environment = os.environ | {"CREDITCURVE_KEYRING": "off"}
        return subprocess.Popen(
            [*command, "--data-dir", str(folder), "--upstream", "http://127.0.0.1:9"],
            stdout=subprocess.DEVNULL,
            env=environment,
        )

    return start


def _rival(port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _RIVAL, str(port)])


def _measured(start: Start) -> tuple[float, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = start(port)
    while not _is_up(port):
        time.sleep(0.05)
    try:
        return asyncio.run(_race(port, process.pid))
    finally:
        process.terminate()
        process.wait()


async def _race(port: int, pid: int) -> tuple[float, float]:
    streams = [await _subscribed(port) for _ in range(STREAMS)]
    took = []
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        for number in range(ROUNDS):
            waiting = [asyncio.create_task(_settings(stream)) for stream, _ in streams]
            await asyncio.sleep(0.05)
            began = time.perf_counter()
            body = {"range_hours": number % 2 + 1, "theme": ["dark", "light"][number % 2]}
            await client.patch("/api/settings", json=body)
            await asyncio.gather(*waiting)
            took.append((time.perf_counter() - began) * 1000)
    memory = _resident_mb(pid)
    for _, writer in streams:
        writer.close()
    return statistics.median(took), memory


def _is_up(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _subscribed(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(0.002)
    reader._buffer.clear()  # type: ignore[attr-defined]  # noqa: SLF001 - the greeting is no matter
    return reader, writer


async def _settings(reader: asyncio.StreamReader) -> None:
    while b"event: settings" not in await reader.readline():
        pass


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
