"""The curve out of the store: rollups where they fit, raw rows where a range cuts one.

Every number is exact for ``[from, to)``; data, gaps and revision are of one moment.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import apsw
import msgspec

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import (
    MAX_AUTO_POINTS,
    MAX_SINGLE_REQUESTS,
    Curve,
    GroupBy,
    Run,
    Series,
    TooManyRequests,
    finest_bucket,
    ranked,
    runs,
)
from creditcurve.store.amounts import Amount, from_sql, sum_of
from creditcurve.store.values import CurveQuery

_SOURCES = "SELECT id, model, ifnull(api_key, ''), endpoint FROM source WHERE counts"
_REVISION = "SELECT revision FROM tally"
_SINGLE = """
    SELECT t_ms, source, credits
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT id FROM source WHERE counts)
     ORDER BY t_ms, id
     LIMIT :limit
"""
_COUNT = """
    SELECT count(*)
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT id FROM source WHERE counts)
"""
_ENDS = """
    SELECT max(:from, (SELECT min(t_ms) FROM record)),
           min(:to, (SELECT max(t_ms) FROM record) + 1)
"""
# The middle of the range out of one level of rollups, its two ends out of raw rows.
_SUMS = """
    WITH piece (t, source, n, credits) AS (
      SELECT t, source, n, credits FROM rollup
       WHERE level = :level AND t >= :inner_from AND t < :inner_to
      UNION ALL
      SELECT t_ms, source, 1, credits FROM record
       WHERE t_ms >= :from AND t_ms < :inner_from
         AND source IN (SELECT id FROM source WHERE counts)
      UNION ALL
      SELECT t_ms, source, 1, credits FROM record
       WHERE t_ms >= :inner_to AND t_ms < :to
         AND source IN (SELECT id FROM source WHERE counts)
    )
    SELECT :origin + (t - :origin) / :bucket * :bucket, source, sum(n),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM piece
     GROUP BY 1, 2
     ORDER BY 1
"""
_LAST = """
    SELECT credits FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT value FROM json_each(:sources))
     ORDER BY t_ms DESC, id DESC
     LIMIT 1
