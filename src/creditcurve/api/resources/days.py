"""Sums of whole days."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.api.http.zones import QueryZone, read_zone
from creditcurve.api.state import AppState
from creditcurve.domain.account import unit_of
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import DAY_S, GroupBy
from creditcurve.domain.day import Day, days
from creditcurve.domain.unit import Unit
from creditcurve.domain.versions import Versions
from creditcurve.store import CurveQuery


class DaysQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last ``days`` days, today included."""

    days: Annotated[int, Meta(ge=1, le=400)] = 30
    tz: QueryZone | None = None
    by: GroupBy = GroupBy.MODEL


class SeriesSumView(Struct, frozen=True):
    """The credits ``v`` of one series in ``n`` requests."""

    key: str
    v: Credits
    n: int


class DayView(Struct, frozen=True, kw_only=True):
    """A day; ``models`` are the sums of the property that the query asks for."""

    date: Annotated[str, Meta(description="YYYY-MM-DD in the zone.")]
    total: Credits
    requests: int
    complete: Annotated[
        float | None, Meta(description="Share of the day, up to now, without a gap.")
    ]
    models: tuple[SeriesSumView, ...]

    @classmethod
    def of(cls, day: Day) -> "DayView":
        """Return the view of a day."""
        return cls(
            date=day.date.isoformat(),
            total=day.total,
            requests=day.requests,
            complete=day.complete,
            models=tuple(SeriesSumView(one.key, one.v, one.n) for one in day.series),
        )


class DaysView(Struct, frozen=True, kw_only=True):
    """Days, oldest first, days without requests included."""

    tz: str
    unit: Unit
    by: GroupBy
    days: tuple[DayView, ...]
    versions: Versions


async def read(query: DaysQuery, app: AppState) -> DaysView:
    """Return the sums of the last days of a time zone."""
    zone, now_ms = read_zone(query.tz, app.store.state.settings), app.clock.now_ms()
    curve = await app.store.curves.curve(
        CurveQuery(
            from_ms=_midnight(now_ms, query.days - 1, zone),
            to_ms=now_ms,
            bucket=DAY_S,
            by=query.by,
            zone=zone,
        )
    )
    found = days(curve, zone=zone, now_ms=now_ms)
    return DaysView(
        tz=str(zone),
        unit=unit_of(app.store.state.settings.unit, app.store.account.account),
        by=query.by,
        days=tuple(DayView.of(day) for day in found),
        versions=curve.versions,
    )


def _midnight(now_ms: int, days_back: int, zone: tzinfo) -> int:
    day = datetime.fromtimestamp(now_ms / 1000, zone).date() - timedelta(days=days_back)
    return round(datetime.combine(day, time(), tzinfo=zone).timestamp() * 1000)
