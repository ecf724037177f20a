"""Each credit is counted once, at its time, for rows in any order.

The store is compared with a model in plain Python (``support/truth.py``) over random answers: new,
changed, late and repeated rows, rows that start or stop counting, and amounts of every kind.
"""

import asyncio
import tempfile
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.credits import Credits
from creditcurve.domain.record import Record
from creditcurve.store import CurveQuery, SqliteStore
from support.examples import examples
from support.truth import (
    CHANGE,
    DAY,
    Question,
    Rows,
    after_poll,
    answers,
    check_shape,
    expected,
    opened,
    points_of,
    poll,
    questions,
    rebuild_rollups,
    rows,
    shifted,
    stored,
)


@examples(30)
@given(answers, questions)
def test_curve_equals_the_sums_of_the_rows(course: list[list[Record]], question: Question) -> None:
    """Every bucket, zone, grouping and range agrees with the rows to the last credit."""

    async def run(folder: Path) -> None:
        store = opened(folder)
        known: Rows = {}
        try:
            for answer in (shifted(rows, question.shift) for rows in course):
                before, revision = known, store.records.revision
                known = after_poll(known, answer)
                changed = sum(known[number] != before.get(number) for number in known)
                appended = await store.records.append(poll(answer))
                assert appended.new + appended.updated == changed
                assert appended.revision == store.records.revision == revision + changed
                again = await store.records.append(poll(answer))
                assert (again.new, again.updated, again.revision) == (0, 0, store.records.revision)
            await compare(store, known)
        finally:
            await store.close()

    async def compare(store: SqliteStore, known: Rows) -> None:
        query = question.query
        curve = await store.curves.curve(query)
        placed = stored(known, query)
        check_shape(curve, placed)
        if curve.bucket_s is not None:
            assert points_of(curve) == expected(placed, question, curve.bucket_s)
        summary = await store.records.summary()
        assert summary.total == len(known)
        assert summary.counted == sum(record.counts for record in known.values())
        await rebuild_rollups(store)
        assert await store.curves.curve(query) == curve

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


@examples(10)
@given(st.lists(rows, max_size=12))
def test_kept_sums_equal_recomputed_ones(answer: list[Record]) -> None:
    """The sums that grew row by row are those that come of all rows at once, to the last row."""

    async def run(folder: Path) -> None:
        store = opened(folder)
        try:
            for record in answer:
                await store.records.append(poll([record]))
            grown = dump(folder)
            await rebuild_rollups(store)
            assert dump(folder) == grown
        finally:
            await store.close()

    def dump(folder: Path) -> list[tuple[object, ...]]:
        reader = apsw.Connection(
            str(folder / "data" / "creditcurve.db"), flags=apsw.SQLITE_OPEN_READONLY
        )
        try:
            return list(reader.execute("SELECT * FROM rollup ORDER BY level, t, source"))
        finally:
            reader.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


async def test_wrong_sums_are_computed_again(tmp_path: Path) -> None:
    """One that is too high, one that is missing, and one of a request that never was."""
    query = CurveQuery(from_ms=CHANGE - DAY, to_ms=CHANGE + DAY, bucket=3_600)
    course = [
        Record(
            id=number,
            t_ms=CHANGE + number * 3_600_000,
            type="USAGE",
            endpoint="v1/messages",
            model="opus",
            credits=number,
        )
        for number in range(1, 4)
    ]
    store = opened(tmp_path)
    try:
        await store.records.append(poll(course))
        right = await store.curves.curve(query)
        writer = apsw.Connection(str(tmp_path / "data" / "creditcurve.db"))
        writer.execute("UPDATE rollup SET credits = 99 WHERE t = ?", (CHANGE + 3_600_000,))
        writer.execute("DELETE FROM rollup WHERE t = ?", (CHANGE + 2 * 3_600_000,))
        writer.execute("UPDATE rollup SET t = t - 36000000 WHERE t = ?", (CHANGE + 3 * 3_600_000,))
        writer.close()
        assert await store.curves.curve(query) != right
        await rebuild_rollups(store)
        assert await store.curves.curve(query) == right
    finally:
        await store.close()


@pytest.mark.parametrize("order", list(permutations(range(4))))
async def test_order_of_arrival_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Whatever comes first, the curve is the same in the end."""
    came: tuple[Credits, ...] = (3, Decimal("0.1"), 10**13, -1)
    course = [
        Record(
            id=number,
            t_ms=CHANGE + number * 900_000,
            type="USAGE",
            endpoint="v1/messages",
            model="opus",
            credits=credits_,
        )
        for number, credits_ in enumerate(came)
    ]
    store = opened(tmp_path)
    try:
        for place in order:
            await store.records.append(poll([course[place]]))
        curve = await store.curves.curve(CurveQuery(from_ms=0, to_ms=CHANGE + DAY, bucket=900))
    finally:
        await store.close()
    assert curve.total == Decimal("10000000000002.1")
    assert tuple(curve.series[0].v) == came
