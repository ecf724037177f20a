"""The simulated site of the tests: faults, gates and control from outside."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from creditcurve.domain.instant import from_iso
from creditcurve.domain.secret import Secret
from creditcurve.simulator import DEMO_COOKIE, History
from creditcurve.simulator.history import encoded
from creditcurve.upstream.client import UpstreamClient
from support.clocks import HandClock
from support.site import FAULTS, SAMPLE, Simulator, Site, sample_history

NOW = from_iso("2025-11-23T12:00:00Z")


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
    opened = UpstreamClient(site.url, clock=clock)
    yield opened
    await opened.aclose()


def test_the_sample_is_served_unchanged() -> None:
    assert json.loads(encoded(sample_history().until(NOW))) == json.loads(SAMPLE)


async def test_a_held_answer_waits_until_it_is_released(
    site: Simulator, client: UpstreamClient
) -> None:
    """It shows the site's state at the request, and delays no other answer."""
    gate = site.hold("usage")
    first = asyncio.create_task(client.usage(DEMO_COOKIE))
    await gate.reached()
    site.history.add(t_ms=NOW, model="later")
    second = (await client.usage(DEMO_COOKIE)).answer.records
    assert not first.done()
    gate.release()
    assert "later" in {record.model for record in second}
    assert "later" not in {record.model for record in (await first).answer.records}


async def test_gates_order_concurrent_answers(site: Simulator, client: UpstreamClient) -> None:
    """Each delays one request of its endpoint; they are released in any order."""
    usage, chart = site.hold("usage"), site.hold("chart")
    finished: list[str] = []

    async def call(name: str) -> None:
        await (client.usage(DEMO_COOKIE) if name == "usage" else client.check(DEMO_COOKIE))
        finished.append(name)

    tasks = [asyncio.create_task(call(name)) for name in ("usage", "chart")]
    await usage.reached()
    await chart.reached()
    chart.release()
    await tasks[1]
    usage.release()
    await tasks[0]
    assert finished == ["chart", "usage"]


async def test_a_held_fault_is_sent_after_the_release(
    site: Simulator, client: UpstreamClient
) -> None:
    site.faults.set("unauthorized", endpoint="usage")
    gate = site.hold("usage")
    call = asyncio.create_task(client.usage(DEMO_COOKIE))
    await gate.reached()
    assert not site.faults.pending
    gate.release()
    with pytest.raises(Exception, match="unauthorized"):
        await call


async def test_the_site_closes_while_an_answer_is_held(
    site: Simulator, client: UpstreamClient
) -> None:
    gate = site.hold()
    call = asyncio.create_task(client.usage(DEMO_COOKIE))
    await gate.reached()
    await site.close()
    with pytest.raises(Exception, match="upstream_"):
        await call


def test_an_answer_is_held_from_another_thread(clock: HandClock) -> None:
    with Site() as site:

        async def use() -> None:
            client = UpstreamClient(site.url, clock=clock)
            held = site.hold("usage")
            call = asyncio.create_task(client.usage(site.simulator.cookie or DEMO_COOKIE))
            await asyncio.to_thread(held.wait)
            assert not call.done()
            held.release()
            await call
            await client.aclose()

        asyncio.run(use())


async def test_a_site_may_ignore_hours(site: Simulator, client: UpstreamClient) -> None:
    site.honours_hours = False
    assert len((await client.usage(DEMO_COOKIE, hours=1)).answer.records) == 20


async def order(
    site: Simulator, method: str, body: bytes = b"", kind: str = "application/json"
) -> Any:
    """Call the control endpoint on its own connection; return status and JSON."""
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


async def test_it_is_controlled_over_http(site: Simulator, client: UpstreamClient) -> None:
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
async def test_bad_orders_are_refused(
    site: Simulator, method: str, body: bytes, kind: str, status: int
) -> None:
    assert (await order(site, method, body, kind))[0] == status


async def test_faults_apply_in_order_and_only_to_their_endpoint(
    site: Simulator, client: UpstreamClient
) -> None:
    site.faults.set("empty_list", times=2)
    await client.check(DEMO_COOKIE)
    assert site.faults.pending == ["empty_list"]
    assert (await client.usage(DEMO_COOKIE)).answer.records == ()
    assert (await client.usage(DEMO_COOKIE)).answer.records == ()
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 20
    with pytest.raises(KeyError):
        site.faults.set("no_such")


async def test_it_runs_as_a_process() -> None:
    """It prints one line when it is ready; a signal ends it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "support.site", "--sample", "--row-limit", "3"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    client = UpstreamClient(line.removeprefix("Listening on ").strip(), clock=HandClock(NOW))
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 3
    await client.aclose()
    process.terminate()
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


def test_every_fault_has_a_description() -> None:
    assert all(fault.description for fault in FAULTS.values())
