"""The usual spend by hour of day, read from a store."""

from datetime import tzinfo
from typing import Final

from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.spending import hour_bucket_s, hour_of, hourly_sums
from creditcurve.domain.usual import UsualHour, usual_hours
from creditcurve.store import CurveQuery, Store

LOOK_BACK_MS: Final = 84 * DAY_MS
"""Twelve weeks: the habits of a season."""


async def usual_before(store: Store, now_ms: int, zone: tzinfo) -> tuple[UsualHour, ...]:
    """Return the quartiles of the hours of the last twelve weeks that have enough samples."""
    from_ms, to_ms = hour_of(now_ms - LOOK_BACK_MS, zone), hour_of(now_ms, zone)
    curve = await store.curves.curve(
        CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=hour_bucket_s(zone, now_ms))
    )
    return usual_hours(
        hourly_sums(curve, zone), curve.gaps, from_ms=from_ms, to_ms=to_ms, zone=zone
    )
