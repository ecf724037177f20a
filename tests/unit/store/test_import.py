"""Imports: new records are stored, existing ones are kept, and coverage does not change."""

from decimal import Decimal
from typing import Any

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.store import CurveQuery, ExportQuery, Imported, Poll, SqliteStore

NOW = 1_760_000_000_000
DAY = 86_400_000


def row(number: int, **fields: Any) -> Record:
    usual = {"id": number, "t_ms": NOW - 600_000 + number * 1_000, "type": "USAGE"}
    return Record(**{**usual, "endpoint": "v1/messages", "model": "opus", "credits": 5, **fields})


def poll(*records: Record) -> Poll:
    return Poll(
        at_ms=NOW,
        answer=Answer(records=records),
        interval_s=60,
        link=Link(),
        cookie_status=CookieStatus(),
    )


async def stored(store: SqliteStore) -> list[Record]:
    return [record async for chunk in store.records.export(ExportQuery()) for record in chunk]


async def test_new_records_are_counted_at_their_own_time(store: SqliteStore) -> None:
    """Rows, sums and totals, each with its own revision."""
    taken = await store.records.import_records(
        [row(3, credits=Decimal("0.5")), row(1), row(2, type="REFUND")]
    )
    assert taken == Imported(revision=3, new=3, known=0, differing=0, left_out=0)
    assert store.records.revision == 3
    curve = await store.curves.curve(CurveQuery(from_ms=NOW - DAY, to_ms=NOW + DAY, bucket=3_600))
    assert (curve.total, curve.requests) == (Decimal("5.5"), 2)
    summary = await store.records.summary()
    assert (summary.total, summary.counted) == (3, 2)


async def test_the_same_again_changes_nothing(store: SqliteStore) -> None:
    """A file imported twice counts once."""
    rows = [row(1, api_key=""), row(2, api_key=None, extra='{"x":1}'), row(3, credits=10**40)]
    await store.records.import_records(rows)
    assert await store.records.import_records(rows) == Imported(
        revision=3, new=0, known=3, differing=0, left_out=0
    )
    assert await stored(store) == rows


async def test_stored_records_are_kept_and_differing_ones_counted(store: SqliteStore) -> None:
    """The site's own word is newer than any file."""
    await store.records.append(poll(row(1), row(2)))
    given = [row(1, credits=9), row(2), row(3), row(3, model="haiku")]
    assert await store.records.import_records(given) == Imported(
        revision=3, new=1, known=3, differing=1, left_out=0
    )
    assert await stored(store) == [row(1), row(2), row(3)]


async def test_imported_records_do_not_extend_coverage(store: SqliteStore) -> None:
    """Records between them may be missing: the gaps are unchanged."""
    await store.records.append(poll(row(9)))
    before = await store.curves.gaps(NOW - DAY, NOW)
    await store.records.import_records(
        [row(number, t_ms=NOW - number * 60_000) for number in range(20, 40)]
    )
    assert await store.curves.gaps(NOW - DAY, NOW) == before
    await store.records.append(poll(row(9)))
    assert await store.curves.gaps(NOW - DAY, NOW) == before
