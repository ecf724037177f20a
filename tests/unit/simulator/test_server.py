"""The simulated site, called by the real client."""

import asyncio
import contextlib
import gc
import socket
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from creditcurve.domain.instant import from_iso
from creditcurve.domain.secret import Secret
from creditcurve.simulator import DEMO_COOKIE, History, SimulatedSite
from creditcurve.upstream import UpstreamError
from creditcurve.upstream.client import UpstreamClient
from support.clocks import HandClock
from support.sweeps import first

NOW = from_iso("2025-11-23T12:00:00Z")
HOUR_MS = 3_600_000


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOW)


@pytest.fixture
async def client(clock: HandClock) -> AsyncIterator[UpstreamClient]:
    history = History.generated(7, start_ms=NOW)
    async with SimulatedSite(history=history, clock=clock, row_limit=20) as site:
        opened = UpstreamClient(site.url, clock=clock)
        yield opened
        await opened.aclose()


async def test_hours_lifts_the_limit_of_rows(client: UpstreamClient) -> None:
    assert len((await client.usage(DEMO_COOKIE)).answer.records) == 20
    hour = (await client.usage(DEMO_COOKIE, hours=1)).answer.records
    assert 100 < len(hour) < 1_000
    assert min(record.t_ms for record in hour) > NOW - HOUR_MS


async def test_new_requests_arrive_while_time_passes(
    client: UpstreamClient, clock: HandClock
) -> None:
    before = (await client.usage(DEMO_COOKIE)).answer.records
    clock.advance(120)
    after = (await client.usage(DEMO_COOKIE)).answer.records
    assert len({record.id for record in after} - {record.id for record in before}) >= 3


async def test_the_chart_has_the_requested_hours(client: UpstreamClient, clock: HandClock) -> None:
    """Oldest first; the last hour is in progress and agrees with the rows."""
    clock.advance(1_800)
    chart = (await client.check(DEMO_COOKIE, hours=48)).chart
    assert [hour.t_ms for hour in chart] == [NOW - (47 - back) * HOUR_MS for back in range(48)]
    rows = (await client.usage(DEMO_COOKIE, hours=1)).answer.records
    mine = sum(record.credits for record in rows if record.counts and record.t_ms >= NOW)
    assert chart[-1].consumed == mine > 0


async def test_another_cookie_is_refused(client: UpstreamClient) -> None:
    with pytest.raises(UpstreamError, match="unauthorized"):
        await client.usage(Secret(b"__Secure-authjs.session-token=another"))


@pytest.mark.parametrize("turns", first(2, range(6)))
async def test_a_connection_that_comes_while_the_site_closes_is_closed_too(
    clock: HandClock, turns: int
) -> None:
    site = SimulatedSite(history=History.generated(7, start_ms=NOW), clock=clock)
    await site.start()
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as client:
        for _ in range(turns):
            await asyncio.sleep(0)
        await site.close()
        await asyncio.sleep(0)
        gc.collect()  # warns of a socket that was left open, which fails this test
        with contextlib.suppress(ConnectionResetError):
            assert client.recv(1) == b""
