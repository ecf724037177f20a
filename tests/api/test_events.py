"""The event stream over a live connection and across restarts."""

import contextlib
import select
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from creditcurve.simulator import History
from support.events import Events
from support.program import Program
from support.site import COOKIE, Site


@pytest.fixture
def collected(program: Program) -> Program:
    """The program with the sample's twenty records, collection off."""
    program.give_cookie(COOKIE)
    assert program.call("POST", "/api/refresh").json()["new"] == 20
    return program


def test_every_connection_begins_with_the_same_events(collected: Program) -> None:
    """Retry, status, settings; no old records without ``since``."""
    with Events(collected.url) as events:
        retry, status, settings = events.greeting()
        assert 1_000 <= int(retry.retry or 0) <= 4_000
        assert (status.name, status.data) == ("status", collected.get("/api/status"))
        assert (settings.name, settings.data) == ("settings", collected.get("/api/settings"))
        collected.call("PATCH", "/api/settings", {"theme": "dark"})
        assert events.until("settings").data["theme"] == "dark"


def test_the_answer_is_an_event_stream_that_no_proxy_may_hold_back(collected: Program) -> None:
    """Content type, no caching, no buffering."""
    with Events(collected.url) as events:
        headers = events.response.headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"


@pytest.mark.parametrize("since", [0, 1, 19])
def test_a_client_gets_the_records_it_is_missing(collected: Program, since: int) -> None:
    """By ``since`` or by ``Last-Event-ID``, with the revision as the event's id."""
    for stream in (
        Events(collected.url, since=since),
        Events(collected.url, last_event_id=str(since)),
    ):
        with stream as events:
            event = events.until("records")
        assert len(event.data["records"]) == 20 - since
        assert event.data["revision"] == 20
        assert event.id == "20"


def test_a_record_in_an_event_has_the_fields_of_the_contract(collected: Program) -> None:
    """The newest record of the sample."""
    with Events(collected.url, since=0) as events:
        records = events.until("records").data["records"]
    newest = max(records, key=lambda record: record["t"])
    assert newest | {"type": "USAGE"} == {
        "id": "11048661",
        "t": 1756129184230,
        "credits": 9,
        "model": "claude-sonnet-4-20250514",
        "type": "USAGE",
        "endpoint": "v1/messages",
        "api_key": None,
        "status": 200,
        "counts": True,
    }


@pytest.mark.parametrize("since", [21, 10**15])
def test_an_unknown_revision_leads_to_a_reset(collected: Program, since: int) -> None:
    """``reset``, and the stream goes on from the present."""
    with Events(collected.url, since=since) as events:
        assert events.until("reset").id == "20"
        collected.call("PATCH", "/api/settings", {"theme": "light"})
        events.until("settings")


def test_an_unknown_last_event_id_leads_to_a_reset(collected: Program) -> None:
    """An ``EventSource`` would give up for good on an error."""
    with Events(collected.url, last_event_id="nonsense") as events:
        events.until("reset")


def test_since_must_be_a_revision(collected: Program) -> None:
    """422 for any other text."""
    assert collected.call("GET", "/api/events?since=abc").status_code == 422


def test_a_reconnect_after_a_restart_misses_nothing(collected: Program, site: Site) -> None:
    """The revision is the store's own: records of the meantime are sent."""
    now_ms = time.time_ns() // 1_000_000
    collected.stop()
    collected.start()
    site.simulator.history.add(
        t_ms=now_ms, credits=7, model="m", type="USAGE", endpoint="v1/messages"
    )
    collected.call("POST", "/api/refresh")
    with Events(collected.url, last_event_id="20") as events:
        event = events.until("records")
    assert [record["credits"] for record in event.data["records"]] == [7]
    assert event.id == "21"


def test_a_changed_record_is_sent_once(collected: Program, site: Site) -> None:
    """Same id, other credits: one event with the new value."""
    site.simulator.history.put(
        {
            "id": 11048661,
            "type": "USAGE",
            "endpoint": "v1/messages",
            "statusCode": 200,
            "creditsUsed": 11,
            "createdAt": "2025-08-25T13:39:44.230Z",
            "model": "claude-sonnet-4-20250514",
        }
    )
    with Events(collected.url) as events:
        events.greeting()
        assert collected.call("POST", "/api/refresh").json()["updated"] == 1
        event = events.until("records")
    assert [record["credits"] for record in event.data["records"]] == [11]
    usage = collected.get("/api/usage?from=2025-08-25T12:40:00Z&to=2025-08-25T13:40:00Z")
    assert usage["total"] == 336


