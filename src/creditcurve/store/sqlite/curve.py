"""Queries the curve: from rollups, and from rows where a range cuts a rollup.

Every number is exact for ``[from, to)``. Before the horizon (``retention``) a whole quarter hour
belongs to the range that contains its start.
"""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import NamedTuple

import apsw
import msgspec

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import (
    MAX_AUTO_POINTS,
    MAX_SINGLE_REQUESTS,
    Curve,
    GroupBy,
    OnlySumsError,
    Run,
    Series,
    TooManyRequestsError,
    finest_bucket,
    ranked,
    runs,
)
from creditcurve.domain.retention import QUARTER_S
from creditcurve.store.sqlite import retention
from creditcurve.store.sqlite.amounts import Amount, from_sql, sum_of
from creditcurve.store.sqlite.lines import Line, Point, single_lines, summed_lines
from creditcurve.store.values import CurveQuery

_SOURCES = "SELECT id, model, ifnull(api_key, ''), endpoint FROM source WHERE counts"
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
    SELECT max(:from, (SELECT min(t) FROM rollup WHERE level = :level)),
           min(:to, (SELECT max(t) FROM rollup WHERE level = :level) + :level * 1000)
"""
_HAS_SUMS = """
    SELECT EXISTS (SELECT 1 FROM rollup WHERE level = :level AND t >= :from AND t < :to)
