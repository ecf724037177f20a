"""Clients that do not read their answers, over real sockets."""

import contextlib
import socket
from pathlib import Path

import pytest

from creditcurve.api.http.downloads import AT_ONCE
from creditcurve.recordfiles.ndjson import encode_lines
from support.program import Program
from support.record_files import record

EXPORT = b"GET /api/export?format=ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n"
RECORDS = 40_000
PER_IMPORT = 2_500
CLIENTS = 60
MIB = 1_048_576


def fill(program: Program) -> None:
    """Import records with long names."""
    for first in range(0, RECORDS, PER_IMPORT):
        records = [
            record(number, model=f"{'m' * 120}{number % 5}")
            for number in range(first + 1, first + PER_IMPORT + 1)
        ]
        headers = {"content-type": "application/x-ndjson"}
        answer = program.call("POST", "/api/import", headers=headers, content=encode_lines(records))
        assert answer.status_code == 200, answer.text


def resident(program: Program) -> int:
    """Return the resident memory of the program in bytes."""
    return int(Path(f"/proc/{program.pid}/statm").read_text().split()[1]) * 4_096


def ask(program: Program, request: bytes) -> socket.socket:
    """Send a request and read no more than the first bytes of its answer."""
    host, _, port = program.url.removeprefix("http://").rpartition(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.settimeout(30)
    connection.connect((host, int(port)))
    connection.sendall(request)
    return connection


@pytest.mark.slow
def test_sixty_unread_exports_hold_little_memory(program: Program) -> None:
    """All have begun, a few of them send; the page is served meanwhile."""
    fill(program)
    program.call("GET", "/api/export")
    before = resident(program)
    with contextlib.ExitStack() as stack:
        for _ in range(CLIENTS):
            connection = stack.enter_context(ask(program, EXPORT))
            assert connection.recv(12).startswith(b"HTTP/1.1 200")
        assert program.get("/api/status")["records"]["total"] == RECORDS
        assert resident(program) - before < 32 * MIB


@pytest.mark.slow
def test_a_client_that_does_not_read_is_disconnected_and_others_go_on(program: Program) -> None:
    """Its turn ends within 20 seconds; then the next download begins."""
    fill(program)
    with contextlib.ExitStack() as stack:
        for _ in range(AT_ONCE):
            stack.enter_context(ask(program, EXPORT)).recv(12)
        lines = program.call("GET", "/api/export?format=ndjson").text.splitlines()
        assert len(lines) == RECORDS
        assert program.call("GET", "/api/backup").status_code == 200
