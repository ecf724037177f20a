"""Each credit is counted once, at its own time, whatever comes in whatever order.

A model in plain Python says what the curve must be; the store is held to it over random answers:
new, changed, late and doubled rows, rows that start or stop counting, amounts of every kind.
"""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditcurve.domain.clock import Clock
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import Curve, GroupBy
from creditcurve.domain.link import CookieStatus, Link
from creditcurve.domain.record import Answer, Record
from creditcurve.domain.secret import Secret
from creditcurve.store import Bucket, CurveQuery, Poll, Store, Vault

DAY = 86_400_000
CHANGE = 1_743_296_400_000  # 2025-03-30T01:00Z: Berlin's day of 23 hours
ZONES = ("UTC", "Europe/Berlin", "Asia/Kolkata", "Pacific/Chatham", "Australia/Lord_Howe")
BUCKETS: tuple[Bucket, ...] = ("auto", "none", 7, 10, 60, 300, 900, 3_600, 5_400, 86_400)

Rows = dict[int, Record]
Points = dict[tuple[str, int], tuple[Credits, int]]

moments = st.one_of(
    st.integers(CHANGE - 3 * DAY, CHANGE + 3 * DAY),
    st.integers(CHANGE - 3_700_000, CHANGE + 3_700_000),
    st.integers(CHANGE - 70_000, CHANGE + 70_000),
    st.sampled_from([CHANGE, CHANGE - 1, CHANGE - 3_600_000, CHANGE + 900_000, CHANGE + 59_999]),
)
amounts: st.SearchStrategy[Credits] = st.one_of(
    st.integers(0, 100),
    st.sampled_from([-5, 10**12, 10**12 + 1, -(10**12), 2**63, 10**30]),
    st.sampled_from([Decimal("0.1"), Decimal("12.5"), Decimal("-0.5"), Decimal("1e-40")]),
    st.just(Decimal("12345678901234567890.12345678901234567891")),
)
rows = st.builds(
    Record,
    id=st.integers(1, 12),
    t_ms=moments,
    type=st.sampled_from(["USAGE", "USAGE", "USAGE", "REFUND"]),
    endpoint=st.sampled_from(["v1/messages", "v1/messages", "v1/messages/count_tokens"]),
    model=st.sampled_from(["opus", "opus", "sonnet"]),
    credits=amounts,
    api_key=st.sampled_from([None, None, None, "", "laptop"]),
)
answers = st.lists(st.lists(rows, max_size=8), max_size=5)


class StandingClock:
    """A clock that stands."""

    def now_ms(self) -> int:
        """Long after all rows."""
        return CHANGE + 30 * DAY

    def monotonic_s(self) -> float:
        """Nothing takes time."""
        return 0.0


def opened(folder: Path, clock: Clock) -> Store:
    key_file = folder / "unused.key"
    vault = Vault.open(secret_key=Secret(b"test key"), key_file=key_file, use_keyring=False)
    return Store.open(folder / "data", vault=vault, clock=clock)


def poll(records: Iterable[Record]) -> Poll:
    return Poll(
        at_ms=CHANGE + 3 * DAY,
        answer=Answer(records=tuple(records)),
        interval_s=60,
        link=Link(),
        cookie_status=CookieStatus(),
    )


def taken_in(known: Rows, answer: Iterable[Record]) -> Rows:
    """The model of a poll: of an id, the answer's first word counts."""
    firsts: Rows = {}
    for record in answer:
        firsts.setdefault(record.id, record)
    return known | firsts


