"""The records, from their table and from the index of their times."""

from collections.abc import Iterator
from typing import Any, Final

import apsw

from creditcurve.domain.instant import DAY_MS
from creditcurve.store.sqlite import retention
from creditcurve.store.sqlite.recovery.rows import Passage, is_number, put, rows_of, until_damage
from creditcurve.store.sqlite.recovery.sources import Sources

# Each pair reads the same rows from both ends, in the order of the first column, after a bound.
_ROWS: Final = (
    "SELECT id, id, t_ms, source, credits, status, extra FROM record WHERE id > ? ORDER BY id",
    "SELECT id, id, t_ms, source, credits, status, extra FROM record WHERE id < ? ORDER BY id DESC",
)
_INDEX: Final = (
    """
    SELECT t_ms, id, t_ms, source, credits, NULL, '' FROM record INDEXED BY record_time
     WHERE t_ms > ? ORDER BY t_ms
    """,
    """
    SELECT t_ms, id, t_ms, source, credits, NULL, '' FROM record INDEXED BY record_time
     WHERE t_ms < ? ORDER BY t_ms DESC
    """,
)
_NEWEST = "SELECT id, t_ms FROM record INDEXED BY record_time ORDER BY t_ms DESC LIMIT 1"
_PUT = """
    INSERT INTO record (revision, id, t_ms, source, credits, status, extra)
    VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
"""


def copy_records(old: apsw.Connection, made: apsw.Connection, revision: int, now_ms: int) -> int:
    """Copy every readable record after the horizon; return the revision after them."""
    sources = Sources(made)
    horizon_ms = retention.horizon(made).t_ms
    for row in _readable(old, now_ms):
        _, t_ms, source, *_ = row
        if t_ms >= horizon_ms:
            sources.add_uncounted(source)
            revision += put(made, _PUT, (revision + 1, *row))
    return revision


def _readable(old: apsw.Connection, now_ms: int) -> Iterator[tuple[Any, ...]]:
    newest_id, newest_ms = next(until_damage(old, _NEWEST), (2**62, now_ms + DAY_MS))
    passages = (
        Passage(old, _ROWS[0], -(2**63), 1),
        Passage(old, _ROWS[1], newest_id + 1, -1),
        Passage(old, _INDEX[0], 0, 1),
        Passage(old, _INDEX[1], newest_ms + 1, -1),
    )
    return (row for row in rows_of(passages) if is_number(row[3]))
