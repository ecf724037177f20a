"""What single requests cost, as the store counts them."""

from typing import Any

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.store import Poll, SqliteStore

NOW = 1_760_000_000_000
DAY = 86_400_000
OLD = NOW - 40 * DAY


def row(number: int, credits_: int, **fields: Any) -> Record:
    usual = {"type": "USAGE", "endpoint": "v1/messages", "model": "opus"}
    return Record(id=number, credits=credits_, **{"t_ms": NOW - number, **usual, **fields})


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


async def test_each_series_has_the_costs_of_its_counted_requests_in_the_range(
    store: SqliteStore,
) -> None:
    await fill(
        store,
        *(row(number, number) for number in range(1, 4)),
        row(10, 7, model="haiku", api_key="ci"),
        row(11, 900, type="REFUND"),
        row(12, 500, t_ms=OLD),
    )
    found = await store.curves.costs(NOW - DAY, NOW, GroupBy.MODEL)
    assert [(one.key, one.requests, one.median, one.last_ms) for one in found.series] == [
        ("haiku", 1, 7, NOW - 10),
        ("opus", 3, 2, NOW - 1),
    ]
    by_key = await store.curves.costs(NOW - DAY, NOW, GroupBy.API_KEY)
    assert [(one.key, one.median) for one in by_key.series] == [("", 2), ("ci", 7)]
    assert found.versions.revision == store.records.revision


async def test_a_range_with_removed_requests_has_no_costs(store: SqliteStore) -> None:
    await fill(store, row(1, 5), row(2, 5, t_ms=OLD))
    while await store.retention.prune(30, limit=1_000):
        pass
    assert (await store.curves.costs(OLD - DAY, NOW, GroupBy.MODEL)).series == ()
    assert len((await store.curves.costs(NOW - DAY, NOW, GroupBy.MODEL)).series) == 1
