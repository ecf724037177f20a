"""Requests that try to exhaust the server before any access check, over real sockets."""

import contextlib
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.program import Program
from support.site import Site

INCOMPLETE = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
CHUNKED = (
    b"POST /api/refresh HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
LIMITED = ("sh", "-c", 'ulimit -n 256; exec "$@"', "sh", sys.executable, "-m", "creditcurve")
FLOOD_BYTES = 8 * 1_048_576


@pytest.fixture
def few_files(tmp_path: Path, site: Site) -> Iterator[Program]:
    """The program with 256 file descriptors."""
    with Program(tmp_path, site.url, command=LIMITED) as running:
        yield running


def connect(program: Program) -> socket.socket:
    """Open a connection to the program."""
    host, _, port = program.url.removeprefix("http://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def flood(program: Program, start: bytes, piece: bytes) -> int:
    """Send a start and then pieces until the connection is closed; return the bytes sent."""
    sent = 0
    with connect(program) as connection, contextlib.suppress(OSError):
        connection.sendall(start)
        while sent < FLOOD_BYTES:
            connection.sendall(piece)
            sent += len(piece)
    return sent


@pytest.mark.slow
def test_three_hundred_incomplete_requests_do_not_block_the_page(few_files: Program) -> None:
    """The oldest of them makes room for each new connection."""
    with contextlib.ExitStack() as stack:
        for _ in range(300):
            connection = stack.enter_context(connect(few_files))
            with contextlib.suppress(OSError):  # the oldest were closed already
                connection.sendall(INCOMPLETE)
        assert few_files.get("/api/health")["status"] == "ok"
        assert few_files.get("/api/status")["records"]["total"] == 0
    assert "Traceback" not in few_files.log


@pytest.mark.slow
def test_a_head_that_does_not_end_is_closed_after_ten_seconds(shared: Program) -> None:
    """Bytes that trickle in do not extend the deadline."""
    began, answer = time.monotonic(), b""
    with connect(shared) as connection:
        connection.settimeout(1)
        connection.sendall(INCOMPLETE)
        while b"\r\n\r\n" not in answer and time.monotonic() - began < 90:
            try:
                answer += connection.recv(1_024)
            except TimeoutError:
                connection.sendall(b"x")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began > 8  # a slow machine only adds to it


@pytest.mark.slow
def test_a_connection_without_a_request_is_closed_without_an_answer(shared: Program) -> None:
    """A browser that opened it ahead would take an answer for that of its next request."""
    with connect(shared) as connection:
        connection.settimeout(90)
        assert connection.recv(1_024) == b""


@pytest.mark.slow
def test_a_body_that_does_not_end_is_closed_after_thirty_seconds(shared: Program) -> None:
    """The call waits for its body; an answer before the deadline would prove nothing."""
    began = time.monotonic()
    with connect(shared) as connection:
        connection.settimeout(90)
        head = CHUNKED.replace(b"POST /api/refresh", b"PUT /api/cookie")
        connection.sendall(head + b"1\r\n{\r\n")
        assert connection.recv(1_024).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began > 25


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (INCOMPLETE, b"x" * 1_024),
        (CHUNKED + b"1\r\n{\r\n0\r\n", b"X-Trailer: " + b"x" * 1_011 + b"\r\n"),
        (CHUNKED, b"1;" + b"x" * 1_019 + b"\r\n \r\n"),
        (CHUNKED, b"1\r\n \r\n"),
    ],
    ids=["head", "trailers", "chunk extensions", "tiny chunks"],
)
def test_bytes_that_are_not_body_are_limited(shared: Program, start: bytes, piece: bytes) -> None:
    """The rest of a megabyte at most is in the buffers of the two sockets."""
    assert flood(shared, start, piece) < FLOOD_BYTES
    assert shared.get("/api/health")["status"] == "ok"


def test_requests_of_ordinary_size_pass(shared: Program) -> None:
    """Several on one connection, with bodies in chunks."""
    request = (
        b"PATCH /api/settings HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"2\r\n{}\r\n0\r\n\r\n"
    )
    with connect(shared) as connection:
        for _ in range(5):
            connection.sendall(request)
            answer = b""
            while not answer.endswith(b"}"):
                answer += connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200 ")
