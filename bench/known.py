"""An answer of known rows: reading it and finding that nothing is new, beside ``json.loads``."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import httpx2
from bench.figures import Figure
from bench.processes import program, resident_mb
from bench.rivals.plain import NAME, plain_server

from creditcurve.simulator import History
from creditcurve.simulator.history import encoded
from creditcurve.upstream.known_rows import KnownRows
from support.site import COOKIE, Site

ROWS: Final = 10_000
RUNS: Final = 15
POLLS: Final = 3


def main() -> list[Figure]:
    """Measure the reader, and the memory of a program that has polled such answers."""
    now_ms = time.time_ns() // 1_000_000
    history = History()
    for number in range(ROWS):
        history.add(t_ms=now_ms - (ROWS - number) * 1_000, credits=number % 97)
    body = encoded(history.until(now_ms))
    known = KnownRows()
    known.read_usage(body, now_ms=now_ms)
    return [
        Figure(
            name=f"reading an answer of {ROWS:,} known rows",
            ours=_fastest_ms(lambda: known.read_usage(body, now_ms=now_ms)),
            unit="ms",
            rival=_fastest_ms(lambda: json.loads(body)),
            rival_name="json.loads",
            where="msgspec finds the ends of the rows; each is one look-up by its bytes",
        ),
        Figure(
            name=f"reading an answer of {ROWS:,} rows",
            ours=_fastest_ms(lambda: KnownRows().read_usage(body, now_ms=now_ms)),
            unit="ms",
            rival=_fastest_ms(lambda: json.loads(body)),
            rival_name="json.loads",
            where="first reading: exact numbers and checks of each row, in Python",
        ),
        Figure(
            name=f"memory after {ROWS:,} rows",
            ours=_memory_mb(history),
            unit="MB",
            goal=48,
            rival=_plain_memory_mb(history),
            rival_name=f"{NAME}, which keeps no row",
            where="first use of cryptography and HTTPS takes 16 MB, the rows 8 MB; see profiles.md",
        ),
    ]


def _memory_mb(history: History) -> float:
    with (
        Site(history, row_limit=ROWS) as site,
        tempfile.TemporaryDirectory() as name,
        program(Path(name), site.url) as server,
    ):
        server.give_cookie(COOKIE)
        for _ in range(POLLS):
            server.call("POST", "/api/refresh")
        return resident_mb(server.pid)


def _plain_memory_mb(history: History) -> float:
    with Site(history, row_limit=ROWS) as site, plain_server(site.url) as server:
        for _ in range(POLLS):
            httpx2.post(f"{server.url}/api/refresh", timeout=30).raise_for_status()
        return resident_mb(server.pid)


def _fastest_ms(call: Callable[[], object]) -> float:
    took = []
    for _ in range(RUNS):
        began_s = time.process_time()
        call()
        took.append((time.process_time() - began_s) * 1_000)
    return min(took)
