"""The shelf of curves: series, gaps, and the hours whose sums differ from the site's."""

from collections.abc import Sequence

import apsw
import msgspec

from creditcurve.clocks import Clock
from creditcurve.domain.coverage import Gap
from creditcurve.domain.curve import Curve
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.store.sqlite import curve, present, reconciliation
from creditcurve.store.sqlite.database import Database
from creditcurve.store.values import CurveQuery


class SqliteCurves:
    """Implements ``contract.Curves``."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def curve(self, query: CurveQuery) -> Curve:
        """Return the curve of a range with its gaps and the hours that differ from the site's."""
        from_ms, to_ms, now_ms = query.from_ms, query.to_ms, self._clock.now_ms()

        def work(connection: apsw.Connection) -> Curve:
            return msgspec.structs.replace(
                curve.curve(connection, query),
                versions=present.versions(connection, now_ms=now_ms),
                gaps=present.gaps(connection, from_ms=from_ms, to_ms=to_ms, now_ms=now_ms),
                differences=reconciliation.differences(connection, from_ms, to_ms),
            )

        return await self._database.read(work)

    async def gaps(self, from_ms: int, to_ms: int) -> tuple[Gap, ...]:
        """Return the gaps of a range; no gap extends past now."""
        now_ms = self._clock.now_ms()
        return await self._database.read(
            lambda c: present.gaps(c, from_ms=from_ms, to_ms=to_ms, now_ms=now_ms)
        )

    async def save_chart(self, chart: Sequence[ChartHour], *, at_ms: int) -> None:
        """Store the site's own sums of full hours, read at that moment."""
        await self._database.write(lambda c: reconciliation.save(c, chart, at_ms=at_ms))
