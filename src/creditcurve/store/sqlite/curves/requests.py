"""The single requests of a range."""

from typing import Any

import apsw

from creditcurve.domain.retention import QUARTER_S
from creditcurve.store.sqlite.curves.extent import Extent
from creditcurve.store.sqlite.curves.lines import Point

_SINGLE = """
    SELECT t_ms, source, 1, credits
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT id FROM source WHERE counts)
     ORDER BY t_ms, id
     LIMIT :limit
"""
_COUNT = """
    SELECT count(*)
      FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT id FROM source WHERE counts)
"""
_HAS_SUMS = """
    SELECT EXISTS (SELECT 1 FROM rollup WHERE level = :level AND t >= :from AND t < :to)
"""


def single_requests(connection: apsw.Connection, extent: Extent, limit: int) -> list[Point]:
    """Return the first requests of a range, in the order of time."""
    bindings = {"from": extent.from_ms, "to": extent.to_ms, "limit": limit}
    points: list[Any] = connection.execute(_SINGLE, bindings).fetchall()
    return points


def count(connection: apsw.Connection, extent: Extent) -> int:
    """Return the number of requests of a range."""
    return int(connection.execute(_COUNT, {"from": extent.from_ms, "to": extent.to_ms}).get)


def has_removed(connection: apsw.Connection, extent: Extent) -> bool:
    """Return whether single requests of a range were removed."""
    removed = extent.known_by_sums
    bindings = {"level": QUARTER_S, "from": removed.from_ms, "to": removed.to_ms}
    return removed.from_ms < removed.to_ms and bool(connection.execute(_HAS_SUMS, bindings).get)
