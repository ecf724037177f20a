"""The recount: sums for a change of what counts, built in short transactions.

Each step reads the records of some whole hours and writes the rollups of the sources that are about
to count. They are not read yet: until the last step every view shows the sources that counted
before. The last step switches all sources in one transaction. A record that arrives meanwhile for
an hour that was read already is added to its rollups; all others are read by a later step.

The position is stored with each step, so a kill at any moment costs at most one step. A source that
no longer counts leaves rollups behind, which further steps delete.
"""

from typing import Any, Final

import apsw
import msgspec

from creditcurve.domain.retention import hour_after, hour_of
from creditcurve.store.sqlite import counting, rebuilding, reconciliation, retention, stored_values
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.versions import advance_sums
from creditcurve.store.values.retention import RecountProgress

SLICE: Final = 10_000
"""Records to read in one transaction (about 30 ms), unless a single hour contains more."""
END_MS: Final = 2**63 - 1

_POSITION: Final = "recount"
_TOTAL: Final = "SELECT total FROM tally"
_NTH: Final = "SELECT t_ms FROM record WHERE t_ms >= ? ORDER BY t_ms LIMIT 1 OFFSET ?"
_SWITCH: Final = "UPDATE source SET counts = ? WHERE id = ?"
_RECOUNT: Final = """
    UPDATE tally SET counted = (
      SELECT ifnull(sum(n), 0) FROM rollup
       WHERE level = 3600 AND t >= ? AND source IN (SELECT id FROM source WHERE counts)
    )
"""


class Position(msgspec.Struct, frozen=True):
    """How far a recount has come: records before ``built_ms`` were read, ``done`` of them."""

    built_ms: int
    done: int = 0


class SqliteRecount:
    """Implements ``contract.Recount``."""

    def __init__(self, database: Database, connection: apsw.Connection) -> None:
        self._database = database
        self._has_leftovers = True
        self.progress = _progress(connection)

    async def advance(self, *, limit: int = SLICE) -> bool:
        """Do the next step; False if everything counts as set and nothing is left to delete."""
        if await self._database.read(counting.changing):
            await self._database.write(lambda c: _advance(c, limit), self._set_progress)
            self._has_leftovers = True
            return True
        if self._has_leftovers and await self._database.read(rebuilding.has_unread):
            await self._database.write(lambda c: rebuilding.delete_unread(c, limit))
            return True
        self._has_leftovers = False
        return False

    def _set_progress(self, progress: RecountProgress | None) -> None:
        self.progress = progress


def restart(connection: apsw.Connection) -> None:
    """Begin again with the first record: the settings have changed."""
    stored_values.delete(connection, _POSITION)


def building(connection: apsw.Connection) -> tuple[frozenset[int], int]:
    """Return the sources that are about to count, and before which moment they have rollups."""
    position = stored_values.get(connection, _POSITION, Position)
    if position is None:
        return frozenset(), 0
    return frozenset(_added(counting.changing(connection))), position.built_ms


def _advance(connection: apsw.Connection, limit: int) -> RecountProgress | None:
    """Read the next records, or switch if there are none."""
    sources = counting.changing(connection)
    added = _added(sources)
    position = stored_values.get(connection, _POSITION, Position) or Position(
        retention.horizon(connection).t_ms
    )
    end_ms = _end_of_slice(connection, position.built_ms, limit) if added else END_MS
    if added:
        rebuilding.build(connection, added, position.built_ms, end_ms)
    if end_ms == END_MS:
        _switch(connection, sources)
    else:
        stored_values.put(connection, _POSITION, Position(end_ms, position.done + limit))
    return _progress(connection)


def _end_of_slice(connection: apsw.Connection, from_ms: int, limit: int) -> int:
    """Return the hour at which a slice of the records ends; the last slice has no end."""
    first = connection.execute(_NTH, (from_ms, 0)).fetchone()
    beyond = connection.execute(_NTH, (from_ms, limit)).fetchone()
    if first is None or beyond is None:
        return END_MS
    return max(hour_of(beyond[0]), hour_after(first[0]))


def _switch(connection: apsw.Connection, sources: dict[int, bool]) -> None:
    for number, counts in sources.items():
        reconciliation.switch_source(connection, number, counts=counts)
        connection.execute(_SWITCH, (counts, number))
    connection.execute(_RECOUNT, (retention.horizon(connection).t_ms,))
    stored_values.delete(connection, _POSITION)
    advance_sums(connection)


def _progress(connection: apsw.Connection) -> RecountProgress | None:
    if not counting.changing(connection):
        return None
    position: Any = stored_values.get(connection, _POSITION, Position)
    total = int(connection.execute(_TOTAL).get)
    done = 0 if position is None else min(position.done, total)
    return RecountProgress(done=done, total=total)


def _added(sources: dict[int, bool]) -> list[int]:
    return [number for number, counts in sources.items() if counts]
