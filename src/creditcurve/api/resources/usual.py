"""The usual spend per hour of day."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.api.http.zones import QueryZone, read_zone
from creditcurve.api.state import AppState
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.spending import hour_bucket_s, hour_of, hourly_sums
from creditcurve.domain.usual import DayClass, usual_hours
from creditcurve.store import CurveQuery

LOOK_BACK_MS = 84 * DAY_MS
"""Twelve weeks: the habits of a season."""


class UsualQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The zone whose hours and days are meant."""

    tz: QueryZone | None = None


class UsualHourView(Struct, frozen=True, kw_only=True, rename={"day_class": "class"}):
    """Quartiles of the credits of one hour of the day, from ``n`` watched hours."""

    day_class: DayClass
    hour: Annotated[int, Meta(ge=0, le=23)]
    p25: Credits
    p50: Credits
    p75: Credits
    n: int


async def read(query: UsualQuery, app: AppState) -> list[UsualHourView]:
    """Return the usual spend per hour of day, on weekdays and on weekends.

    An hour needs eight samples: past hours of the last twelve weeks without a gap.
    """
    zone, now_ms = read_zone(query.tz, app.store.state.settings), app.clock.now_ms()
    from_ms, to_ms = hour_of(now_ms - LOOK_BACK_MS, zone), hour_of(now_ms, zone)
    curve = await app.store.curves.curve(
        CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=hour_bucket_s(zone, now_ms), zone=zone)
    )
    found = usual_hours(
        hourly_sums(curve, zone), curve.gaps, from_ms=from_ms, to_ms=to_ms, zone=zone
    )
    return [
        UsualHourView(
            day_class=one.day_class, hour=one.hour, p25=one.p25, p50=one.p50, p75=one.p75, n=one.n
        )
        for one in found
    ]
