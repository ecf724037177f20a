"""The shelf of curves: series, gaps, and the hours whose sums differ from the site's."""

from collections.abc import Sequence

import apsw
import msgspec

from creditcurve.domain.costs import RangeCosts
from creditcurve.domain.coverage import Gap
from creditcurve.domain.curve import Curve, GroupBy
from creditcurve.domain.former_unit import with_former_unit
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.store.sqlite import reconciliation, units
from creditcurve.store.sqlite.curves import costs, curve
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.present import Present
from creditcurve.store.values.curves import CurveQuery


class SqliteCurves:
    """Implements ``contract.Curves``."""

    def __init__(self, database: Database, *, present: Present) -> None:
        self._database = database
        self._present = present

    async def curve(self, query: CurveQuery) -> Curve:
        """Return the curve of a range with its gaps and the hours that differ from the site's."""
        from_ms, to_ms = query.from_ms, query.to_ms

        def work(connection: apsw.Connection) -> Curve:
            gaps, versions = self._present.gaps_and_versions(connection, from_ms, to_ms)
            since_ms = units.first_ms(connection, from_ms, to_ms)
            known = msgspec.structs.replace(query, from_ms=since_ms)
            return msgspec.structs.replace(
                curve.curve(connection, known),
                from_ms=from_ms,
                versions=versions,
                gaps=with_former_unit(gaps, from_ms=from_ms, to_ms=to_ms, since_ms=since_ms),
                differences=reconciliation.differences(connection, since_ms, to_ms),
            )

        return await self._database.read(work)

    async def costs(self, from_ms: int, to_ms: int, by: GroupBy) -> RangeCosts:
        """Return what single requests of each series cost over a range."""

        def work(connection: apsw.Connection) -> RangeCosts:
            since_ms = units.first_ms(connection, from_ms, to_ms)
            return RangeCosts(
                series=costs.costs(connection, since_ms, to_ms, by),
                versions=self._present.versions(connection),
            )

        return await self._database.read(work)

    async def gaps(self, from_ms: int, to_ms: int) -> tuple[Gap, ...]:
        """Return the gaps of a range; no gap extends past now."""
        return await self._database.read(lambda c: self._present.gaps(c, from_ms, to_ms))

    async def save_chart(self, chart: Sequence[ChartHour], *, at_ms: int) -> None:
        """Store the site's own sums of full hours, read at that moment."""
        await self._database.write(lambda c: reconciliation.save(c, chart, at_ms=at_ms))