"""
# The middle of the range from one level of rollups, its two ends from rows; where the rows were
# removed, from quarter hours.
_SUMS = """
    WITH piece (t, source, n, credits) AS (
      SELECT t, source, n, credits FROM rollup
       WHERE level = :level AND t >= :inner_from AND t < :inner_to
         AND source IN (SELECT id FROM source WHERE counts)
      UNION ALL
      SELECT t, source, n, credits FROM rollup
       WHERE level = :quarter AND t >= :from AND t < min(:inner_from, :horizon)
         AND source IN (SELECT id FROM source WHERE counts)
      UNION ALL
      SELECT t, source, n, credits FROM rollup
       WHERE level = :quarter AND t >= :inner_to AND t < min(:to, :horizon)
         AND source IN (SELECT id FROM source WHERE counts)
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
_LAST_REMOVED = """
    SELECT last FROM rollup
     WHERE level = :level AND t >= :from AND t < :to
       AND source IN (SELECT value FROM json_each(:sources))
     ORDER BY t DESC, place DESC
     LIMIT 1
"""


class _Extent(NamedTuple):
    """A range of time, and the first moment of single requests."""

    from_ms: int
    to_ms: int
    horizon_ms: int

    def within(self, from_ms: int, to_ms: int) -> "_Extent":
        """Return the part between two moments."""
        return _Extent(max(self.from_ms, from_ms), min(self.to_ms, to_ms), self.horizon_ms)

    @property
    def known_by_sums(self) -> "_Extent":
        """The part before the horizon."""
        return self._replace(to_ms=min(self.to_ms, self.horizon_ms))

    @property
    def known_by_records(self) -> "_Extent":
        """The part from the horizon on."""
        return self._replace(from_ms=max(self.from_ms, self.horizon_ms))

    def finest_bucket(self) -> int:
        """Return the finest bucket for the range, no finer than the sums within it."""
        finest = finest_bucket(self.to_ms - self.from_ms)
        return finest if self.from_ms >= self.horizon_ms else max(finest, QUARTER_S)


def curve(connection: apsw.Connection, query: CurveQuery) -> Curve:
    """Return the curve, without gaps, differences and versions.

    Raises:
        OnlySumsError: single requests were asked for, and some of them were removed.
        TooManyRequestsError: more than 100,000 single requests, or buckets too fine for the
            range, were asked for.
    """
    horizon = retention.horizon(connection)
    extent = _Extent(query.from_ms, query.to_ms, horizon.t_ms)
    if query.bucket == "none":
        bucket_s, series = None, _every_request(connection, query, extent)
    elif query.bucket == "auto":
        bucket_s, series = _chosen(connection, query, extent)
    else:
        bucket_s, series = query.bucket, _buckets(connection, query, extent, query.bucket)
    return Curve(
        from_ms=query.from_ms,
        to_ms=query.to_ms,
        bucket_s=bucket_s,
        by=query.by,
        series=series,
        total=total(one.total for one in series),
        requests=sum(one.requests for one in series),
        sums_before_ms=horizon.sums_before_ms if query.from_ms < horizon.t_ms else None,
    )


def has_removed(connection: apsw.Connection, from_ms: int, to_ms: int) -> bool:
    """Return whether single requests of a range were removed."""
    return _has_sums(connection, _Extent(from_ms, to_ms, retention.horizon(connection).t_ms))


def _chosen(
    connection: apsw.Connection, query: CurveQuery, extent: _Extent
) -> tuple[int | None, tuple[Series, ...]]:
    if not _has_sums(connection, extent):
        points = _single_requests(connection, extent, MAX_AUTO_POINTS + 1)
        if len(points) <= MAX_AUTO_POINTS:
            return None, _single_series(connection, query.by, points)
    bucket_s = extent.finest_bucket()
    return bucket_s, _buckets(connection, query, extent, bucket_s)


def _every_request(
    connection: apsw.Connection, query: CurveQuery, extent: _Extent
) -> tuple[Series, ...]:
    if _has_sums(connection, extent):
        raise OnlySumsError(extent.horizon_ms, extent.finest_bucket())
    requests = int(connection.execute(_COUNT, {"from": extent.from_ms, "to": extent.to_ms}).get)
    if requests > MAX_SINGLE_REQUESTS:
        raise TooManyRequestsError(requests, extent.finest_bucket())
    points = _single_requests(connection, extent, MAX_SINGLE_REQUESTS)
    return _single_series(connection, query.by, points)


def _has_sums(connection: apsw.Connection, extent: _Extent) -> bool:
    """Return whether single requests of the range were removed."""
    removed = extent.known_by_sums
    bindings = {"level": QUARTER_S, "from": removed.from_ms, "to": removed.to_ms}
    return removed.from_ms < removed.to_ms and bool(connection.execute(_HAS_SUMS, bindings).get)


def _single_requests(connection: apsw.Connection, extent: _Extent, limit: int) -> list[Point]:
    bindings = {"from": extent.from_ms, "to": extent.to_ms, "limit": limit}
    return [
        Point(t_ms, source, 1, from_sql(amount))
        for t_ms, source, amount in connection.execute(_SINGLE, bindings)
    ]


def _single_series(
    connection: apsw.Connection, by: GroupBy, points: Iterable[Point]
) -> tuple[Series, ...]:
    lines = single_lines(keys_of(connection, by), points)
    return ranked(line.series(line.v[-1]) for line in lines)


def _buckets(
    connection: apsw.Connection, query: CurveQuery, extent: _Extent, bucket_s: int
) -> tuple[Series, ...]:
    bucket_ends: dict[int, int] = {}
    points: list[Point] = []
    for run in _runs(connection, extent, bucket_s, query.zone):
        for point in _sums(connection, extent.within(run.from_ms, run.to_ms), run):
            points.append(point)
            bucket_ends[point.t_ms] = point.t_ms + run.bucket_ms
    if len(points) > MAX_SINGLE_REQUESTS and bucket_s < extent.finest_bucket():
        requests = sum(point.n for point in points)
        raise TooManyRequestsError(requests, extent.finest_bucket())

    def last(line: Line) -> Credits:
        newest = extent.within(line.t[-1], bucket_ends[line.t[-1]])
        return _last(connection, newest, msgspec.json.encode(line.sources).decode())

    lines = summed_lines(keys_of(connection, query.by), points)
    return ranked(line.series(last(line)) for line in lines)


def _runs(
    connection: apsw.Connection, extent: _Extent, bucket_s: int, zone: tzinfo | None
) -> Iterator[Run]:
    """Return the runs of buckets over the part of the range that contains sums."""
    bindings = {"level": QUARTER_S, "from": extent.from_ms, "to": extent.to_ms}
    from_ms, to_ms = connection.execute(_ENDS, bindings).get
    if from_ms is None or from_ms >= to_ms:
        return iter(())
    return runs(from_ms, to_ms, bucket_s, zone)


def _sums(connection: apsw.Connection, extent: _Extent, run: Run) -> Iterator[Point]:
    """Yield the sums of a run's buckets by source, each over its part of the extent.

    Buckets finer than a quarter hour, or across one, get the requests that were removed from it as
    one point in the bucket that contains its start.
    """
    if run.level_s is not None and run.level_s >= QUARTER_S:
        yield from _sums_of_level(connection, extent, run, run.level_s)
        return
    yield from _sums_of_level(connection, extent.known_by_sums, run, QUARTER_S)
    yield from _sums_of_level(connection, extent.known_by_records, run, run.level_s)


def _sums_of_level(
    connection: apsw.Connection, extent: _Extent, run: Run, level_s: int | None
) -> Iterator[Point]:
    from_ms, to_ms, horizon_ms = extent
    if from_ms >= to_ms:
        return
    inner_from = inner_to = from_ms
    if level_s is not None:
        level_ms = level_s * 1000
        inner_from, inner_to = -(-from_ms // level_ms) * level_ms, to_ms // level_ms * level_ms
    if inner_from >= inner_to:
        inner_from = inner_to = from_ms
    bindings = {
        "origin": run.from_ms,
        "bucket": run.bucket_ms,
        "level": level_s,
        "quarter": QUARTER_S,
        "horizon": horizon_ms,
        "from": from_ms,
        "to": to_ms,
        "inner_from": inner_from,
        "inner_to": inner_to,
    }
    for t_ms, source, n, whole, texts in connection.execute(_SUMS, bindings):
        yield Point(t_ms, source, n, sum_of(whole, texts))


def _last(connection: apsw.Connection, bucket: _Extent, sources: str) -> Credits:
    """Return the credits of the newest request of a series, from its last bucket."""
    bindings = {"from": bucket.from_ms, "to": bucket.to_ms, "sources": sources}
    amount: Amount | None = connection.execute(_LAST, bindings).get
    if amount is None:
        removed = {"to": bucket.known_by_sums.to_ms, "level": QUARTER_S}
        amount = connection.execute(_LAST_REMOVED, bindings | removed).get
    return from_sql(amount)


def keys_of(connection: apsw.Connection, by: GroupBy) -> dict[int, str]:
    """Return the series of each source; records without a key are the series ``""``."""
    column = {GroupBy.MODEL: 1, GroupBy.API_KEY: 2, GroupBy.ENDPOINT: 3}[by]
    return {row[0]: row[column] for row in connection.execute(_SOURCES)}
