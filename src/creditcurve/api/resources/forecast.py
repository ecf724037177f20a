"""When the balance runs out."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from creditcurve.api.http.instants import Instant, iso_or_none
from creditcurve.api.http.zones import QueryZone, read_zone
from creditcurve.api.state import AppState
from creditcurve.commands.forecast import Forecast
from creditcurve.domain.account import unit_of
from creditcurve.domain.forecast import Unavailable
from creditcurve.domain.instant import to_iso
from creditcurve.domain.run_out import Milestone
from creditcurve.domain.unit import Unit
from creditcurve.domain.versions import Versions


class ForecastQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The zone whose hours and days are meant."""

    tz: QueryZone | None = None


class EmptyAtView(Struct, frozen=True, kw_only=True):
    """Quantiles of the instant at which the balance reaches zero; null: in more than 45 days."""

    p10: Instant | None
    p50: Instant | None
    p90: Instant | None


class ChanceView(Struct, frozen=True, kw_only=True):
    """The probability ``p`` that the balance reaches zero before an instant."""

    before: Milestone
    at: Instant
    p: Annotated[float, Meta(ge=0, le=1)]


class PaceForecastView(Struct, frozen=True, kw_only=True):
    """The mean of the last 3 hours, and when the balance ends at that pace."""

    per_h: float
    empty_at: Annotated[Instant | None, Meta(description="Null: not within a year.")]


class BackTestView(Struct, frozen=True, kw_only=True):
    """The share of ``n`` past instants whose truth was inside the range, and inside a line's."""

    held: float
    n: int
    line: float


class ForecastView(Struct, frozen=True, kw_only=True):
    """A range with ``state`` ``ok``; otherwise the reason, and only the pace."""

    state: Literal["ok", "unavailable"]
    reason: Unavailable | None
    unit: Unit
    empty_at: EmptyAtView | None
    empty_since: Annotated[
        Instant | None, Meta(description="Since when the balance is zero; null if it is not.")
    ]
    chance: tuple[ChanceView, ...]
    pace: PaceForecastView
    back_test: BackTestView | None
    versions: Versions


async def read(query: ForecastQuery, app: AppState) -> ForecastView:
    """Return when the balance runs out: a range of 80 %, or the reason why there is none."""
    settings = app.store.state.settings
    found = await app.commands.forecast(read_zone(query.tz, settings))
    return _view(found, unit_of(settings.unit, app.store.account.account))


def _view(found: Forecast, unit: Unit) -> ForecastView:
    run_out, tested, band = found.run_out, found.run_out.back_test, found.run_out.empty_at
    return ForecastView(
        state="unavailable" if band is None else "ok",
        reason=run_out.reason,
        unit=unit,
        empty_at=None
        if band is None
        else EmptyAtView(
            p10=iso_or_none(band.p10), p50=iso_or_none(band.p50), p90=iso_or_none(band.p90)
        ),
        empty_since=iso_or_none(found.empty_since_ms),
        chance=tuple(
            ChanceView(before=one.before, at=to_iso(one.at_ms), p=one.p) for one in run_out.chances
        ),
        pace=PaceForecastView(
            per_h=run_out.pace_per_h, empty_at=iso_or_none(run_out.pace_empty_ms)
        ),
        back_test=None
        if tested is None
        else BackTestView(held=tested.held, n=tested.n, line=tested.line),
        versions=found.versions,
    )
