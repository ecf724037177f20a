"""Retention: single requests go, their sums stay to the last credit, nothing counts twice."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditcurve.domain.coverage import Gap, GapKind
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import Curve, GroupBy, OnlySumsError, Series
from creditcurve.domain.record import Record
from creditcurve.store import Appended, Bucket, CurveQuery, Removable, SqliteStore
from support.examples import examples
from support.sweeps import first
from support.truth import (
    CHANGE,
    DAY,
    HOUR,
    ZONES,
    Question,
    Rows,
    after_poll,
    check_shape,
    expected,
    opened,
    points_of,
    poll,
    questions,
    rebuild_rollups,
    removed,
    rows,
    shifted,
    stored,
)

Keep = tuple[int, int]
"""A retention: days to keep, and how many records to remove at once."""

NEWEST = Record(id=99, t_ms=CHANGE + 4 * DAY, type="REFUND", endpoint="", model="opus", credits=1)
"""Later than all others: so much of them is old."""
keeps = st.tuples(st.sampled_from([4, 3, 2, 1]), st.sampled_from([100, 1, 2]))
answers = st.lists(rows, min_size=1, max_size=8)
courses = st.builds(
    lambda first, keep, later: [[NEWEST, *first], keep, *later],
    answers,
    keeps,
    st.lists(st.one_of(answers, keeps), max_size=4),
)
"""Answers, and retentions between them."""


class Course:
    """A store, and a model of it."""

    def __init__(self, folder: Path, question: Question) -> None:
        self.store = opened(folder)
        self.known: Rows = {}
        self.gone: list[Record] = []
        self.horizon_ms = -(2**63)
        self._question = question

    async def append(self, answer: list[Record]) -> None:
        """An answer comes, twice."""
        records = shifted(answer, self._question.shift)
        for _ in range(2):
            await self.store.records.append(poll(records))
        firsts = after_poll({}, records)
        self.known |= {n: one for n, one in firsts.items() if one.t_ms >= self.horizon_ms}

    async def prune(self, days: int, most: int) -> None:
        """Old records go, piece by piece; no quarter hour differs at any time."""
        before = await self._quarters()
        while await self.store.retention.prune(days, limit=most):
            assert await self._quarters() == before
        newest_ms = max((one.t_ms for one in self.known.values()), default=0)
        due_ms = (newest_ms - days * DAY) // HOUR * HOUR
        leaving = [one for one in self.known.values() if one.t_ms < due_ms]
        if leaving:
            self.horizon_ms = max(one.t_ms for one in leaving) // HOUR * HOUR + HOUR
        self.gone += leaving
        self.known = {n: one for n, one in self.known.items() if one.t_ms >= due_ms}

    async def compare(self) -> Curve | None:
        """Hold the store to the model; the curve that was asked for."""
        query = self._question.query
        past = removed(self.gone, query)
        placed = past + stored(self.known, query)
        await self._compare_counts()
        if query.bucket == "none" and past:
            with pytest.raises(OnlySumsError):
                await self.store.curves.curve(query)
            return None
        curve = await self.store.curves.curve(query)
        check_shape(curve, placed)
        if past:
            assert curve.sums_before_ms == self.horizon_ms
            assert query.bucket != "auto" or (curve.bucket_s or 0) >= 900
        if curve.bucket_s is not None:
            assert points_of(curve) == expected(placed, self._question, curve.bucket_s)
        return curve

    async def _compare_counts(self) -> None:
        assert self.store.retention.horizon.t_ms == self.horizon_ms
        summary = await self.store.records.summary()
        assert (summary.total, summary.removed) == (len(self.known), len(self.gone))
        assert summary.counted == sum(one.counts for one in self.known.values())
        models = await self.store.records.totals_by_model()
        ever = [*self.known.values(), *self.gone]
        assert sum(model.requests for model in models) == sum(one.counts for one in ever)
        assert self.store.retention.horizon.counted == sum(one.counts for one in self.gone)

    async def _quarters(self) -> tuple[Series, ...]:
        by = self._question.by
        query = CurveQuery(from_ms=0, to_ms=CHANGE + 300 * DAY, bucket=900, by=by)
        return (await self.store.curves.curve(query)).series


@examples(20)
@given(courses, questions)
def test_removed_records_are_in_the_sums_once(
    steps: list[list[Record] | Keep], question: Question
) -> None:
    """Removed requests count as if made at the start of their quarter hour, whatever is asked."""

    async def run(folder: Path) -> None:
        course = Course(folder, question)
        try:
            for step in steps:
                if isinstance(step, tuple):
                    await course.prune(*step)
                else:
                    await course.append(step)
            curve = await course.compare()
            await rebuild_rollups(course.store)
            assert await course.compare() == curve
        finally:
            await course.store.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


def request(number: int, t_ms: int, credits_: Credits = 1, model: str = "opus") -> Record:
    return Record(
        id=number,
        t_ms=t_ms,
        type="USAGE",
        endpoint="v1/messages",
        model=model,
        credits=credits_,
    )


async def pruned(store: SqliteStore, days: int) -> None:
    while await store.retention.prune(days, limit=500):
        pass


async def test_a_range_contains_a_quarter_hour_that_starts_in_it(tmp_path: Path) -> None:
    """Wherever a range begins and ends, below the horizon, above it or on both sides."""
    start = CHANGE // DAY * DAY
    known = {n: request(n, start + n * 500_000, n) for n in range(1, 30)}
    last = request(99, start + DAY + 2 * HOUR, 7)
    store = opened(tmp_path)
    try:
        await store.records.append(poll([*known.values(), last]))
        await pruned(store, 1)
        horizon = store.retention.horizon.t_ms
        assert horizon == start + 2 * HOUR
        gone = [one for one in known.values() if one.t_ms < horizon]
        left = {n: one for n, one in known.items() if one.t_ms >= horizon}
        moments = range(start - 60_000, start + 3 * HOUR, 540_000)
        buckets: tuple[Bucket, ...] = (60, 1_000, 900, 3_600, "auto")
        for first, after in combinations(moments, 2):
            for bucket in buckets:
                query = CurveQuery(from_ms=first, to_ms=after, bucket=bucket)
                curve = await store.curves.curve(query)
                past = removed(gone, query)
                placed = past + stored(left, query)
                check_shape(curve, placed)
                if curve.bucket_s is not None:
                    question = Question((first, after), bucket, "UTC", GroupBy.MODEL, 0)
                    assert points_of(curve) == expected(placed, question, curve.bucket_s)
                assert bucket != "auto" or curve.bucket_s == (900 if past else None)
    finally:
        await store.close()


@pytest.mark.parametrize("zone", first(2, ["America/St_Johns", *ZONES]))
async def test_days_of_every_zone_stay_the_same(tmp_path: Path, zone: str) -> None:
    """A year of them, those of 23 and 25 hours too, to the last decimal."""
    store = opened(tmp_path)
    amounts: tuple[Credits, ...] = (3, Decimal("0.1"), Decimal("1e-9"), 10**13, 0, -2)
    rows = [
        request(n, CHANGE - 200 * DAY + n * 6_123_457, amounts[n % 6], f"m{n % 3}")
        for n in range(4_000)
    ]
    query = CurveQuery(
        from_ms=CHANGE - 300 * DAY, to_ms=CHANGE + 200 * DAY, bucket=86_400, zone=ZoneInfo(zone)
    )
    try:
        await store.records.append(poll(rows))
        before = await store.curves.curve(query)
        await pruned(store, 30)
        after = await store.curves.curve(query)
        assert after.series == before.series
        assert (await store.records.summary()).removed > 3_000
    finally:
        await store.close()


async def test_an_answer_that_brings_removed_requests_again_changes_nothing(
    tmp_path: Path,
) -> None:
    """They are known ground: no revision, no sum, no gap comes of them."""
    store = opened(tmp_path)
    old = [request(n, CHANGE + n * 1_000, n) for n in range(1, 20)]
    everything = CurveQuery(from_ms=CHANGE + 1_000, to_ms=CHANGE + 300 * DAY, bucket=900)
    try:
        await store.records.append(poll([*old, request(99, CHANGE + 40 * DAY)]))
        await pruned(store, 30)
        before, revision = await store.curves.curve(everything), store.records.revision
        changed = request(3, CHANGE + 3_000, 1_000)
        appended = await store.records.append(poll([*old[3:], changed]))
        assert appended == Appended(revision=revision, new=0, updated=0, left=None)
        taken = await store.records.import_records(old)
        assert (taken.new, taken.known, taken.left_out) == (0, 0, len(old))
        assert await store.curves.curve(everything) == before
        assert before.gaps == ()
    finally:
        await store.close()


async def test_an_unknown_old_request_keeps_its_gap(tmp_path: Path) -> None:
    """It is not stored; so the answer proves nothing up to it."""
    store = opened(tmp_path)
    now = CHANGE + 300 * DAY
    first, second, third = (request(n, CHANGE + n * 50 * DAY) for n in (1, 2, 3))
    newest = request(9, now)
    try:
        for record in (first, second, third, newest):
            await store.records.append(poll([record], record.t_ms))
        await pruned(store, 10)
        lost = request(4, CHANGE + 70 * DAY)
        assert lost.t_ms < store.retention.horizon.t_ms
        await store.records.append(poll([newest, third, second, lost], now))
        assert (await store.records.summary()).total == 1
        assert await store.curves.gaps(first.t_ms, now) == (
            Gap(first.t_ms, lost.t_ms + 1, GapKind.NOT_COLLECTING),
        )
    finally:
        await store.close()


async def test_a_clock_that_runs_ahead_removes_nothing(tmp_path: Path) -> None:
    """Days are counted back from the newest request; the clock here is 300 days ahead."""
    store = opened(tmp_path)
    try:
        await store.records.append(poll([request(1, CHANGE - 29 * DAY), request(2, CHANGE)]))
        await pruned(store, 30)
        assert (await store.records.summary()).removed == 0
        assert await store.retention.removable(28) == Removable(
            before_ms=(CHANGE - 28 * DAY) // HOUR * HOUR, records=1
        )
    finally:
        await store.close()


PRUNER = """
import asyncio, sys
from pathlib import Path
from support.truth import opened
from support.sweeps import first

