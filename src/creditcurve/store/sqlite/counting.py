"""Which sources count: the specified type and endpoint, and those that the settings add.

A flag of each source says whether it counts at present; only such sources have rollups that anybody
reads. New sources of a known pair follow their pair. ``recount`` changes the flags.
"""

from collections.abc import Sequence
from typing import Any, Final

import apsw

from creditcurve.domain.record import COUNTED_ENDPOINT, COUNTED_TYPE
from creditcurve.domain.settings import CountedPair
from creditcurve.store.sqlite import stored_values
from creditcurve.store.sqlite.amounts import sum_of
from creditcurve.store.values.records import TypeTotal

_SOURCES: Final = "SELECT id, type, endpoint, counts FROM source"
_OF_PAIR: Final = "SELECT max(counts) FROM source WHERE type = ? AND endpoint = ?"
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
    """Return whether a new source counts: like its pair, or by the settings if it is the first."""
    known = connection.execute(_OF_PAIR, (kind, endpoint)).get
    if known is not None:
        return bool(known)
    return _is_counted(kind, endpoint, stored_values.settings(connection).also_counts)


def changing(connection: apsw.Connection) -> dict[int, bool]:
    """Return the sources whose flag differs from the settings, and whether they shall count."""
    pairs = stored_values.settings(connection).also_counts
    sources: list[Any] = connection.execute(_SOURCES).fetchall()
    return {
        number: not counted
        for number, kind, endpoint, counted in sources
        if _is_counted(kind, endpoint, pairs) != bool(counted)
    }


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
