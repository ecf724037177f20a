"""From ``exec`` to the first answer, and the memory of an idle process.

The rival is the smallest server of the same kind: uvicorn, Starlette and one route.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from bench.figures import Figure
from bench.large import LARGEST, folder_with
from bench.processes import COMMAND, cpu_s, free_port, resident_mb

RUNS: Final = 7
IDLE_S: Final = 1.0
_PLAIN: Final = """
import sys
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def health(request):
    return PlainTextResponse("ok")

app = Starlette(routes=[Route("/api/health", health)])
uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
"""


class Start(NamedTuple):
    """The fastest start: until the first answer, processor time of it, and memory when idle."""

    took_s: float
    cpu_s: float
    memory_mb: float


def main() -> list[Figure]:
    """Measure starts on an empty folder and on a large one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        _fastest(folder)  # the first start creates it
        empty = _fastest(folder)
    large = _fastest(folder_with(LARGEST) / "data")
    plain = _fastest_of(lambda port: [sys.executable, "-c", _PLAIN, str(port)])
    return [
        _start("exec → first 200, empty folder", empty, plain),
        _start(f"exec → first 200, {LARGEST:,} records", large, plain),
        Figure(
            name="exec → first 200: processor time",
            ours=empty.cpu_s,
            unit="s",
            rival=plain.cpu_s,
            rival_name="smallest Starlette server",
            where=(
                "840 million instructions are imports, 541 of them of libraries: asyncio 167, "
                "uvicorn 171, Starlette 89; the program's 345 modules 299"
            ),
        ),
        Figure(
            name="memory, idle",
            ours=empty.memory_mb,
            unit="MB",
            goal=40,
            rival=plain.memory_mb,
            rival_name="smallest Starlette server",
            where=(
                "34.5 MB are the interpreter and the libraries, 6.5 the program's modules, the "
                "rest SQLite and its threads"
            ),
        ),
    ]


def _start(name: str, ours: Start, plain: Start) -> Figure:
    return Figure(
        name=name,
        ours=ours.took_s,
        unit="s",
        goal=0.2,
        rival=plain.took_s,
        rival_name="smallest Starlette server",
        where="imports (see below); a large store adds the first 0.05 s of its check",
    )


def _fastest(folder: Path) -> Start:
    arguments = ("serve", "--data-dir", str(folder), "--port")
    return _fastest_of(lambda port: [*COMMAND, *arguments, str(port)])


def _fastest_of(command: Callable[[int], list[str]]) -> Start:
    starts = []
    for _ in range(RUNS):
        port = free_port()
        starts.append(_measured(command(port), port))
    return Start(*(min(figures) for figures in zip(*starts, strict=True)))


def _measured(command: list[str], port: int) -> Start:
    environment = {**os.environ, "CREDITCURVE_KEYRING": "off"}
    began_s = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            _answer(port)
            took_s, used_s = time.perf_counter() - began_s, cpu_s(process.pid)
            time.sleep(IDLE_S)
            return Start(took_s, used_s, resident_mb(process.pid))
        finally:
            process.terminate()


def _answer(port: int) -> None:
    """Ask until the server answers."""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", "/api/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.001)
        finally:
            connection.close()
