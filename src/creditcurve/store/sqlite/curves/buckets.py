"""The buckets of a range, with the newest request of each series."""

from collections.abc import Iterator
from datetime import tzinfo

import apsw
import msgspec

from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import Run, runs
from creditcurve.domain.retention import QUARTER_S
from creditcurve.store.sqlite.amounts import Amount, from_sql
from creditcurve.store.sqlite.curves import sums
from creditcurve.store.sqlite.curves.extent import Extent
from creditcurve.store.sqlite.curves.lines import Line, Point

_ENDS = """
    SELECT max(:from, (SELECT min(t) FROM rollup WHERE level = :level)),
           min(:to, (SELECT max(t) FROM rollup WHERE level = :level) + :level * 1000)
"""
_LAST = """
    SELECT credits FROM record
     WHERE t_ms >= :from AND t_ms < :to AND source IN (SELECT value FROM json_each(:sources))
     ORDER BY t_ms DESC, id DESC
     LIMIT 1
"""
_LAST_REMOVED = """
    SELECT last FROM rollup
     WHERE level = :level AND t >= :from AND t < :to
       AND source IN (SELECT value FROM json_each(:sources))
     ORDER BY t DESC, place DESC
     LIMIT 1
"""


class Buckets:
    """The buckets of a range, and the sums of each source within them.

    Attributes:
        points: the sums, in the order of time; a bucket at an end can have several.
    """

    def __init__(
        self, connection: apsw.Connection, extent: Extent, bucket_s: int, zone: tzinfo | None
    ) -> None:
        self.points: list[Point] = []
        self._connection = connection
        self._extent = extent
        self._runs = list(_runs(connection, extent, bucket_s, zone))
        for run in self._runs:
            part = extent.within(run.from_ms, run.to_ms)
            self.points += sums.of_run(connection, part, run)

    def last(self, line: Line) -> Credits:
        """Return the credits of the newest request of a series, from its last bucket."""
        from_ms = line.t[-1]
        run = next(run for run in self._runs if run.from_ms <= from_ms < run.to_ms)
        newest = self._extent.within(from_ms, from_ms + run.bucket_ms)
        return _last(self._connection, newest, msgspec.json.encode(line.sources).decode())


def _runs(
    connection: apsw.Connection, extent: Extent, bucket_s: int, zone: tzinfo | None
) -> Iterator[Run]:
    """Return the runs of buckets over the part of the range that contains sums."""
    bindings = {"level": QUARTER_S, "from": extent.from_ms, "to": extent.to_ms}
    from_ms, to_ms = connection.execute(_ENDS, bindings).get
    if from_ms is None or from_ms >= to_ms:
        return iter(())
    return runs(from_ms, to_ms, bucket_s, zone)


def _last(connection: apsw.Connection, bucket: Extent, sources: str) -> Credits:
    bindings = {"from": bucket.from_ms, "to": bucket.to_ms, "sources": sources}
    amount: Amount | None = connection.execute(_LAST, bindings).get
    if amount is None:
        removed = {"to": bucket.known_by_sums.to_ms, "level": QUARTER_S}
        amount = connection.execute(_LAST_REMOVED, bindings | removed).get
    return from_sql(amount)
