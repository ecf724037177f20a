"""Further types that count: every view agrees after each change of the setting."""

import msgspec

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.settings import CountedPair, Settings
from creditcurve.store import CurveQuery, RecordsQuery, SqliteStore
from creditcurve.store.values import Bucket
from support.record_files import record

T_MS = 1_760_000_400_000
CODEX = CountedPair("CODEX_USAGE", "backend-api/codex/responses")


async def fill(store: SqliteStore, first: int = 1) -> None:
    """Store two records of the specified pair and three of another, over two hours."""
    for number in range(5):
        one = record(first + number, t_ms=T_MS + number * 1_800_000, credits=10**number)
        if number >= 2:
            one = msgspec.structs.replace(one, type=CODEX.type, endpoint=CODEX.endpoint)
        await store.records.import_records([one])


async def count(store: SqliteStore, *pairs: CountedPair) -> None:
    """Set the setting."""
    await store.state.save(settings=Settings(also_counts=pairs))


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
