"""The shelf of retention: removes records before the horizon, keeps their sums.

The sums by quarter hour and hour remain. Each transaction removes whole hours and moves the
horizon, so that every credit is counted once at any moment: by its record, or in its sums.
"""

from typing import Final, NamedTuple

import apsw

from creditcurve.clocks import Clock
from creditcurve.domain.curve import LEVELS_S
from creditcurve.domain.retention import (
    NEVER,
    QUARTER_S,
    Horizon,
    due_before,
    hour_after,
    hour_of,
    quarter_of,
)
from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.amounts import Amount
from creditcurve.store.sqlite.database import Database
from creditcurve.store.values.retention import Removable

SLICE: Final = 2_000
"""Records to remove in one transaction (10 ms), unless a single hour contains more."""

_HORIZON = "SELECT horizon_ms, removed, removed_counted, removed_revision FROM tally"
_NEWEST = "SELECT max(t_ms) FROM record"
_NTH_OLDEST = "SELECT t_ms FROM record WHERE t_ms < ? ORDER BY t_ms LIMIT 1 OFFSET ?"
_OLDER = "SELECT count(*) FROM record WHERE t_ms < ?"
_LEAVING = """
    SELECT t_ms, source, credits, revision, counts
      FROM record CROSS JOIN source ON source.id = record.source
     WHERE t_ms < ?
     ORDER BY t_ms, record.id
"""
_KEEP_LAST = "UPDATE rollup SET last = ?, place = ? WHERE level = ? AND t = ? AND source = ?"
_REMOVE = "DELETE FROM record WHERE t_ms < ?"
_REMOVE_FINE_SUMS = "DELETE FROM rollup WHERE level = ? AND t < ?"
_MOVE = """
    UPDATE tally
       SET total = total - :removed, counted = counted - :counted,
           horizon_ms = :t_ms, removed = removed + :removed,
           removed_counted = removed_counted + :counted,
           removed_revision = max(removed_revision, :revision)
"""


class SqliteRetention:
    """Implements ``contract.Retention``."""

    def __init__(self, database: Database, connection: apsw.Connection, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.horizon = horizon(connection)

    async def removable(self, days: int) -> Removable:
        """Return what keeping single records for so many days would remove."""
        now_ms = self._clock.now_ms()
        return await self._database.read(lambda c: removable(c, days, now_ms))

    async def prune(self, days: int, *, limit: int = SLICE) -> bool:
        """Remove the oldest records older than so many days; False if there were none."""
        before, now_ms = self.horizon, self._clock.now_ms()
        await self._database.write(lambda c: prune(c, days, now_ms, limit=limit), self._set_horizon)
        return self.horizon != before

    def _set_horizon(self, moved: Horizon) -> None:
        self.horizon = moved


class _Slice(NamedTuple):
    """Records to remove; ``last`` has each quarter hour's newest record by source."""

    removed: int
    counted: int
    revision: int
    newest_ms: int
    last: dict[tuple[int, int], tuple[Amount, int]]


def horizon(connection: apsw.Connection) -> Horizon:
    """Return the stored horizon."""
    t_ms, removed, counted, revision = connection.execute(_HORIZON).get
    return Horizon(
        t_ms=NEVER if t_ms is None else t_ms, removed=removed, counted=counted, revision=revision
    )


def removable(connection: apsw.Connection, days: int, now_ms: int) -> Removable:
    """Return what keeping single records for so many days would remove."""
    due_ms = _due_before(connection, days, now_ms)
    if due_ms is None:
        return Removable(before_ms=None, records=0)
    return Removable(before_ms=due_ms, records=int(connection.execute(_OLDER, (due_ms,)).get))


def prune(connection: apsw.Connection, days: int, now_ms: int, *, limit: int) -> Horizon:
    """Remove the oldest records older than so many days; return the horizon after it.

    The horizon moves no further than necessary: to the hour after the newest removed record.
    """
    due_ms = _due_before(connection, days, now_ms)
    end_ms = None if due_ms is None else _end_of_slice(connection, due_ms, limit)
    if end_ms is None:
        return horizon(connection)
    removed_slice = _slice(connection, end_ms)
    connection.executemany(
        _KEEP_LAST,
        ((*last, QUARTER_S, t_ms, source) for (t_ms, source), last in removed_slice.last.items()),
    )
    connection.execute(_REMOVE, (end_ms,))
    moved_ms = hour_after(removed_slice.newest_ms)
    for level_s in LEVELS_S:
        if level_s < QUARTER_S:
            connection.execute(_REMOVE_FINE_SUMS, (level_s, moved_ms))
    connection.execute(
        _MOVE,
        {
            "t_ms": moved_ms,
            "removed": removed_slice.removed,
            "counted": removed_slice.counted,
            "revision": removed_slice.revision,
        },
    )
    versions.advance_sums(connection)
    return horizon(connection)


def _due_before(connection: apsw.Connection, days: int, now_ms: int) -> int | None:
    """Return the hour before which records are due for removal; None without a record."""
    newest_ms = connection.execute(_NEWEST).get
    return None if newest_ms is None else due_before(days, newest_ms=newest_ms, now_ms=now_ms)


def _end_of_slice(connection: apsw.Connection, due_ms: int, limit: int) -> int | None:
    """Return the end of the range to remove now, a whole hour; None if nothing is due."""
    oldest = connection.execute(_NTH_OLDEST, (due_ms, 0)).fetchone()
    if oldest is None:
        return None
    beyond = connection.execute(_NTH_OLDEST, (due_ms, limit)).fetchone()
    return due_ms if beyond is None else max(hour_of(beyond[0]), hour_after(oldest[0]))


def _slice(connection: apsw.Connection, end_ms: int) -> _Slice:
    """Return what all records before that moment come to; there is at least one."""
    removed = counted = highest = newest_ms = 0
    last: dict[tuple[int, int], tuple[Amount, int]] = {}
    for t_ms, source, amount, revision, counts in connection.execute(_LEAVING, (end_ms,)):
        removed += 1
        highest, newest_ms = max(highest, revision), t_ms
        if counts:
            counted += 1
            last[quarter_of(t_ms), source] = (amount, removed)
    return _Slice(removed, counted, highest, newest_ms, last)