def start_of(t_ms: int, bucket: int, zone: ZoneInfo) -> int:
    """The model of a bucket: by the calendar for a day, by division for all others."""
    if bucket != 86_400:
        return t_ms // (bucket * 1000) * (bucket * 1000)
    day = datetime.fromtimestamp(t_ms // 1000, zone).date()
    return int(datetime.combine(day, time(), tzinfo=zone).timestamp()) * 1000


def expected(known: Rows, query: CurveQuery, zone: ZoneInfo) -> Points:
    """The model of a bucketed curve."""
    parts: dict[tuple[str, int], list[Credits]] = defaultdict(list)
    for record in known.values():
        if record.counts and query.from_ms <= record.t_ms < query.to_ms:
            assert isinstance(query.bucket, int)
            parts[key_of(record, query.by), start_of(record.t_ms, query.bucket, zone)].append(
                record.credits
            )
    return {where: (total(credits_), len(credits_)) for where, credits_ in parts.items()}


def key_of(record: Record, by: GroupBy) -> str:
    return {
        GroupBy.MODEL: record.model,
        GroupBy.API_KEY: record.api_key or "",
        GroupBy.ENDPOINT: record.endpoint,
    }[by]


def points_of(curve: Curve) -> Points:
    return {
        (series.key, t_ms): (v, n)
        for series in curve.series
        for t_ms, v, n in zip(series.t, series.v, series.n, strict=True)
    }


def check_shape(curve: Curve, known: Rows) -> None:
    """What holds for every curve: order, totals, and each series' last request."""
    assert curve.total == total(one.total for one in curve.series)
    assert curve.requests == sum(one.requests for one in curve.series)
    for series in curve.series:
        assert series.total == total(series.v)
        assert series.requests == sum(series.n)
        assert series.t == sorted(series.t)
        assert curve.bucket_s is None or len(set(series.t)) == len(series.t)
        newest = max(
            (
                record
                for record in known.values()
                if record.counts
                and key_of(record, curve.by) == series.key
                and curve.from_ms <= record.t_ms < curve.to_ms
            ),
            key=lambda record: (record.t_ms, record.id),
        )
        assert series.last == newest.credits


@settings(max_examples=60, deadline=None)
@given(
    answers,
    st.tuples(moments, moments),
    st.sampled_from(BUCKETS),
    st.sampled_from(ZONES),
    st.sampled_from(list(GroupBy)),
)
def test_curve_is_what_the_rows_say(
    course: list[list[Record]],
    ends: tuple[int, int],
    bucket: Bucket,
    zone_name: str,
    by: GroupBy,
) -> None:
    """Every bucket, zone, grouping and range agrees with the rows to the last credit."""

    async def run(folder: Path) -> None:
        store = opened(folder, StandingClock())
        known: Rows = {}
        try:
            for answer in course:
                before, revision = known, store.revision
                known = taken_in(known, answer)
                changed = sum(known[number] != before.get(number) for number in known)
                appended = await store.append(poll(answer))
                assert appended.new + appended.updated == changed
                assert appended.revision == store.revision == revision + changed
                again = await store.append(poll(answer))
                assert (again.new, again.updated, again.revision) == (0, 0, store.revision)
            await compare(store, known)
        finally:
            await store.close()

    async def compare(store: Store, known: Rows) -> None:
        zone = ZoneInfo(zone_name)
        query = CurveQuery(from_ms=min(ends), to_ms=max(ends), bucket=bucket, by=by, zone=zone)
        curve = await store.curve(query)
        check_shape(curve, known)
        inside = [one for one in known.values() if one.counts and min(ends) <= one.t_ms < max(ends)]
        assert curve.total == total(one.credits for one in inside)
        assert curve.requests == len(inside)
        if isinstance(bucket, int):
            assert points_of(curve) == expected(known, query, zone)
        summary = await store.summary()
        assert summary.total == len(known)
        assert summary.counted == sum(record.counts for record in known.values())
        await store.rebuild_rollups()
        assert await store.curve(query) == curve

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))


@settings(max_examples=30, deadline=None)
@given(st.lists(rows, max_size=12))
def test_sums_are_kept_as_if_made_anew(answer: list[Record]) -> None:
    """The sums that grew row by row are those that come of all rows at once, to the last row."""

    async def run(folder: Path) -> None:
        store = opened(folder, StandingClock())
        try:
            for record in answer:
                await store.append(poll([record]))
            grown = dump(folder)
            await store.rebuild_rollups()
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
    store = opened(tmp_path, StandingClock())
    try:
        for place in order:
            await store.append(poll([course[place]]))
        curve = await store.curve(CurveQuery(from_ms=0, to_ms=CHANGE + DAY, bucket=900))
    finally:
        await store.close()
    assert curve.total == Decimal("10000000000002.1")
    assert tuple(curve.series[0].v) == came
