"""The sums whose records were removed, and the horizon before which only sums are known."""

from collections.abc import Iterator
from typing import Any, Final

import apsw

from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.retention import NEVER, hour_after, quarter_of
from creditcurve.store.sqlite import rebuilding
from creditcurve.store.sqlite.recovery.rows import Passage, is_number, put, rows_of
from creditcurve.store.sqlite.recovery.sources import Sources
from creditcurve.store.sqlite.recovery.tally import horizon_of

# Both read the same rows, from one end each, in the order of the first column, after a bound.
_SUMS: Final = (
    """
    SELECT t, t, source, n, credits, last, place FROM rollup
     WHERE level = 900 AND last IS NOT NULL AND t > ? ORDER BY t
    """,
    """
    SELECT t, t, source, n, credits, last, place FROM rollup
     WHERE level = 900 AND last IS NOT NULL AND t < ? ORDER BY t DESC
    """,
)
_PUT_SUM = """
    INSERT OR IGNORE INTO rollup (level, t, source, n, credits, last, place)
    VALUES (900, ?, ?, ?, ?, ?, ?)
"""
_PUT_HORIZON = """
    UPDATE tally
       SET horizon_ms = ?, removed = ?, removed_revision = ?, removed_counted = ?
"""
_SUMMED = "SELECT ifnull(sum(n), 0) FROM rollup WHERE level = 900"


def copy_sums(old: apsw.Connection, made: apsw.Connection, now_ms: int) -> None:
    """Copy the sums whose records were removed, and set the horizon."""
    sources = Sources(made)
    newest_ms = NEVER
    for row in _readable(old, now_ms):
        sources.add_counted(row[1])
        if put(made, _PUT_SUM, row):
            newest_ms = max(newest_ms, row[0])
    rebuilding.make_hours(made)
    _set_horizon(old, made, NEVER if newest_ms == NEVER else hour_after(newest_ms))


def _readable(old: apsw.Connection, now_ms: int) -> Iterator[tuple[Any, ...]]:
    passages = (Passage(old, _SUMS[0], 0, 1), Passage(old, _SUMS[1], now_ms + DAY_MS, -1))
    for row in rows_of(passages):
        t_ms, _, _, amount, last, _ = row
        if is_number(amount) and is_number(last) and quarter_of(t_ms) == t_ms:
            yield row


def _set_horizon(old: apsw.Connection, made: apsw.Connection, found_ms: int) -> None:
    """Set the horizon to the stored one, or to the end of the sums that were found, if later."""
    stored = horizon_of(old)
    t_ms = max(stored.t_ms, found_ms)
    if t_ms > NEVER:
        kept = int(made.execute(_SUMMED).get)
        made.execute(_PUT_HORIZON, (t_ms, max(stored.removed, kept), stored.revision, kept))