"""


class _Point(NamedTuple):
    """A sum over one bucket of one source, or a single request."""

    t_ms: int
    source: int
    n: int
    credits: Credits


class _Line:
    """A series while it is gathered, point after point in time."""

    def __init__(self) -> None:
        self.t: list[int] = []
        self.v: list[Credits] = []
        self.n: list[int] = []

    def add(self, point: _Point) -> None:
        """One more point."""
        self.t.append(point.t_ms)
        self.v.append(point.credits)
        self.n.append(point.n)

    def merge(self, point: _Point) -> None:
        """One more point, or more of the bucket of the last one."""
        if self.t and self.t[-1] == point.t_ms:
            self.v[-1] = total((self.v[-1], point.credits))
            self.n[-1] += point.n
        else:
            self.add(point)

    def series(self, key: str, last: Credits) -> Series:
        """The finished series."""
        return Series(
            key=key,
            t=self.t,
            v=self.v,
            n=self.n,
            total=total(self.v),
            requests=sum(self.n),
            last=last,
        )


def curve(connection: apsw.Connection, query: CurveQuery) -> Curve:
    """The curve that was asked for; what is known of its completeness is the caller's to add.

    Raises:
        TooManyRequests: single requests (or buckets too fine for the range) were asked for, and
            there are more than 100,000 of them.
    """
    if query.bucket == "none":
        bucket_s, series = None, _every_request(connection, query)
    elif query.bucket == "auto":
        bucket_s, series = _chosen(connection, query)
    else:
        bucket_s, series = query.bucket, _buckets(connection, query, query.bucket)
    return Curve(
        from_ms=query.from_ms,
        to_ms=query.to_ms,
        bucket_s=bucket_s,
        by=query.by,
        revision=int(connection.execute(_REVISION).get),
        series=series,
        total=total(one.total for one in series),
        requests=sum(one.requests for one in series),
    )


def _chosen(
    connection: apsw.Connection, query: CurveQuery
) -> tuple[int | None, tuple[Series, ...]]:
    points = _single_requests(connection, query, MAX_AUTO_POINTS + 1)
    if len(points) <= MAX_AUTO_POINTS:
        return None, _single_series(connection, query.by, points)
    bucket_s = finest_bucket(query.to_ms - query.from_ms)
    return bucket_s, _buckets(connection, query, bucket_s)


def _every_request(connection: apsw.Connection, query: CurveQuery) -> tuple[Series, ...]:
    requests = int(connection.execute(_COUNT, {"from": query.from_ms, "to": query.to_ms}).get)
    if requests > MAX_SINGLE_REQUESTS:
        raise TooManyRequests(requests, finest_bucket(query.to_ms - query.from_ms))
    points = _single_requests(connection, query, MAX_SINGLE_REQUESTS)
    return _single_series(connection, query.by, points)


def _single_requests(connection: apsw.Connection, query: CurveQuery, limit: int) -> list[_Point]:
    bindings = {"from": query.from_ms, "to": query.to_ms, "limit": limit}
    return [
        _Point(t_ms, source, 1, from_sql(amount))
        for t_ms, source, amount in connection.execute(_SINGLE, bindings)
    ]


def _single_series(
    connection: apsw.Connection, by: GroupBy, points: Iterable[_Point]
) -> tuple[Series, ...]:
    keys = _keys(connection, by)
    lines: dict[str, _Line] = {}
    for point in points:
        lines.setdefault(keys[point.source], _Line()).add(point)
    return ranked(line.series(key, line.v[-1]) for key, line in lines.items())


def _buckets(connection: apsw.Connection, query: CurveQuery, bucket_s: int) -> tuple[Series, ...]:
    keys = _keys(connection, query.by)
    lines: dict[str, _Line] = {}
    ends: dict[str, int] = {}
    points = 0
    for run in _runs(connection, query, bucket_s):
        for point in _sums(connection, query, run):
            key = keys[point.source]
            lines.setdefault(key, _Line()).merge(point)
            ends[key] = point.t_ms + run.bucket_ms
            points += 1
    if points > MAX_SINGLE_REQUESTS and bucket_s < finest_bucket(query.to_ms - query.from_ms):
        requests = sum(sum(line.n) for line in lines.values())
        raise TooManyRequests(requests, finest_bucket(query.to_ms - query.from_ms))
    return ranked(
        line.series(key, _last(connection, query, keys, key, (line.t[-1], ends[key])))
        for key, line in lines.items()
    )


def _runs(connection: apsw.Connection, query: CurveQuery, bucket_s: int) -> Iterator[Run]:
    """The runs of buckets over what the range holds of the records."""
    from_ms, to_ms = connection.execute(_ENDS, {"from": query.from_ms, "to": query.to_ms}).get
    if from_ms is None or from_ms >= to_ms:
        return iter(())
    return runs(from_ms, to_ms, bucket_s, query.zone)


def _sums(connection: apsw.Connection, query: CurveQuery, run: Run) -> Iterator[_Point]:
    """The sums of a run's buckets by source, each over what lies in the range."""
    from_ms, to_ms = max(query.from_ms, run.from_ms), min(query.to_ms, run.to_ms)
    inner_from = inner_to = from_ms
    if run.level_s is not None:
        level_ms = run.level_s * 1000
        inner_from, inner_to = -(-from_ms // level_ms) * level_ms, to_ms // level_ms * level_ms
    if inner_from >= inner_to:
        inner_from = inner_to = from_ms
    bindings = {
        "origin": run.from_ms,
        "bucket": run.bucket_ms,
        "level": run.level_s,
        "from": from_ms,
        "to": to_ms,
        "inner_from": inner_from,
        "inner_to": inner_to,
    }
    for t_ms, source, n, whole, texts in connection.execute(_SUMS, bindings):
        yield _Point(t_ms, source, n, sum_of(whole, texts))


def _last(
    connection: apsw.Connection,
    query: CurveQuery,
    keys: Mapping[int, str],
    key: str,
    bucket: tuple[int, int],
) -> Credits:
    """The credits of the newest single request of a series, which lies in its last bucket."""
    start, end = bucket
    bindings = {
        "from": max(query.from_ms, start),
        "to": min(query.to_ms, end),
        "sources": msgspec.json.encode(sorted(n for n in keys if keys[n] == key)).decode(),
    }
    amount: Amount = connection.execute(_LAST, bindings).get
    return from_sql(amount)


def _keys(connection: apsw.Connection, by: GroupBy) -> dict[int, str]:
    """What series each source belongs to; records without a key are the series ``""``."""
    column = {GroupBy.MODEL: 1, GroupBy.API_KEY: 2, GroupBy.ENDPOINT: 3}[by]
    return {row[0]: row[column] for row in connection.execute(_SOURCES)}
