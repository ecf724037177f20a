"""The answers that a poll's transaction reads for the events after it."""

import pytest

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer
from creditcurve.domain.settings import Settings
from creditcurve.store import Poll, SqliteStore
from creditcurve.store.sqlite.fresh import MAX_AGE_MS, MAX_RECORDS
from support.record_files import record
from unit.store.conftest import HandClock


async def poll(store: SqliteStore, clock: HandClock, numbers: range) -> None:
    """Store an answer with these records."""
    records = tuple(record(number, t_ms=clock.t_ms - 1_000 + number) for number in numbers)
    await store.records.append(
        Poll(
            at_ms=clock.t_ms,
            answer=Answer(records=records),
            interval_s=60,
            link=Link(),
            cookie_status=CookieStatus(),
        )
    )


@pytest.mark.parametrize("count", [1, MAX_RECORDS, MAX_RECORDS + 1])
async def test_they_are_what_a_later_read_finds(
    store: SqliteStore, clock: HandClock, count: int
) -> None:
    await poll(store, clock, range(3))
    await poll(store, clock, range(3 + count))
    new, summary = await store.records.since(3, 1_000), await store.records.summary()
    assert [one.record.id for one in new.records] == [*range(3, 3 + count)]
    assert summary.total == 3 + count
    clock.t_ms += MAX_AGE_MS
    assert await store.records.since(3, 1_000) == new
    assert await store.records.summary() == summary


async def test_another_revision_or_a_lower_limit_is_read(
    store: SqliteStore, clock: HandClock
) -> None:
    await poll(store, clock, range(2))
    await poll(store, clock, range(5))
    assert len((await store.records.since(0, 1_000)).records) == 5
    assert len((await store.records.since(4, 1_000)).records) == 1
    assert len((await store.records.since(2, 2)).records) == 2


async def test_they_do_not_outlive_the_next_write(store: SqliteStore, clock: HandClock) -> None:
    await poll(store, clock, range(2))
    await store.records.import_records([record(7, t_ms=clock.t_ms)])
    assert len((await store.records.since(0, 1_000)).records) == 3
    assert (await store.records.summary()).total == 3
    await poll(store, clock, range(3))
    before = (await store.records.summary()).versions
    await store.state.save(settings=Settings(collecting=True))
    assert (await store.records.summary()).versions.settings > before.settings


async def test_an_overdue_poll_is_reported(store: SqliteStore, clock: HandClock) -> None:
    await poll(store, clock, range(2))
    before = (await store.records.summary()).versions
    clock.t_ms += 3_600_000
    assert (await store.records.summary()).versions.coverage > before.coverage
