"""Rollups computed again from rows: all of them after damage, some for a change of what counts."""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from creditcurve.domain.curve import LEVELS_S
from creditcurve.domain.retention import QUARTER_S
from creditcurve.store.sqlite import retention
from creditcurve.store.sqlite.amounts import sum_of, to_sql
from creditcurve.store.sqlite.rollups import HOUR_S

_PUT = "INSERT OR REPLACE INTO rollup (level, t, source, n, credits) VALUES (?, ?, ?, ?, ?)"
_FROM_ROWS = """
    SELECT t_ms - ((t_ms % :step) + :step) % :step, source, count(*),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM record
     WHERE source IN (SELECT id FROM source WHERE counts)
     GROUP BY 1, 2
"""
_FROM_ROWS_OF = """
    SELECT t_ms - ((t_ms % :step) + :step) % :step, source, count(*),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT value FROM json_each(:sources))
     GROUP BY 1, 2
"""
_DROP = "DELETE FROM rollup WHERE t >= ?"
_DROP_OF = """
    DELETE FROM rollup
     WHERE level = :level AND t >= :from AND t < :to
       AND source IN (SELECT value FROM json_each(:sources))
"""
_HAS_UNREAD = """
    SELECT EXISTS (
      SELECT 1 FROM rollup WHERE t >= ? AND source IN (SELECT id FROM source WHERE NOT counts)
    )
"""
_DROP_UNREAD = """
    DELETE FROM rollup WHERE (level, t, source) IN (
      SELECT level, t, source FROM rollup
       WHERE t >= ? AND source IN (SELECT id FROM source WHERE NOT counts)
       LIMIT ?
    )
"""
_FROM_QUARTERS = """
    SELECT t / 3600000 * 3600000, source, sum(n),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM rollup
     WHERE level = :level
     GROUP BY 1, 2
"""


def rebuild(connection: apsw.Connection) -> None:
    """Compute all rollups again from the rows, except those whose rows were removed."""
    connection.execute(_DROP, (retention.horizon(connection).t_ms,))
    for level in LEVELS_S:
        _put_all(connection, level, connection.execute(_FROM_ROWS, {"step": level * 1000}))


def build(connection: apsw.Connection, sources: Sequence[int], from_ms: int, to_ms: int) -> None:
    """Compute the rollups of some sources in a range of whole hours, which may be unbounded."""
    bindings: dict[str, int | str] = {
        "from": from_ms,
        "to": to_ms,
        "sources": msgspec.json.encode(sources).decode(),
    }
    for level in LEVELS_S:
        connection.execute(_DROP_OF, bindings | {"level": level})
        found = connection.execute(_FROM_ROWS_OF, bindings | {"step": level * 1000}).fetchall()
        _put_all(connection, level, found)


def has_unread(connection: apsw.Connection) -> bool:
    """Return whether sources that do not count have rollups that could be computed again."""
    return bool(connection.execute(_HAS_UNREAD, (retention.horizon(connection).t_ms,)).get)


def delete_unread(connection: apsw.Connection, limit: int) -> None:
    """Delete some of these rollups; those of removed records stay."""
    connection.execute(_DROP_UNREAD, (retention.horizon(connection).t_ms, limit))


def make_hours(connection: apsw.Connection) -> None:
    """Compute the hours from the quarter hours, for those whose rows were removed."""
    quarters = connection.execute(_FROM_QUARTERS, {"level": QUARTER_S}).fetchall()
    _put_all(connection, HOUR_S, quarters)


def _put_all(connection: apsw.Connection, level_s: int, sums: Iterable[tuple[Any, ...]]) -> None:
    connection.executemany(
        _PUT,
        (
            (level_s, t_ms, source, n, to_sql(sum_of(whole, texts)))
            for t_ms, source, n, whole, texts in sums
        ),
    )