async def main(folder):
    store = opened(folder)
    while await store.retention.prune(1, limit=1):
        print(store.retention.horizon.removed, flush=True)

asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.mark.slow
async def test_a_kill_amid_removing_leaves_each_request_in_one_place(tmp_path: Path) -> None:
    """Each request is stored or in the sums; those reported as removed are removed."""
    days = CurveQuery(from_ms=0, to_ms=CHANGE + 300 * DAY, bucket=86_400)
    store = opened(tmp_path)
    await store.records.append(poll([request(n, CHANGE + n * 1_000_000, n) for n in range(2_000)]))
    before = (await store.curves.curve(days)).series
    await store.close()
    for round_ in range(1, 4):
        pruner = subprocess.Popen(  # noqa: ASYNC220 - the test has nothing else to do meanwhile
            [sys.executable, "-c", PRUNER, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert pruner.stdout is not None
        with pruner:
            told = [int(pruner.stdout.readline()) for _ in range(7 * round_)][-1]
            pruner.send_signal(signal.SIGKILL)
        store = opened(tmp_path)
        try:
            assert (await store.curves.curve(days)).series == before
            summary = await store.records.summary()
            assert summary.removed >= told
            assert summary.total + summary.removed == 2_000
            assert summary.first_ms is not None
            assert summary.first_ms >= store.retention.horizon.t_ms
            await rebuild_rollups(store)
            assert (await store.curves.curve(days)).series == before
        finally:
            await store.close()


@pytest.mark.parametrize("damage", ["header", "counts", "sums"])
async def test_a_damaged_database_keeps_the_sums_of_removed_records(
    tmp_path: Path, damage: str
) -> None:
    """They cannot be computed again, so they are recovered like records."""
    hours = CurveQuery(from_ms=0, to_ms=CHANGE + 300 * DAY, bucket=3_600)
    store = opened(tmp_path)
    amounts: tuple[Credits, ...] = (3, Decimal("0.1"), 10**13)
    await store.records.append(
        poll([request(n, CHANGE + n * 500_000, amounts[n % 3], f"m{n % 2}") for n in range(2_000)])
    )
    await pruned(store, 1)
    before, horizon = await store.curves.curve(hours), store.retention.horizon
    await store.close()
    with (tmp_path / "data" / "creditcurve.db").open("r+b") as file:
        file.seek(0 if damage == "header" else page_of(tmp_path, damage) * 4_096)
        file.write(os.urandom(4_096))
    store = opened(tmp_path)
    try:
        assert store.storage.recovered_from is not None
        assert store.retention.horizon.t_ms == horizon.t_ms
        after = await store.curves.curve(hours)
        if damage == "sums":
            assert 0 < after.requests < before.requests
            assert [gap.kind for gap in after.gaps][1:] == [GapKind.POSSIBLE_LOSS]
        else:
            assert after.series == before.series
        appended = await store.records.append(poll([request(3, CHANGE + 1_500_000)]))
        assert appended.new == 0
        assert (await store.curves.curve(hours)).series == after.series
    finally:
        await store.close()


def page_of(folder: Path, damage: str) -> int:
    """A page of the counts' table, or one amid the sums."""
    reader = apsw.Connection(
        str(folder / "data" / "creditcurve.db"), flags=apsw.SQLITE_OPEN_READONLY
    )
    try:
        if damage == "counts":
            root = reader.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'tally'").get
            return int(root) - 1
        sql = "SELECT pageno FROM dbstat WHERE name = 'rollup' AND pagetype = 'leaf' ORDER BY path"
        pages = [int(page) for (page,) in reader.execute(sql)]
        return pages[len(pages) // 4] - 1
    finally:
        reader.close()
