"""The table of rollups: sums of counted records by minute, quarter hour and hour.

They are written in the transaction that writes the rows: at every moment a rollup of a source that
counts is the exact sum of its rows. A bucket without a counted record has no rollup. The rows
before the horizon (``retention``) were removed; their rollups never change again. Rollups of other
sources belong to a change of what counts (``recount``): only it reads them.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

import apsw
import msgspec

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import LEVELS_S
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.store.sqlite import units
from creditcurve.store.sqlite.amounts import MAX_INTEGER, from_sql, minus, sum_of, to_sql
from creditcurve.store.values.records import ModelTotal

HOUR_S: Final = LEVELS_S[0]

_ADD = """
    INSERT INTO rollup (level, t, source, n, credits)
    SELECT level.value, t_ms - t_ms % (level.value * 1000), source, count(*),
           iif(max(typeof(credits)) = 'integer' AND abs(sum(credits)) <= :max,
               sum(credits), exact_sum(group_concat(credits, ' ')))
      FROM json_each(:levels) AS level CROSS JOIN record
     WHERE revision > :revision
       AND (source IN (SELECT value FROM json_each(:counting))
            OR (t_ms < :built_ms AND source IN (SELECT value FROM json_each(:building))))
     GROUP BY 1, 2, 3
        ON CONFLICT DO UPDATE
       SET n = n + excluded.n,
           credits = iif(typeof(credits) = 'integer' AND typeof(excluded.credits) = 'integer'
                         AND abs(credits + excluded.credits) <= :max,
                         credits + excluded.credits, exact_sum(credits, excluded.credits))
"""
"""One statement for all levels: every record of an import has three buckets of its own."""
_FIND = "SELECT n, credits FROM rollup WHERE level = ? AND t = ? AND source = ?"
_PUT = "INSERT OR REPLACE INTO rollup (level, t, source, n, credits) VALUES (?, ?, ?, ?, ?)"
_DROP = "DELETE FROM rollup WHERE level = ? AND t = ? AND source = ?"
# The hours since an instant, and the minutes of the hour in which it lies.
_BY_MODEL = """
    SELECT model, sum(n * (level = 3600)),
           sum(iif(is_summed AND typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(is_summed AND typeof(credits) = 'text', credits, NULL), ' ')
      FROM (SELECT *, t >= :first_ms AS is_summed FROM rollup WHERE level = 3600
            UNION ALL
            SELECT *, TRUE FROM rollup WHERE level = 60 AND t >= :since_ms AND t < :first_ms)
      JOIN source ON source.id = source
     WHERE counts
     GROUP BY model
     ORDER BY model
"""


class Summed(NamedTuple):
    """The sources whose records are summed: all records of some, those before a time of others."""

    counting: AbstractSet[int]
    building: AbstractSet[int]
    built_ms: int

    def contains(self, source: int, t_ms: int) -> bool:
        """Return whether the rollups contain records of that source and time."""
        return source in self.counting or (source in self.building and t_ms < self.built_ms)


class Taken(NamedTuple):
    """A record that was removed from a time, or that had those credits before."""

    t_ms: int
    source: int
    credits: Credits


def add_since(connection: apsw.Connection, revision: int, summed: Summed) -> None:
    """Add the records stored after a revision to the rollups."""
    connection.execute(
        _ADD,
        {
            "levels": _json(LEVELS_S),
            "revision": revision,
            "counting": _json(summed.counting),
            "building": _json(summed.building),
            "built_ms": summed.built_ms,
            "max": MAX_INTEGER,
        },
    )


def take(connection: apsw.Connection, records: Iterable[Taken], summed: Summed) -> None:
    """Take records out of the rollups that contain them."""
    for record in records:
        if summed.contains(record.source, record.t_ms):
            for level in LEVELS_S:
                start = record.t_ms - record.t_ms % (level * 1000)
                _take(connection, (level, start, record.source), record.credits)


def totals_by_model(connection: apsw.Connection) -> list[ModelTotal]:
    """Return the totals of counted records per model; credits are those in the present unit."""
    since_ms = -(-(units.since_ms(connection) or 0) // MINUTE_MS) * MINUTE_MS
    bounds = {"since_ms": since_ms, "first_ms": -(-since_ms // HOUR_MS) * HOUR_MS}
    return [
        ModelTotal(model=model, requests=n, credits=sum_of(whole, texts))
        for model, n, whole, texts in connection.execute(_BY_MODEL, bounds)
    ]


def _take(connection: apsw.Connection, bucket: tuple[int, int, int], amount: Credits) -> None:
    n, before = connection.execute(_FIND, bucket).get
    if n == 1:
        connection.execute(_DROP, bucket)
        return
    connection.execute(_PUT, (*bucket, n - 1, to_sql(total([from_sql(before), minus(amount)]))))


def _json(numbers: Iterable[int]) -> str:
    return msgspec.json.encode(list(numbers)).decode()
