"""The sums of buckets: from rollups, and from rows where the range cuts a rollup.

Every number is exact for ``[from, to)``. Before the horizon (``retention``) a whole quarter hour
belongs to the range that contains its start.

Sums of sources that do not count are left out later, by ``lines``: there are few of them, if any,
and to look each row up in SQL takes a tenth of the whole.
"""

from collections.abc import Iterable
from typing import Any

import apsw

from creditcurve.domain.curve import LEVELS_S, Run
from creditcurve.domain.retention import QUARTER_S
from creditcurve.store.sqlite.amounts import exact_sum
from creditcurve.store.sqlite.curves.extent import Extent
from creditcurve.store.sqlite.curves.lines import Point

# Sums of a level that are buckets already are read in the order in which they are stored.
_STORED = """
    SELECT t, source, n, credits FROM rollup
     WHERE level = :level AND t >= :from AND t < :to
     ORDER BY t
"""
# Rows are sorted by one number, for bucket and source, in less time than by two.
_OF_LEVEL = """
    SELECT :origin + place / :sources * :bucket, place % :sources, n, whole, texts
      FROM (SELECT (t - :origin) / :bucket * :sources + source AS place, sum(n) AS n,
                   sum(iif(typeof(credits) = 'integer', credits, 0)) AS whole,
                   group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ') AS texts
              FROM rollup
             WHERE level = :level AND t >= :from AND t < :to
             GROUP BY 1)
     ORDER BY place
"""
_SOURCES = "SELECT max(id) + 1 FROM source"
_OF_RECORDS = """
    SELECT :origin + (t_ms - :origin) / :bucket * :bucket, source, count(*),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT id FROM source WHERE counts)
     GROUP BY 1, 2
     ORDER BY 1
"""


def of_run(connection: apsw.Connection, extent: Extent, run: Run) -> list[Point]:
    """Return the sums of a run's buckets over an extent by source, in the order of time.

    A bucket can have several points of a source.
    """
    coarsest = run.level_s
    levels = () if coarsest is None else LEVELS_S[LEVELS_S.index(coarsest) :]
    return _sums(connection, extent, run, levels)


def _sums(
    connection: apsw.Connection, extent: Extent, run: Run, levels: tuple[int, ...]
) -> list[Point]:
    """Return the sums that the given levels, coarsest first, and records make up.

    The middle comes from the coarsest level, each end from the finer ones, and the rest from
    records. Buckets finer than a quarter hour, or across one, get the requests that were removed
    from it as one point in the bucket that contains its start.
    """
    points: list[Point] = []
    if not levels or levels[0] < QUARTER_S:
        points += _of_level(connection, extent.known_by_sums, run, QUARTER_S)
        extent = extent.known_by_records
    if extent.is_empty:
        return points
    if not levels:
        return points + _grouped(connection.execute(_OF_RECORDS, _bindings(extent, run)))
    level_s, finer = levels[0], levels[1:]
    middle = extent.whole(level_s)
    points += _sums(connection, extent.within(extent.from_ms, middle.from_ms), run, finer)
    points += _of_level(connection, middle, run, level_s)
    return points + _sums(connection, extent.within(middle.to_ms, extent.to_ms), run, finer)


def _of_level(connection: apsw.Connection, extent: Extent, run: Run, level_s: int) -> list[Point]:
    if extent.is_empty:
        return []
    bindings = _bindings(extent, run) | {"level": level_s}
    if run.bucket_ms == level_s * 1000 and run.from_ms % run.bucket_ms == 0:
        stored: list[Any] = connection.execute(_STORED, bindings).fetchall()
        return stored
    sources = connection.execute(_SOURCES).get
    return _grouped(connection.execute(_OF_LEVEL, bindings | {"sources": sources}))


def _grouped(rows: Iterable[tuple[int, int, int, int, str | None]]) -> list[Point]:
    return [
        (t_ms, source, n, whole if texts is None else exact_sum(whole, texts))
        for t_ms, source, n, whole, texts in rows
    ]


def _bindings(extent: Extent, run: Run) -> dict[str, int]:
    return {
        "origin": run.from_ms,
        "bucket": run.bucket_ms,
        "from": extent.from_ms,
        "to": extent.to_ms,
    }
