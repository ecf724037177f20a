"""The stored curve: chosen buckets, refused questions, and the order of points."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.curve import GroupBy, TooManyRequestsError
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.store import CurveQuery, ModelTotal, Poll, SqliteStore

NOW = 1_760_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR


def row(number: int, **fields: Any) -> Record:
    usual = {
        "id": number,
        "t_ms": NOW - number * 1_000,
        "type": "USAGE",
        "endpoint": "v1/messages",
        "model": "opus",
        "credits": 1,
    }
    return Record(**{**usual, **fields})


async def fill(store: SqliteStore, *records: Record) -> None:
    await store.records.append(
        Poll(
            at_ms=NOW,
            answer=Answer(records=records),
            interval_s=60,
            link=Link(),
            cookie_status=CookieStatus(),
        )
    )


@pytest.mark.parametrize(("requests", "bucket_s"), [(0, None), (2_000, None), (2_001, 10)], ids=str)
async def test_auto_shows_single_requests_up_to_2000(
    store: SqliteStore, requests: int, bucket_s: int | None
) -> None:
    """One more, and the finest bucket is chosen that keeps a series under 2,000 points."""
    await fill(store, *(row(number) for number in range(1, requests + 1)))
    curve = await store.curves.curve(CurveQuery(from_ms=NOW - HOUR, to_ms=NOW))
    assert curve.bucket_s == bucket_s
    assert (curve.requests, curve.total) == (requests, requests)
    assert all(len(series.t) <= 2_000 for series in curve.series)


@pytest.mark.slow
async def test_at_most_100000_single_requests_are_returned(store: SqliteStore) -> None:
    """Beyond them the answer is a refusal that names the bucket to ask for."""
    rows = (row(number, t_ms=NOW - number) for number in range(1, 100_001))
    await fill(store, *rows)
    query = CurveQuery(from_ms=NOW - DAY, to_ms=NOW, bucket="none")
    assert (await store.curves.curve(query)).requests == 100_000
    await fill(store, row(200_000, t_ms=NOW - 150_000))
    with pytest.raises(TooManyRequestsError) as refusal:
        await store.curves.curve(query)
    assert (refusal.value.requests, refusal.value.bucket_s) == (100_001, 60)
    seconds = await store.curves.curve(CurveQuery(from_ms=NOW - DAY, to_ms=NOW, bucket=1))
    assert seconds.requests == 100_001


async def test_range_contains_its_start_and_not_its_end(store: SqliteStore) -> None:
    """``[from, to)``: joined ranges count each request once."""
    await fill(store, row(1, t_ms=NOW - 10), row(2, t_ms=NOW - 5))
    for bucket in ("none", 10, 60):
        first = await store.curves.curve(CurveQuery(from_ms=NOW - 10, to_ms=NOW - 5, bucket=bucket))
        second = await store.curves.curve(CurveQuery(from_ms=NOW - 5, to_ms=NOW, bucket=bucket))
        assert (first.requests, second.requests) == (1, 1)


async def test_point_is_at_its_buckets_start(store: SqliteStore) -> None:
    """Also if the range begins within the bucket: then it sums only the part in the range."""
    minute = NOW // 60_000 * 60_000 - 60_000
    await fill(store, row(1, t_ms=minute + 1_000), row(2, t_ms=minute + 30_000, credits=7))
    query = CurveQuery(from_ms=minute + 20_000, to_ms=NOW, bucket=60)
    (series,) = (await store.curves.curve(query)).series
    assert (series.t, series.v, series.n) == ([minute], [7], [1])


async def test_days_are_days_of_the_zone_that_was_asked_for(store: SqliteStore) -> None:
    """The same request falls on another day in another zone, and on UTC's where none is named."""
    evening = 1_759_957_200_000  # 2025-10-08T21:00Z
    await fill(store, row(1, t_ms=evening))
    for zone, start in (
        (None, evening - 21 * HOUR),
        (ZoneInfo("Asia/Shanghai"), evening - 5 * HOUR),
        (ZoneInfo("Asia/Kathmandu"), evening - 2 * HOUR - HOUR * 3 // 4),
    ):
        query = CurveQuery(from_ms=NOW - 9 * DAY, to_ms=NOW, bucket=86_400, zone=zone)
        (series,) = (await store.curves.curve(query)).series
        assert series.t == [start]


async def test_series_by_model_key_and_endpoint(store: SqliteStore) -> None:
    """One series for each, most credits first; requests without a key are the series ``""``."""
    await fill(
        store,
        row(1, model="haiku", api_key="laptop", credits=5),
        row(2, model="opus", api_key="desk", credits=5),
        row(3, model="opus", credits=1),
        row(4, model="opus", endpoint="v1/messages/count_tokens"),
    )
    keys = {
        by: [
            (series.key, series.total)
            for series in (
                await store.curves.curve(CurveQuery(from_ms=NOW - HOUR, to_ms=NOW, by=by))
            ).series
        ]
        for by in GroupBy
    }
    assert keys == {
        GroupBy.MODEL: [("opus", 6), ("haiku", 5)],
        GroupBy.API_KEY: [("desk", 5), ("laptop", 5), ("", 1)],
        GroupBy.ENDPOINT: [("v1/messages", 11)],
    }
    assert await store.records.totals_by_model() == [
        ModelTotal(model="haiku", requests=1, credits=5),
        ModelTotal(model="opus", requests=2, credits=6),
    ]


async def test_last_is_the_newest_request_in_the_range(store: SqliteStore) -> None:
    """The current value of a line: of its newest request, not of its last bucket."""
    await fill(
        store,
        row(1, t_ms=NOW - 2_000, credits=3),
        row(2, t_ms=NOW - 2_000, credits=4),
        row(3, t_ms=NOW - 9_000, credits=50),
        row(4, t_ms=NOW - 5, credits=9),
    )
    for bucket in ("none", 3_600, 86_400):
        query = CurveQuery(from_ms=NOW - HOUR, to_ms=NOW - 1_000, bucket=bucket)
        (series,) = (await store.curves.curve(query)).series
        assert series.last == 4


async def test_empty_range_and_empty_store_have_an_empty_curve(store: SqliteStore) -> None:
    """No series, no total, and the whole stretch a gap."""
    query = CurveQuery(from_ms=NOW - HOUR, to_ms=NOW, bucket=86_400, zone=ZoneInfo("Asia/Tokyo"))
    curve = await store.curves.curve(query)
    assert (curve.series, curve.total, curve.requests, curve.revision) == ((), 0, 0, 0)
    assert [(gap.from_ms, gap.to_ms) for gap in curve.gaps] == [(NOW - HOUR, NOW)]
    await fill(store, row(1))
    empty = CurveQuery(from_ms=NOW - 9 * DAY, to_ms=NOW - 8 * DAY, bucket=86_400)
    assert (await store.curves.curve(empty)).series == ()
