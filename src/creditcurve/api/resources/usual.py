"""The usual spend per hour of day."""

from typing import Annotated

from msgspec import Meta, Struct

from creditcurve.alerting.usual import usual_before
from creditcurve.api.http.zones import QueryZone, read_zone
from creditcurve.api.state import AppState
from creditcurve.domain.credits import Credits
from creditcurve.domain.usual import DayClass


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
    zone = read_zone(query.tz, app.store.state.settings)
    found = await usual_before(app.store, app.clock.now_ms(), zone)
    return [
        UsualHourView(
            day_class=one.day_class, hour=one.hour, p25=one.p25, p50=one.p50, p75=one.p75, n=one.n
        )
        for one in found
    ]
