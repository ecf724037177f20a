"""The sums of a range by bucket: from rollups, and from rows where the range cuts a rollup.

Every number is exact for ``[from, to)``. Before the horizon (``retention``) a whole quarter hour
belongs to the range that contains its start.
"""

from collections.abc import Iterator
from datetime import tzinfo

import apsw
import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import Run, runs
from creditcurve.domain.retention import QUARTER_S
from creditcurve.store.sqlite.amounts import Amount, from_sql, sum_of
from creditcurve.store.sqlite.curves.extent import Extent
from creditcurve.store.sqlite.curves.lines import Line, Point

_ENDS = """
    SELECT max(:from, (SELECT min(t) FROM rollup WHERE level = :level)),
           min(:to, (SELECT max(t) FROM rollup WHERE level = :level) + :level * 1000)
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


class Buckets:
    """The buckets of a range, and the sums of each source within them.

    Attributes:
        points: the sums, in the order of time.
    """

    def __init__(
        self, connection: apsw.Connection, extent: Extent, bucket_s: int, zone: tzinfo | None
    ) -> None:
        self.points: list[Point] = []
        self._connection = connection
        self._extent = extent
        self._ends: dict[int, int] = {}
        for run in _runs(connection, extent, bucket_s, zone):
            for point in _sums(connection, extent.within(run.from_ms, run.to_ms), run):
                self.points.append(point)
                self._ends[point.t_ms] = point.t_ms + run.bucket_ms

    def last(self, line: Line) -> Credits:
        """Return the credits of the newest request of a series, from its last bucket."""
        newest = self._extent.within(line.t[-1], self._ends[line.t[-1]])
        return _last(self._connection, newest, msgspec.json.encode(line.sources).decode())


def _runs(
    connection: apsw.Connection, extent: Extent, bucket_s: int, zone: tzinfo | None
) -> Iterator[Run]:
    """Return the runs of buckets over the part of the range that contains sums."""
    bindings = {"level": QUARTER_S, "from": extent.from_ms, "to": extent.to_ms}
    from_ms, to_ms = connection.execute(_ENDS, bindings).get
    if from_ms is None or from_ms >= to_ms:
        return iter(())
    return runs(from_ms, to_ms, bucket_s, zone)


def _sums(connection: apsw.Connection, extent: Extent, run: Run) -> Iterator[Point]:
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
    connection: apsw.Connection, extent: Extent, run: Run, level_s: int | None
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


def _last(connection: apsw.Connection, bucket: Extent, sources: str) -> Credits:
    bindings = {"from": bucket.from_ms, "to": bucket.to_ms, "sources": sources}
    amount: Amount | None = connection.execute(_LAST, bindings).get
    if amount is None:
        removed = {"to": bucket.known_by_sums.to_ms, "level": QUARTER_S}
        amount = connection.execute(_LAST_REMOVED, bindings | removed).get
    return from_sql(amount)
