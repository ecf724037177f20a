"""Event streams cut at random bytes, with restarts: each record arrives once, in order."""

import contextlib
import json
import random
import socket
from pathlib import Path
from typing import Final

import pytest

from support.acknowledged import Acknowledged
from support.program import Program
from support.site import Site
from support.torture import IMPORTED, Figures, Scale, Stalls

WHOLE: Final = 10_000
RESTARTED_EVERY: Final = 500
FIRST_ID: Final = 900_000_000


class Reader:
    """A client that loses its connection again and again and continues after its last event."""

    def __init__(self) -> None:
        self.revision = 0
        self.history = Acknowledged()
        self.ids: list[int] = []

    def read(self, program: Program, limit: int) -> None:
        """Read at most ``limit`` bytes of a stream, or until a moment passes without any."""
        host, _, port = program.url.removeprefix("http://").rpartition(":")
        request = f"GET /api/events?since={self.revision} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"
        received = b""
        with socket.create_connection((host, int(port)), timeout=0.15) as connection:
            connection.sendall(request.encode())
            with contextlib.suppress(TimeoutError):
                while len(received) < limit and (
                    chunk := connection.recv(min(4_096, limit - len(received)))
                ):
                    received += chunk
        self._apply(received.partition(b"\r\n\r\n")[2])

    def _apply(self, body: bytes) -> None:
        for block in _unchunked(body).split(b"\n\n")[:-1]:
            fields = dict(line.split(b": ", 1) for line in block.split(b"\n") if b": " in line)
            assert fields.get(b"event") != b"reset"
            if fields.get(b"event") == b"records":
                self.revision = int(fields[b"id"])
                ids = [int(one["id"]) for one in json.loads(fields[b"data"])["records"]]
                self.history.received(self.revision, ids)
                self.ids += ids


def _unchunked(body: bytes) -> bytes:
    """Return the complete chunks of a body, and the start of the last one."""
    content = b""
    while b"\r\n" in body:
        size, _, rest = body.partition(b"\r\n")
        content += rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]
    return content


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_cut_streams_lose_and_repeat_nothing(
    tmp_path: Path, site: Site, scale: Scale, figures: Figures, stalls: Stalls
) -> None:
    cuts, chance = scale.count(WHOLE), random.Random(17)
    program, reader = Program(tmp_path, site.url, arguments=("--log-level", "debug")), Reader()
    program.start()
    sent: list[int] = []
    for number in range(cuts):
        if chance.random() < 0.5:
            sent.append(FIRST_ID + number)
            add(program, sent[-1])
        reader.read(program, chance.randrange(200, 3_000))
        if number % RESTARTED_EVERY == RESTARTED_EVERY - 1:
            program.stop()
            program.start()
    reader.read(program, 1_000_000)
    program.stop()
    assert reader.ids == sent
    reader.history.verify(program.data_dir / "creditcurve.db")
    stalls.read(program.log)
    figures.add("cut streams", cuts, f"{len(sent):,} records, each received once and in order")


def add(program: Program, number: int) -> None:
    """Store a record."""
    headers = {"content-type": "application/x-ndjson"}
    lines = IMPORTED.format(id=number).encode()
    assert program.call("POST", "/api/import", headers=headers, content=lines).status_code == 200
