"""Sums by source, in the present unit, from the rollups."""

from collections.abc import Iterable
from typing import Any, Final

import apsw

from creditcurve.domain.credits import Credits, total
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.store.sqlite import units
from creditcurve.store.sqlite.amounts import sum_of

# Minutes up to the first full hour, full hours, and the minutes of the last hour.
_SPENT: Final = """
    SELECT source, sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM (SELECT source, credits FROM rollup WHERE level = 60 AND t >= :from_ms AND t < :first_ms
            UNION ALL
            SELECT source, credits FROM rollup
             WHERE level = 3600 AND t >= :first_ms AND t < :last_ms
            UNION ALL
            SELECT source, credits FROM rollup
             WHERE level = 60 AND t >= max(:from_ms, :last_ms) AND t < :to_ms)
     GROUP BY source
"""

BySource = dict[int, Credits]
"""Credits by the number of their source."""


def spent_since(
    connection: apsw.Connection, starts: Iterable[int], now_ms: int
) -> dict[int, BySource]:
    """Return the credits from each start until now: each part between two starts is read once."""
    unit_ms = units.since_ms(connection) or 0
    found: dict[int, BySource] = {}
    sums: BySource = {}
    end_ms = now_ms
    for start in sorted(starts, reverse=True):
        from_ms = _minute_from(max(start, unit_ms))
        if from_ms < end_ms:
            sums = _added(sums, _read(connection, from_ms, end_ms))
            end_ms = from_ms
        found[start] = sums
    return found


def spent_between(connection: apsw.Connection, from_ms: int, to_ms: int) -> BySource:
    """Return the credits in the present unit of the minutes that start within a range."""
    return _read(connection, _minute_from(units.first_ms(connection, from_ms, to_ms)), to_ms)


def _read(connection: apsw.Connection, from_ms: int, to_ms: int) -> BySource:
    last_ms = to_ms // HOUR_MS * HOUR_MS
    first_ms = min(-(-from_ms // HOUR_MS) * HOUR_MS, last_ms)
    bounds = {"from_ms": from_ms, "first_ms": first_ms, "last_ms": last_ms, "to_ms": to_ms}
    rows: Any = connection.execute(_SPENT, bounds)
    return {source: sum_of(whole, texts) for source, whole, texts in rows}


def _minute_from(t_ms: int) -> int:
    return -(-t_ms // MINUTE_MS) * MINUTE_MS


def _added(one: BySource, other: BySource) -> BySource:
    return one | {source: total((one.get(source, 0), v)) for source, v in other.items()}
