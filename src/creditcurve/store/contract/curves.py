"""The store's methods for sums over time."""

from collections.abc import Sequence
from typing import Protocol

from creditcurve.domain.costs import RangeCosts
from creditcurve.domain.coverage import Gap
from creditcurve.domain.curve import Curve, GroupBy
from creditcurve.domain.reconciliation import ChartHour
from creditcurve.store.values.curves import CurveQuery


class Curves(Protocol):
    """The curve, its gaps, and the site's own sums it is compared with."""

    async def curve(self, query: CurveQuery) -> Curve:
        """Return the curve of a range with its gaps and the hours that differ from the site's.

        Raises:
            OnlySumsError: single requests were asked for, and some of them were removed.
            TooManyRequestsError: more points were asked for than one answer may contain.
        """
        ...

    async def costs(self, from_ms: int, to_ms: int, by: GroupBy) -> RangeCosts:
        """Return what single requests of each series cost over a range."""
        ...

    async def gaps(self, from_ms: int, to_ms: int) -> tuple[Gap, ...]:
        """Return the gaps of a range; no gap extends past now."""
        ...

    async def save_chart(self, chart: Sequence[ChartHour], *, at_ms: int) -> None:
        """Store the site's own sums of full hours, read at that moment."""
        ...
