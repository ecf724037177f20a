"""Reading records: pages, those since a revision, and all."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.credits import Credits
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.store import (
    BadCursorError,
    ExportQuery,
    Poll,
    RecordsQuery,
    RecordsSummary,
    SqliteStore,
)

NOW = 1_760_000_000_000


def row(number: int, **fields: Any) -> Record:
    usual = {
        "id": number,
        "t_ms": NOW - number * 1_000,
        "type": "USAGE",
        "endpoint": "v1/messages",
        "model": "opus",
        "credits": number,
        "status": 200,
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


async def paged(store: SqliteStore, query: RecordsQuery) -> list[Record]:
    found: list[Record] = []
    while True:
        page = await store.records.page(query)
        assert len(page.records) <= query.limit
        found += [one.record for one in page.records]
        if page.next is None:
            return found
        query = msgspec.structs.replace(query, before=page.next)


async def exported(store: SqliteStore, query: ExportQuery) -> list[Record]:
    return [record async for chunk in store.records.export(query) for record in chunk]


@pytest.mark.parametrize("limit", [1, 4, 23, 24, 1_000])
async def test_pages_join_without_doubled_or_missing_records(
    store: SqliteStore, limit: int
) -> None:
    """Newest first, also among records of one moment, however long a page is."""
    rows = [row(number, t_ms=NOW - number // 4) for number in range(1, 24)]
    await fill(store, *rows)
    newest_first = sorted(rows, key=lambda one: (one.t_ms, one.id), reverse=True)
    assert await paged(store, RecordsQuery(limit=limit)) == newest_first


async def test_pages_do_not_shift_when_records_arrive(store: SqliteStore) -> None:
    """A cursor stays where it is while newer records arrive."""
    await fill(store, *(row(number) for number in range(1, 7)))
    first = await store.records.page(RecordsQuery(limit=3))
    await fill(store, row(0, t_ms=NOW))
    second = await store.records.page(RecordsQuery(limit=3, before=first.next))
    assert [one.record.id for one in second.records] == [4, 5, 6]


@pytest.mark.parametrize(
    "cursor", ["", "x", "1", "1.", ".1", "1.x", "1.2.3", "' OR 1=1--", f"{2**63}.0", "1e3.4"]
)
async def test_invented_cursor_is_refused(store: SqliteStore, cursor: str) -> None:
    """It is neither followed nor taken for the first page."""
    with pytest.raises(BadCursorError):
        await store.records.page(RecordsQuery(before=cursor))


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"from_ms": NOW - 3_000}, [3, 2, 1]),
        ({"to_ms": NOW - 3_000}, [6, 5, 4]),
        ({"model": "haiku"}, [5]),
        ({"model": "' OR 1=1--"}, []),
        ({"endpoint": "v1/messages/count_tokens"}, [6]),
        ({"api_key": "ci"}, [4]),
        ({"api_key": ""}, [6, 5, 3, 2, 1]),
        ({"api_key": "' OR 1=1--"}, []),
        ({"counts": False}, [6]),
        ({"counts": True, "from_ms": NOW - 5_000}, [5, 4, 3, 2, 1]),
    ],
    ids=str,
)
async def test_filters_hold_for_pages_and_exports_alike(
    store: SqliteStore, fields: dict[str, Any], ids: list[int]
) -> None:
    """Each filter means the same on both ways; its text is taken literally."""
    await fill(
        store,
        *(row(number) for number in range(1, 4)),
        row(4, api_key="ci"),
        row(5, model="haiku"),
        row(6, endpoint="v1/messages/count_tokens"),
    )
    assert [one.id for one in await exported(store, ExportQuery(**fields))] == ids
    page = await paged(store, RecordsQuery(limit=2, **fields))
    assert [one.id for one in page] == ids[::-1]


@pytest.mark.parametrize(
    "least", [0, 2, Decimal("2.5"), 10**12, 10**12 + 1, 2**70, -(10**400), 10**400], ids=hash
)
async def test_least_credits_are_compared_as_numbers(store: SqliteStore, least: Credits) -> None:
    """Also those that are kept as text: 10.5 is more than 9, and -3 is less than 2."""
    amounts: list[Credits] = [2, 3, 9, Decimal("10.5"), Decimal("2.4"), -3, 10**12, 10**13, 2**70]
    await fill(store, *(row(n, credits=amount) for n, amount in enumerate(amounts, 1)))
    found = await exported(store, ExportQuery(min_credits=least))
    assert sorted(one.credits for one in found) == sorted(a for a in amounts if a >= least)


async def test_export_gives_all_records_in_pieces_oldest_first(store: SqliteStore) -> None:
    """Those that do not count, too; no piece grows with the store."""
    rows = [row(n, t_ms=NOW - n // 3, type="REFUND" if n % 2 else "USAGE") for n in range(5_000)]
    await fill(store, *rows)
    pieces = [piece async for piece in store.records.export(ExportQuery())]
    assert max(map(len, pieces)) <= 2_000
    oldest_first = sorted(rows, key=lambda one: (one.t_ms, one.id))
    assert [record for piece in pieces for record in piece] == oldest_first


async def test_records_since_a_revision(store: SqliteStore) -> None:
    """In the order of revisions, up to the limit; a changed record has a new place."""
    await fill(store, row(3), row(2), row(1))
    await fill(store, row(2, credits=0))
    found = (await store.records.since(1, 10)).records
    assert [(one.revision, one.record.id) for one in found] == [(3, 1), (4, 2)]
    assert [one.revision for one in (await store.records.since(0, 2)).records] == [1, 3]
    assert (await store.records.since(4, 10)).records == ()
    assert (await store.records.since(2**70, 10)).records == ()


async def test_summary_has_totals_and_ends(store: SqliteStore) -> None:
    """Records that do not count are in the total and the ends, and not in the counted."""
    nothing = await store.records.summary()
    assert nothing == RecordsSummary(
        total=0,
        counted=0,
        quarantined=0,
        first_ms=None,
        last_ms=None,
        models=(),
        versions=nothing.versions,
    )
    await fill(store, row(1), row(9, type="REFUND"))
    summary = await store.records.summary()
    assert (summary.total, summary.counted) == (2, 1)
    assert (summary.first_ms, summary.last_ms) == (NOW - 9_000, NOW - 1_000)


async def test_summary_lists_the_models_in_the_order_of_their_first_record(
    store: SqliteStore,
) -> None:
    """By it every page gives a model the same colour; a later one changes no other's."""
    await fill(store, row(9, model="z"), row(8, model="other", type="REFUND"))
    await fill(store, row(7, model="a"), row(6, model="z", endpoint="v1/complete"))
    assert (await store.records.summary()).models == ("z", "a")


async def test_summary_lists_api_keys_of_counted_records_in_their_order(store: SqliteStore) -> None:
    """Records without a key add none."""
    await fill(store, row(9, api_key="laptop"), row(8, api_key="other", type="REFUND"), row(7))
    await fill(store, row(6, api_key="ci"), row(5, api_key=""), row(4, api_key="laptop"))
    assert (await store.records.summary()).api_keys == ("laptop", "ci")


async def test_texts_are_returned_unchanged(store: SqliteStore) -> None:
    """Whatever characters a name has."""
    odd = row(1, model="<img src=x>\u202e\x01\n'\"", endpoint="日本 🎉", extra='{"a":"\\u0000"}')
    await fill(store, odd)
    assert await exported(store, ExportQuery()) == [odd]
