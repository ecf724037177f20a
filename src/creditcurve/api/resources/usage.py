"""The curve over a range."""

from typing import Annotated

import msgspec
from msgspec import Meta

from creditcurve.api.http.endpoint import Call, Nothing
from creditcurve.api.http.instants import read_range
from creditcurve.api.http.problems import invalid
from creditcurve.api.schema import UsageView
from creditcurve.domain.curve import GroupBy
from creditcurve.domain.settings import RangeHours, zone_of
from creditcurve.store import Bucket, CurveQuery

MAX_BUCKET_S = 31_536_000
MAX_POINTS = 100_000


class UsageQuery(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """The range, the bucket, and what a series is a series of."""

    hours: RangeHours | None = None
    start: Annotated[str, Meta(description="ISO 8601 with a zone, or ms since 1970.")] | None = None
    end: Annotated[str, Meta(description="ISO 8601 with a zone, or ms since 1970.")] | None = None
    bucket: Annotated[str, Meta(description="`auto`, `none`, or seconds.")] = "auto"
    by: GroupBy = GroupBy.MODEL
    tz: (
        Annotated[str, Meta(description="IANA zone whose days a bucket of a day follows.")] | None
    ) = None


async def read(call: Call[UsageQuery, Nothing]) -> UsageView:
    """All series of a range."""
    query, store = call.query, call.context.store
    now_ms = call.context.clock.now_ms()
    from_ms, to_ms = read_range(
        hours=query.hours,
        start=query.start,
        end=query.end,
        now_ms=now_ms,
        default_hours=store.state.settings.range_hours,
    )
    try:
        zone = zone_of(query.tz or store.state.settings.time_zone)
    except ValueError as error:
        raise invalid("tz", f"{error}.") from error
    bucket = read_bucket(query.bucket, to_ms - from_ms)
    curve = await store.curves.curve(
        CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=bucket, by=query.by, zone=zone)
    )
    return UsageView.of(curve, now_ms=max(now_ms, call.context.clock.now_ms()))


def read_bucket(text: str, span_ms: int) -> Bucket:
    """The bucket a query names.

    Raises:
        Problem: 422; it is no bucket, or too fine for the span.
    """
    if text == "auto":
        return "auto"
    if text == "none":
        return "none"
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_BUCKET_S):
        raise invalid("bucket", "bucket is auto, none, or a number of seconds up to a year.")
    bucket_s = int(text)
    if span_ms > bucket_s * 1000 * MAX_POINTS:
        raise invalid("bucket", f"A bucket of {bucket_s} s is too fine for this range.")
    return bucket_s
