"""The table of rollups: sums of counted records by minute, quarter hour and hour.

They are written in the transaction that writes the rows: at every moment a rollup of a source that
counts is the exact sum of its rows. A bucket without a counted record has no rollup. The rows
before the horizon (``retention``) were removed; their rollups never change again. Rollups of other
sources belong to a change of what counts (``recount``): only it reads them.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

import apsw

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.curve import LEVELS_S
from creditcurve.store.sqlite.amounts import from_sql, minus, sum_of, to_sql
from creditcurve.store.values import ModelTotal

HOUR_S: Final = LEVELS_S[0]

_FIND = "SELECT n, credits FROM rollup WHERE level = ? AND t = ? AND source = ?"
_PUT = "INSERT OR REPLACE INTO rollup (level, t, source, n, credits) VALUES (?, ?, ?, ?, ?)"
_DROP = "DELETE FROM rollup WHERE level = ? AND t = ? AND source = ?"
_BY_MODEL = """
    SELECT model, sum(n), sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM rollup JOIN source ON source.id = rollup.source
     WHERE level = ? AND counts
     GROUP BY model
     ORDER BY model
"""


class Change(NamedTuple):
    """A counted record that was added (``n`` = 1) or removed (-1)."""

    t_ms: int
    source: int
    n: int
    credits: Credits

    @classmethod
    def came(cls, t_ms: int, source: int, credits_: Credits) -> "Change":
        """Return the change of an added record."""
        return cls(t_ms, source, 1, credits_)

    @classmethod
    def went(cls, t_ms: int, source: int, credits_: Credits) -> "Change":
        """Return the change of a record removed from that time, or with those credits."""
        return cls(t_ms, source, -1, minus(credits_))


def apply(connection: apsw.Connection, changes: Iterable[Change]) -> None:
    """Apply changes of rows to the rollups."""
    by_bucket: dict[tuple[int, int, int], list[Change]] = {}
    for change in changes:
        for level in LEVELS_S:
            start = change.t_ms - change.t_ms % (level * 1000)
            by_bucket.setdefault((level, start, change.source), []).append(change)
    for bucket, its_changes in by_bucket.items():
        _adjust(connection, bucket, its_changes)


def totals_by_model(connection: apsw.Connection) -> list[ModelTotal]:
    """Return the totals of counted records per model."""
    return [
        ModelTotal(model=model, requests=n, credits=sum_of(whole, texts))
        for model, n, whole, texts in connection.execute(_BY_MODEL, (HOUR_S,))
    ]


def _adjust(
    connection: apsw.Connection, bucket: tuple[int, int, int], changes: list[Change]
) -> None:
    found = connection.execute(_FIND, bucket).fetchone()
    n, amount = found or (0, 0)
    n += sum(change.n for change in changes)
    if n == 0:
        connection.execute(_DROP, bucket)
        return
    amount = to_sql(total([from_sql(amount), *(change.credits for change in changes)]))
    connection.execute(_PUT, (*bucket, n, amount))