def test_no_event_has_a_name_that_browsers_use_themselves(collected: Program) -> None:
    """``error``, ``open`` and ``message`` are theirs."""
    with Events(collected.url, since=0) as events:
        names = {event.name for event in [*events.greeting(), events.until("records")]}
    assert not names & {"error", "open", "message"}


def test_all_readers_receive_the_same(collected: Program) -> None:
    """A hundred streams, one change, all have it."""
    streams = [Events(collected.url) for _ in range(100)]
    try:
        for stream in streams:
            stream.greeting()
        collected.call("PATCH", "/api/settings", {"range_hours": 6})
        heard = [stream.until("settings").data["range_hours"] for stream in streams]
        assert heard == [6] * 100
    finally:
        for stream in streams:
            stream.__exit__(None, None, None)


@pytest.mark.slow
def test_a_reader_that_stops_costs_the_others_nothing(tmp_path: Path) -> None:
    """It is disconnected within 20 s; other readers receive every record and heartbeats."""
    history = History()
    for number in range(30_000):
        history.add(
            t_ms=1_756_128_000_000 + number,
            credits=1,
            model="claude-sonnet-4-20250514",
            type="USAGE",
            endpoint="v1/messages",
        )
    with (
        Site(history) as site,
        Program(tmp_path, site.url) as program,
        _stalled(program) as stalled,
    ):
        program.give_cookie(COOKIE)
        with Events(program.url, since=0, timeout_s=20) as events:
            events.greeting()
            assert program.call("POST", "/api/refresh").json()["new"] == 30_000
            got = 0
            while got < 30_000:
                got += len(events.until("records").data["records"])
            end = select.poll()
            end.register(stalled, select.POLLRDHUP | select.POLLERR | select.POLLHUP)
            assert end.poll(25_000), "it was never cut off"
            comment = ""
            assert events.until(comment).retry is None


def test_what_a_client_sends_on_a_stream_is_ignored(collected: Program) -> None:
    """A second request would otherwise be answered amid the events."""
    with _raw(collected) as client:
        _read_until(client, b"event: settings")
        client.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n\x00")
        collected.call("PATCH", "/api/settings", {"theme": "dark"})
        assert b"HTTP/1.1" not in _read_until(client, b'"theme":"dark"')


def test_a_stream_ends_with_its_last_chunk(collected: Program) -> None:
    """A proxy can tell the end of the program from a broken connection."""
    with _raw(collected) as client:
        _read_until(client, b"event: settings")
        collected.stop()
        assert _read_until(client, b"").endswith(b"0\r\n\r\n")


def test_streams_of_clients_that_leave_at_once_are_forgotten(collected: Program) -> None:
    for _ in range(30):
        with _raw(collected):
            pass
    deadline_s = time.monotonic() + 30
    while _open_streams(collected):
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_stream_takes_less_than_eight_kilobytes(collected: Program) -> None:
    """At three sizes: memory grows by open streams, and by little."""
    sizes, used_kb = (10, 100, 800), []
    with contextlib.ExitStack() as stack:
        clients: list[socket.socket] = []
        for size in sizes:
            while len(clients) < size:
                clients.append(stack.enter_context(_raw(collected)))
                _read_until(clients[-1], b"event: settings")
            used_kb.append(_resident_kb(collected.pid))
    assert used_kb[2] - used_kb[1] < 8 * (sizes[2] - sizes[1]), used_kb
    assert used_kb[1] - used_kb[0] < 8 * (sizes[1] - sizes[0]) + 1_000, used_kb


@contextlib.contextmanager
def _raw(program: Program) -> Iterator[socket.socket]:
    """A client of the stream that sees the bytes of HTTP."""
    host, _, port = program.url.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=30) as client:
        client.sendall(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        yield client


def _read_until(client: socket.socket, mark: bytes) -> bytes:
    """Return what arrives up to a mark; until the end if the mark is empty."""
    got = b""
    while not mark or mark not in got:
        piece = client.recv(65_536)
        if not piece:
            break
        got += piece
    return got


def _open_streams(program: Program) -> int:
    return int(program.get("/api/diagnostics")["process"]["streams"])


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@contextlib.contextmanager
def _stalled(program: Program) -> Iterator[socket.socket]:
    """A client that asks for the stream and never reads."""
    host, _, port = program.url.removeprefix("http://").rpartition(":")
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.connect((host, int(port)))
        client.sendall(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        yield client
