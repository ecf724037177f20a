"""The simulated site: believable, the same for the same seed, and driven from outside."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditcurve.domain.instant import from_iso, to_iso
from creditcurve.domain.secret import Secret
from creditcurve.simulator import DEMO_COOKIE, FAULTS, History, Simulator
from creditcurve.simulator.history import Row, encoded
from creditcurve.upstream import UpstreamClient
from support.clocks import HandClock

NOW = from_iso("2025-11-23T12:00:00Z")
HOUR_MS = 3_600_000


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
async def site(clock: HandClock) -> AsyncIterator[Simulator]:
    history = History.generated(7, start_ms=NOW)
    async with Simulator(history=history, clock=clock, row_limit=20) as simulator:
        yield simulator


@pytest.fixture
async def client(site: Simulator, clock: HandClock) -> AsyncIterator[UpstreamClient]:
    made = UpstreamClient(site.url, clock=clock)
    yield made
    await made.aclose()


def times(rows: list[Row]) -> list[int]:
    return [from_iso(str(row["createdAt"])) for row in rows]


def spent(rows: list[Row], back: int) -> int:
    """Credits of the hour that ended ``back`` hours ago."""
    end = NOW - back * HOUR_MS
    return sum(
        int(str(row["creditsUsed"]))
        for row, t_ms in zip(rows, times(rows), strict=True)
        if end - HOUR_MS < t_ms <= end
    )


def test_the_sample_is_served_as_it_stands() -> None:
    """Row by row and field by field as in the specification, compact."""
    text = encoded(History.sample().until(NOW)).decode()
    assert text.startswith(
        '[{"id":11048661,"type":"USAGE","endpoint":"v1/messages","statusCode":200,'
        '"creditsUsed":9,"createdAt":"2025-08-25T13:39:44.230Z",'
        '"model":"claude-sonnet-4-20250514"},{"id":11048594,'
    )
    assert text.endswith(
        '"createdAt":"2025-08-25T13:22:51.212Z","model":"claude-sonnet-4-20250514"}]'
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_day_is_believable(seed: int) -> None:
    """A night, busy hours in the thousands, four models in proportion, some that do not count."""
    rows = History.generated(seed, start_ms=NOW).until(NOW)
    models = Counter(str(row["model"]) for row in rows)
    hours = [spent(rows, back) for back in range(24)]
    assert 1_500 < len(rows) < 5_000
    assert sum(1 for hour in hours if hour == 0) >= 6
    assert sum(1 for hour in hours if hour > 2_000) >= 6
    assert min(hours[:2]) > 1_000
    assert models.most_common(1)[0][0] == "claude-sonnet-4-5-20250929"
    assert sum(1 for model, count in models.items() if "claude" in model and count > 50) == 4
    assert {row["endpoint"] for row in rows} >= {"v1/messages", "v1/messages/count_tokens"}
    assert {row["apiKeyLabel"] for row in rows} == {"laptop", "ci"}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10 * HOUR_MS))
def test_the_present_is_always_inside_a_session(seed: int, later_ms: int) -> None:
    """Whenever one looks, something has happened within the last minute and a bit."""
    rows = History.generated(seed, 1, start_ms=NOW).until(NOW + 60_000 + later_ms)
    assert NOW + later_ms - times(rows)[0] < 15_000


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 72))
def test_rows_come_newest_first_with_rising_ids(seed: int, hours: int) -> None:
    """Ids are unique and rise with time, by dozens."""
    rows = History.generated(seed, hours, start_ms=NOW).until(NOW + HOUR_MS)
    ids = [int(str(row["id"])) for row in rows]
    assert times(rows) == sorted(times(rows), reverse=True)
    assert ids == sorted(set(ids), reverse=True)
    assert times(rows)[-1] >= NOW - hours * HOUR_MS
    assert (ids[0] - ids[-1]) / len(ids) > 12


def test_equal_seeds_give_equal_histories() -> None:
    """However much of the past is asked for, and whether looked at once or often."""
    often = History.generated(3, 24, start_ms=NOW)
    for minute in range(0, 60, 7):
        often.until(NOW + minute * 60_000)
    once = History.generated(3, 100, start_ms=NOW).until(NOW + HOUR_MS)
    rows = often.until(NOW + HOUR_MS)
    assert rows == once[: len(rows)]
    assert rows != History.generated(4, 24, start_ms=NOW).until(NOW + HOUR_MS)


def test_rows_appear_when_their_time_has_come() -> None:
    history = History.generated(3, start_ms=NOW)
    before = history.until(NOW)
    after = history.until(NOW + 10 * 60_000)
    assert after[len(after) - len(before) :] == before
    assert len(after) > len(before) + 10


def test_rows_can_be_added_at_any_time() -> None:
    """They are there at once and stand at their own time; an id that is there is replaced."""
    history = History()
    first = history.add(t_ms=NOW, credits=5)
    history.add(t_ms=NOW - 1, model="old", endpoint="e", type="T", status=500, api_key=None)
    history.add(7, t_ms=NOW + 1)
    history.put(first | {"creditsUsed": 6})
    rows = history.until(NOW)
    assert [row["creditsUsed"] for row in rows] == [9, 6, 9]
    assert rows[2] | {"id": 0} == {
        "id": 0,
        "type": "T",
        "endpoint": "e",
        "statusCode": 500,
        "creditsUsed": 9,
        "createdAt": to_iso(NOW - 1),
        "model": "old",
    }


async def test_the_answer_is_cut_and_hours_lifts_the_cut(
    site: Simulator, client: UpstreamClient
) -> None:
    """Unless the site ignores ``hours``."""
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 20
    hour = (await client.usage(DEMO_COOKIE, hours=1)).answer.records
    assert 100 < len(hour) < 1_000
    assert min(record.t_ms for record in hour) > NOW - HOUR_MS
    site.honours_hours = False
    assert len((await client.usage(DEMO_COOKIE, hours=1)).answer.records) == 20


async def test_new_requests_arrive_while_time_passes(
    client: UpstreamClient, clock: HandClock
) -> None:
    before = (await client.usage(DEMO_COOKIE)).answer.records
    clock.advance(120)
    after = (await client.usage(DEMO_COOKIE)).answer.records
    assert len({record.id for record in after} - {record.id for record in before}) >= 3


async def test_the_chart_has_the_hours_that_were_asked_for(
    client: UpstreamClient, clock: HandClock
) -> None:
    """In UTC, oldest first; the last is in progress and agrees with the rows."""
    clock.advance(1_800)
    chart = (await client.check(DEMO_COOKIE, hours=48)).chart
    assert [hour.t_ms for hour in chart] == [NOW - (47 - back) * HOUR_MS for back in range(48)]
    rows = (await client.usage(DEMO_COOKIE, hours=1)).answer.records
    mine = sum(record.credits for record in rows if record.counts and record.t_ms >= NOW)
    assert chart[-1].consumed == mine > 0


async def order(
    site: Simulator, method: str, body: bytes = b"", kind: str = "application/json"
) -> Any:
    """Ask the control endpoint over a connection of its own; gives status and JSON."""
    host, port = site.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"{method} /__simulator HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    status = int((await reader.readline()).split()[1])
    headers = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(headers.split(b"content-length: ")[1].split(b"\r\n")[0])
    answer = json.loads(await reader.readexactly(length))
    writer.close()
    return status, answer


async def test_it_is_driven_over_http(site: Simulator, client: UpstreamClient) -> None:
    """Faults, rows, cookie and limits from another process; what was asked can be read."""
    orders = {
        "fault": "error_500",
        "endpoint": "usage",
        "times": None,
        "cookie": "__Secure-authjs.session-token=new",
        "row_limit": 5,
        "add": [{"t_ms": NOW + 1, "credits": 77, "model": "added"}, {}],
        "rows": [{"id": 1, "odd": True}],
    }
    before = len(site.history.until(NOW))
    status, state = await order(site, "POST", json.dumps(orders).encode())
    assert status == 200
    assert (state["faults"], state["row_limit"], state["rows"]) == (["error_500"], 5, before + 3)
    status, state = await order(site, "POST", b'{"clear":true}')
    assert state["faults"] == []
    answer = (await client.usage(Secret(b"__Secure-authjs.session-token=new"))).answer
    assert [record.model for record in answer.records][:1] == ["added"]
    assert len(answer.records) == 5
    status, state = await order(site, "GET")
    assert [request["target"] for request in state["requests"]] == ["/api/user/usage"]
    assert ["cookie", "__Secure-authjs.session-token=new"] in state["requests"][0]["headers"]


@pytest.mark.parametrize(
    ("method", "body", "kind", "status"),
    [
        ("POST", b'{"fault":"no_such"}', "application/json", 422),
        ("POST", b'{"unknown":1}', "application/json", 422),
        ("POST", b"{", "application/json", 422),
        ("POST", b'{"clear":true}', "text/plain", 415),
        ("DELETE", b"", "application/json", 405),
    ],
)
async def test_orders_that_make_no_sense_are_refused(
    site: Simulator, method: str, body: bytes, kind: str, status: int
) -> None:
    """Also those that a web page could send without being asked."""
    assert (await order(site, method, body, kind))[0] == status


async def test_faults_are_played_in_order_and_where_they_belong(
    site: Simulator, client: UpstreamClient
) -> None:
    """A fault of the rows waits for a call that has rows."""
    site.faults.set("empty_list", times=2)
    await client.check(DEMO_COOKIE)
    assert site.faults.pending == ["empty_list"]
    assert (await client.usage(DEMO_COOKIE)).answer.records == ()
    assert (await client.usage(DEMO_COOKIE)).answer.records == ()
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 20
    with pytest.raises(KeyError):
        site.faults.set("no_such")


async def test_it_runs_as_a_process_of_its_own() -> None:
    """One line when it is ready; a signal ends it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "creditcurve.simulator", "--sample", "--row-limit", "3"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    client = UpstreamClient(line.removeprefix("Listening on ").strip(), clock=HandClock(NOW))
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 3
    await client.aclose()
    process.terminate()
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


def test_every_fault_says_what_it_does() -> None:
    assert all(fault.says for fault in FAULTS.values())
