"""What single requests cost over a range."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.api.http.instants import TimeMs
from creditcurve.api.resources.range_query import RangeQuery
from creditcurve.api.state import AppState
from creditcurve.domain.account import unit_of
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.unit import Unit
from creditcurve.domain.versions import Versions


class CostsQuery(RangeQuery, frozen=True, kw_only=True):
    """The range, and the property that separates the series."""

    by: GroupBy = GroupBy.MODEL


class SeriesCostsView(Struct, frozen=True, kw_only=True):
    """The quantiles of the credits of a series' requests, and when the newest one was."""

    key: str
    requests: int
    last: TimeMs
    median: Credits
    p95: Annotated[Credits, Meta(description="19 of 20 requests cost no more.")]


class CostsView(Struct, frozen=True, kw_only=True):
    """The costs of each series, by key; none where single requests of the range were deleted."""

    by: GroupBy
    unit: Unit
    series: tuple[SeriesCostsView, ...]
    versions: Versions


async def read(query: CostsQuery, app: AppState) -> CostsView:
    """Return the median and the 95th percentile of the requests of each series."""
    settings = app.store.state.settings
    from_ms, to_ms = query.read(app.clock.now_ms(), default_hours=settings.range_hours)
    found = await app.store.curves.costs(from_ms, to_ms, query.by)
    return CostsView(
        by=query.by,
        unit=unit_of(settings.unit, app.store.account.account),
        series=tuple(
            SeriesCostsView(
                key=one.key,
                requests=one.requests,
                last=one.last_ms,
                median=one.median,
                p95=one.p95,
            )
            for one in found.series
        ),
        versions=found.versions,
    )
