"""The expected curve in plain Python: a model, with random records and questions for it.

Records vary in every way: whole and decimal credits, several sources, times around days that do not
have 24 hours. A removed record counts at the start of its quarter hour, others at
their own time.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import strategies as st

from creditcurve.domain.cookie_status import CookieStatus
from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import Curve, GroupBy
from creditcurve.domain.link import Link
from creditcurve.domain.record import Answer, Record
from creditcurve.store import Bucket, CurveQuery, Poll, SqliteStore
from creditcurve.store.sqlite import rebuilding
from support.world import open_store

HOUR = 3_600_000
DAY = 86_400_000
CHANGE = 1_743_296_400_000  # 2025-03-30T01:00Z: Berlin's day of 23 hours
SHIFTS = (
    0,
    1_761_440_400_000 - CHANGE,  # 2025-10-26T01:00Z: Berlin's day of 25 hours
    1_743_865_200_000 - CHANGE,  # 2025-04-05T15:00Z: Lord Howe's of 24.5, an hour before Chatham's
    1_759_591_800_000 - CHANGE,  # 2025-10-04T15:30Z: Lord Howe's of 23.5
)
"""The distance to other days that do not have 24 hours."""
ZONES = (
    "UTC",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
)
BUCKETS: tuple[Bucket, ...] = ("auto", "none", 7, 10, 60, 300, 900, 1_000, 3_600, 5_400, 86_400)

Rows = dict[int, Record]
Placed = tuple[int, Record]
"""A record, and its time in the curve."""
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


class Question(msgspec.Struct, frozen=True):
    """A range, a bucket, a zone and a grouping, near a day that does not have 24 hours."""

    ends: tuple[int, int]
    bucket: Bucket
    zone_name: str
    by: GroupBy
    shift: int

    @property
    def query(self) -> CurveQuery:
        """The query for the store."""
        first, last = sorted(end + self.shift for end in self.ends)
        return CurveQuery(from_ms=first, to_ms=last, bucket=self.bucket, by=self.by, zone=self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the days."""
        return ZoneInfo(self.zone_name)


questions = st.builds(
    Question,
    ends=st.tuples(moments, moments),
    bucket=st.sampled_from(BUCKETS),
    zone_name=st.sampled_from(ZONES),
    by=st.sampled_from(list(GroupBy)),
    shift=st.sampled_from(SHIFTS),
)


class FixedClock:
    """A clock that never moves."""

    def now_ms(self) -> int:
        """Return a time long after all rows."""
        return CHANGE + 300 * DAY

    def monotonic_s(self) -> float:
        """Return 0."""
        return 0.0


def opened(folder: Path) -> SqliteStore:
    """Open a store in a folder, at a time long after all records."""
    return open_store(folder / "data", FixedClock())


async def rebuild_rollups(store: SqliteStore) -> None:
    """Compute all stored sums again from the rows that exist."""
    await store._database.write(rebuilding.rebuild)


def poll(records: Iterable[Record], at_ms: int = CHANGE + 300 * DAY) -> Poll:
    """Return a poll with these records."""
    return Poll(
        at_ms=at_ms,
        answer=Answer(records=tuple(records)),
        interval_s=60,
        link=Link(),
        cookie_status=CookieStatus(),
    )


def kept(known: Rows, days: int) -> Rows:
    """Return the records that retention keeps: whole hours, counted back from the newest."""
    if not known:
        return known
    newest = max(one.t_ms for one in known.values())
    due = (newest - days * DAY) // HOUR * HOUR
    return {number: one for number, one in known.items() if one.t_ms >= due}


def shifted(records: Iterable[Record], by_ms: int) -> list[Record]:
    """Return the same records at other times."""
    return [msgspec.structs.replace(one, t_ms=one.t_ms + by_ms) for one in records]


def after_poll(known: Rows, answer: Iterable[Record]) -> Rows:
    """Return the records after a poll: the first row with an id counts."""
    firsts: Rows = {}
    for record in answer:
        firsts.setdefault(record.id, record)
    return known | firsts


def start_of(t_ms: int, bucket: int, zone: ZoneInfo) -> int:
    """Return the start of a bucket: by the calendar for a day, by division for all others."""
    if bucket != 86_400:
        return t_ms // (bucket * 1000) * (bucket * 1000)
    day = datetime.fromtimestamp(t_ms // 1000, zone).date()
    return int(datetime.combine(day, time(), tzinfo=zone).timestamp()) * 1000


def expected(placed: Iterable[Placed], question: Question, bucket: int) -> Points:
    """Return the points of a bucketed curve."""
    parts: dict[tuple[str, int], list[Credits]] = defaultdict(list)
    for t_ms, record in placed:
        where = key_of(record, question.by), start_of(t_ms, bucket, question.zone)
        parts[where].append(record.credits)
    return {where: (total(credits_), len(credits_)) for where, credits_ in parts.items()}


def key_of(record: Record, by: GroupBy) -> str:
    """Return the series that a record belongs to."""
    return {
        GroupBy.MODEL: record.model,
        GroupBy.API_KEY: record.api_key or "",
        GroupBy.ENDPOINT: record.endpoint,
    }[by]


def points_of(curve: Curve) -> Points:
    """Return all points of all series."""
    return {
        (series.key, t_ms): (v, n)
        for series in curve.series
        for t_ms, v, n in zip(series.t, series.v, series.n, strict=True)
    }


def stored(known: Rows, query: CurveQuery) -> list[Placed]:
    """Return the counted records of a range that are stored."""
    return _within(query, ((one.t_ms, one) for one in known.values()))


def removed(gone: Iterable[Record], query: CurveQuery) -> list[Placed]:
    """Return the counted records of a range that were removed."""
    return _within(query, ((one.t_ms // 900_000 * 900_000, one) for one in gone))


def _within(query: CurveQuery, placed: Iterable[Placed]) -> list[Placed]:
    return [(t, one) for t, one in placed if one.counts and query.from_ms <= t < query.to_ms]


def check_shape(curve: Curve, placed: list[Placed]) -> None:
    """Check order, totals and each series' last request."""
    assert curve.total == total(one.credits for _, one in placed)
    assert curve.requests == len(placed)
    assert curve.total == total(one.total for one in curve.series)
    assert curve.requests == sum(one.requests for one in curve.series)
    for series in curve.series:
        assert series.total == total(series.v)
        assert series.requests == sum(series.n)
        assert series.t == sorted(series.t)
        assert curve.bucket_s is None or len(set(series.t)) == len(series.t)
        newest = max(
            (record for _, record in placed if key_of(record, curve.by) == series.key),
            key=lambda record: (record.t_ms, record.id),
        )
        assert series.last == newest.credits
