"""Which sources count: the specified type and endpoint, and those that the settings add.

A change is one transaction: the flags of the sources, their sums and the totals agree at every
moment.
"""

from collections.abc import Sequence
from typing import Any, Final

import apsw

from creditcurve.domain.record import COUNTED_ENDPOINT, COUNTED_TYPE
from creditcurve.domain.settings import CountedPair
from creditcurve.store.sqlite import rollups, stored_values, versions
from creditcurve.store.sqlite.amounts import sum_of
from creditcurve.store.values import TypeTotal

_SOURCES: Final = "SELECT id, type, endpoint, counts FROM source"
_SET: Final = "UPDATE source SET counts = ? WHERE id = ?"
_RECOUNT: Final = """
    UPDATE tally SET counted = (
      SELECT count(*) FROM record WHERE source IN (SELECT id FROM source WHERE counts)
    )
"""
_TYPES: Final = """
    SELECT type, endpoint, max(counts), count(*),
           sum(iif(typeof(credits) = 'integer', credits, 0)),
           group_concat(iif(typeof(credits) = 'text', credits, NULL), ' ')
      FROM record JOIN source ON source.id = record.source
     GROUP BY type, endpoint
     ORDER BY count(*) DESC, type, endpoint
     LIMIT 200
"""


def counts(connection: apsw.Connection, kind: str, endpoint: str) -> bool:
    """Return whether records of a type and an endpoint count at present."""
    return _is_counted(kind, endpoint, stored_values.settings(connection).also_counts)


def apply(connection: apsw.Connection, pairs: Sequence[CountedPair]) -> None:
    """Let exactly the specified pair and these count."""
    sources: list[Any] = connection.execute(_SOURCES).fetchall()
    changed = [
        (number, not counted)
        for number, kind, endpoint, counted in sources
        if _is_counted(kind, endpoint, pairs) != bool(counted)
    ]
    if not changed:
        return
    for number, is_counted in changed:
        connection.execute(_SET, (is_counted, number))
        if is_counted:
            rollups.add_source(connection, number)
        else:
            rollups.drop_source(connection, number)
    connection.execute(_RECOUNT)
    versions.advance_sums(connection)


def types(connection: apsw.Connection) -> list[TypeTotal]:
    """Return the stored types and endpoints with their totals, the most frequent first."""
    rows: list[Any] = connection.execute(_TYPES).fetchall()
    return [
        TypeTotal(
            type=kind,
            endpoint=endpoint,
            counts=bool(counted),
            requests=n,
            credits=sum_of(whole, texts),
        )
        for kind, endpoint, counted, n, whole, texts in rows
    ]


def _is_counted(kind: str, endpoint: str, pairs: Sequence[CountedPair]) -> bool:
    is_specified = (kind, endpoint) == (COUNTED_TYPE, COUNTED_ENDPOINT)
    return is_specified or CountedPair(kind, endpoint) in pairs
