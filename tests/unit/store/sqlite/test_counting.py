"""Further types that count: every view agrees before, during and after a change of the setting."""

import asyncio
from pathlib import Path

import msgspec

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.domain.settings import CountedPair, Settings
from creditcurve.store import CurveQuery, RecordsQuery, SqliteStore
from creditcurve.store.values.curves import Bucket
from creditcurve.vault import Vault
from support.record_files import record
from unit.store.conftest import HandClock

T_MS = 1_760_000_400_000
CODEX = CountedPair("CODEX_USAGE", "backend-api/codex/responses")


async def fill(store: SqliteStore, first: int = 1) -> None:
    """Store two records of the specified pair and three of another, over two hours."""
    for number in range(5):
        await add(store, first + number, hour=number / 2, is_codex=number >= 2, amount=10**number)


async def add(
    store: SqliteStore, number: int, *, hour: float, is_codex: bool, amount: int = 1
) -> None:
    """Store one record."""
    one = record(number, t_ms=T_MS + round(hour * HOUR_MS), credits=amount)
    if is_codex:
        one = msgspec.structs.replace(one, type=CODEX.type, endpoint=CODEX.endpoint)
    await store.records.import_records([one])


async def choose(store: SqliteStore, *pairs: CountedPair) -> None:
    """Set the setting."""
    await store.state.save(settings=Settings(also_counts=pairs))


async def count(store: SqliteStore, *pairs: CountedPair) -> None:
    """Set the setting, and let all sums follow."""
    await choose(store, *pairs)
    await finish(store)


async def finish(store: SqliteStore) -> None:
    """Do all steps; the last ones delete sums that nothing reads."""
    while await store.recount.advance(limit=1):
        pass


async def totals(store: SqliteStore) -> set[Credits]:
    """Return the totals that curves of every bucket, the models and the records show."""
    found: set[Credits] = set()
    buckets: tuple[Bucket, ...] = ("none", 60, 900, 3_600, 86_400)
    for bucket in buckets:
        query = CurveQuery(
            from_ms=T_MS - 86_400_000, to_ms=T_MS + 86_400_000, bucket=bucket, by=GroupBy.MODEL
        )
        found.add((await store.curves.curve(query)).total)
    found.add(total(one.credits for one in await store.records.totals_by_model()))
    page = await store.records.page(RecordsQuery(counts=True))
    found.add(total(one.record.credits for one in page.records if one.counts))
    counted = (await store.records.summary()).counted
    assert counted == len(page.records)
    return found


async def test_all_views_agree_after_each_change(store: SqliteStore) -> None:
    await fill(store)
    assert await totals(store) == {11}
    await count(store, CODEX)
    assert await totals(store) == {11_111}
    await fill(store, first=101)
    assert await totals(store) == {22_222}
    await count(store)
    assert await totals(store) == {22}
    await count(store, CODEX)
    assert await totals(store) == {22_222}


async def test_until_the_last_step_every_view_shows_the_previous_sums(store: SqliteStore) -> None:
    await fill(store)
    await choose(store, CODEX)
    shares = []
    while await totals(store) == {11}:
        assert await store.recount.advance(limit=1)
        shares.append(store.recount.progress and store.recount.progress.done)
    assert await totals(store) == {11_111}
    assert shares == [1, 2, None]


async def test_records_that_arrive_during_a_recount_are_counted_once(store: SqliteStore) -> None:
    """Some for hours that were read already, some for later ones, one of a new source."""
    await fill(store)
    await choose(store, CODEX)
    await store.recount.advance(limit=1)
    await add(store, 50, hour=0, is_codex=True, amount=100_000)
    await add(store, 51, hour=1.9, is_codex=True, amount=1_000_000)
    await add(store, 52, hour=1.9, is_codex=False, amount=10_000_000)
    assert await totals(store) == {10_000_011}
    await finish(store)
    assert await totals(store) == {11_111_111}


async def test_a_change_during_a_recount_begins_again(store: SqliteStore) -> None:
    await fill(store)
    await choose(store, CODEX)
    await store.recount.advance(limit=1)
    await count(store)
    assert await totals(store) == {11}
    await add(store, 50, hour=0, is_codex=True, amount=100_000)
    await count(store, CODEX)
    assert await totals(store) == {111_111}


async def test_a_recount_continues_after_a_restart(
    store: SqliteStore, folder: Path, vault: Vault, clock: HandClock
) -> None:
    await fill(store)
    await choose(store, CODEX)
    await store.recount.advance(limit=1)
    progress = store.recount.progress
    await store.close()
    again = await asyncio.to_thread(SqliteStore.open, folder, vault=vault, clock=clock)
    assert again.recount.progress == progress
    await finish(again)
    assert await totals(again) == {11_111}
    await again.close()


async def test_a_type_that_no_longer_counts_leaves_no_sums(store: SqliteStore) -> None:
    await fill(store)
    await count(store, CODEX)
    await count(store)
    assert await store.recount.advance() is False


async def test_the_first_record_of_a_chosen_type_counts_at_once(store: SqliteStore) -> None:
    await count(store, CODEX)
    await fill(store)
    assert await totals(store) == {11_111}


async def test_the_comparison_with_the_site_moves_the_hours_of_a_type(store: SqliteStore) -> None:
    """It accepts the site's sum with or without the records that do not count."""
    await fill(store)
    hour_ms = (T_MS // HOUR_MS + 1) * HOUR_MS
    await store.curves.save_chart([ChartHour(hour_ms, 1_100)], at_ms=T_MS)

    async def other() -> object:
        return await store._database.read(lambda c: c.execute("SELECT other FROM site_hour").get)

    assert await other() == 1_100
    await count(store, CODEX)
    assert await other() == 0
    await count(store)
    assert await other() == 1_100


async def test_a_change_advances_the_version_of_the_sums(store: SqliteStore) -> None:
    await fill(store)
    before = (await store.versions()).sums
    await count(store, CODEX)
    assert (await store.versions()).sums > before


async def test_the_pairs_that_were_seen_are_offered_with_their_totals(store: SqliteStore) -> None:
    await fill(store)
    found = await store.records.totals_by_type()
    assert [(one.type, one.counts, one.requests, one.credits) for one in found] == [
        (CODEX.type, False, 3, 11_100),
        ("USAGE", True, 2, 11),
    ]
