"""The sums of a range by bucket: from rollups, and from rows where the range cuts a rollup.

Every number is exact for ``[from, to)``. Before the horizon (``retention``) a whole quarter hour
belongs to the range that contains its start.
"""

from collections.abc import Iterator
from datetime import tzinfo

import apsw
import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import LEVELS_S, Run, runs
from creditcurve.domain.retention import QUARTER_S
from creditcurve.store.sqlite.amounts import Amount, from_sql, sum_of
from creditcurve.store.sqlite.curves.extent import Extent
from creditcurve.store.sqlite.curves.lines import Line, Point

_ENDS = """
    SELECT max(:from, (SELECT min(t) FROM rollup WHERE level = :level)),
           min(:to, (SELECT max(t) FROM rollup WHERE level = :level) + :level * 1000)
"""
_OF_LEVEL = """
    SELECT :origin + (t - :origin) / :bucket * :bucket, source, sum(n),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM rollup
     WHERE level = :level AND t >= :from AND t < :to
       AND source IN (SELECT id FROM source WHERE counts)
     GROUP BY 1, 2
     ORDER BY 1
"""
_OF_RECORDS = """
    SELECT :origin + (t_ms - :origin) / :bucket * :bucket, source, count(*),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT id FROM source WHERE counts)
     GROUP BY 1, 2
     ORDER BY 1
"""
# Sums of a level that are buckets already are read in the order in which they are stored.
_STORED = """
    SELECT t, source, n, credits FROM rollup
     WHERE level = :level AND t >= :from AND t < :to
       AND source IN (SELECT id FROM source WHERE counts)
     ORDER BY t
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
        points: the sums, in the order of time; a bucket at an end can have several.
    """

    def __init__(
        self, connection: apsw.Connection, extent: Extent, bucket_s: int, zone: tzinfo | None
    ) -> None:
        self.points: list[Point] = []
        self._connection = connection
        self._extent = extent
        self._runs = list(_runs(connection, extent, bucket_s, zone))
        for run in self._runs:
            part = extent.within(run.from_ms, run.to_ms)
            self.points.extend(_sums(connection, part, run, _levels(run)))

    def last(self, line: Line) -> Credits:
        """Return the credits of the newest request of a series, from its last bucket."""
        from_ms = line.t[-1]
        run = next(run for run in self._runs if run.from_ms <= from_ms < run.to_ms)
        newest = self._extent.within(from_ms, from_ms + run.bucket_ms)
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


def _levels(run: Run) -> tuple[int, ...]:
    """Return the levels of sums that make up the buckets of a run, coarsest first."""
    coarsest = run.level_s
    return () if coarsest is None else LEVELS_S[LEVELS_S.index(coarsest) :]


def _sums(
    connection: apsw.Connection, extent: Extent, run: Run, levels: tuple[int, ...]
) -> Iterator[Point]:
    """Yield the sums of a run's buckets over an extent by source, in the order of time.

    The middle comes from the coarsest level, each end from the finer ones, and the rest from
    records; so a bucket can have several points. Buckets finer than a quarter hour, or across one,
    get the requests that were removed from it as one point in the bucket that contains its start.
    """
    if not levels or levels[0] < QUARTER_S:
        yield from _of_level(connection, extent.known_by_sums, run, QUARTER_S)
        extent = extent.known_by_records
    if extent.is_empty:
        return
    if not levels:
        yield from _grouped(connection, _OF_RECORDS, extent, run)
        return
    level_s, finer = levels[0], levels[1:]
    middle = extent.whole(level_s)
    yield from _sums(connection, extent.within(extent.from_ms, middle.from_ms), run, finer)
    yield from _of_level(connection, middle, run, level_s)
    yield from _sums(connection, extent.within(middle.to_ms, extent.to_ms), run, finer)


def _of_level(
    connection: apsw.Connection, extent: Extent, run: Run, level_s: int
) -> Iterator[Point]:
    if extent.is_empty:
        return
    if run.bucket_ms != level_s * 1000 or run.from_ms % run.bucket_ms != 0:
        yield from _grouped(connection, _OF_LEVEL, extent, run, level_s)
        return
    bindings = {"level": level_s, "from": extent.from_ms, "to": extent.to_ms}
    for t_ms, source, n, amount in connection.execute(_STORED, bindings):
        yield Point(t_ms, source, n, from_sql(amount))


def _grouped(
    connection: apsw.Connection, sql: str, extent: Extent, run: Run, level_s: int | None = None
) -> Iterator[Point]:
    bindings = {
        "origin": run.from_ms,
        "bucket": run.bucket_ms,
        "level": level_s,
        "from": extent.from_ms,
        "to": extent.to_ms,
    }
    for t_ms, source, n, whole, texts in connection.execute(sql, bindings):
        yield Point(t_ms, source, n, sum_of(whole, texts))


def _last(connection: apsw.Connection, bucket: Extent, sources: str) -> Credits:
    bindings = {"from": bucket.from_ms, "to": bucket.to_ms, "sources": sources}
    amount: Amount | None = connection.execute(_LAST, bindings).get
    if amount is None:
        removed = {"to": bucket.known_by_sums.to_ms, "level": QUARTER_S}
        amount = connection.execute(_LAST_REMOVED, bindings | removed).get
    return from_sql(amount)
