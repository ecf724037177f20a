"""The curve over a range."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from creditcurve.api.http.codes import ProblemCode
from creditcurve.api.http.endpoint import refuses
from creditcurve.api.http.instants import TimeMs
from creditcurve.api.http.problems import invalid
from creditcurve.api.http.zones import read_zone
from creditcurve.api.resources.range_query import RangeQuery
from creditcurve.api.state import AppState
from creditcurve.domain.account import unit_of
from creditcurve.domain.coverage import GapKind, known_share
from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import Curve, GroupBy, Series
from creditcurve.domain.unit import Unit
from creditcurve.domain.versions import Versions
from creditcurve.store import Bucket, CurveQuery

MAX_BUCKET_S = 31_536_000
MAX_POINTS = 100_000


class UsageQuery(RangeQuery, frozen=True, kw_only=True):
    """The range, the bucket, and the property that separates the series."""

    bucket: Annotated[str, Meta(description="`auto`, `none`, or seconds.")] = "auto"
    by: GroupBy = GroupBy.MODEL
    tz: (
        Annotated[str, Meta(description="IANA zone whose days a bucket of a day follows.")] | None
    ) = None


class SeriesView(Struct, frozen=True, kw_only=True):
    """One line: columns of equal length, and its totals."""

    key: str
    t: list[int]
    v: list[Credits]
    n: list[int]
    total: Credits
    requests: int
    last: Credits
    others: (
        Annotated[
            int,
            Meta(
                description="How many small series are summed in this one, the last of the answer; "
                "absent from the hundred largest."
            ),
        ]
        | UnsetType
    ) = UNSET

    @classmethod
    def of(cls, series: Series) -> "SeriesView":
        """Return the view of a series."""
        fields = msgspec.structs.asdict(series)
        return cls(**{**fields, "others": series.others or UNSET})


class GapView(Struct, frozen=True, kw_only=True, rename={"from_ms": "from", "to_ms": "to"}):
    """A span where records may be missing."""

    from_ms: TimeMs
    to_ms: TimeMs
    kind: GapKind


class DifferenceView(Struct, frozen=True, kw_only=True):
    """A full hour where the site's sum differs from ours; both are credits of the curve."""

    t: Annotated[TimeMs, Meta(description="The start of the hour.")]
    ours: Credits
    theirs: Credits
    in_gap: Annotated[bool, Meta(description="The hour contains a known gap.")]


class UsageView(Struct, frozen=True, kw_only=True, rename={"from_ms": "from", "to_ms": "to"}):
    """The curve."""

    from_ms: TimeMs
    to_ms: TimeMs
    bucket_s: int | None
    by: GroupBy
    unit: Unit
    revision: int
    series: tuple[SeriesView, ...]
    gaps: tuple[GapView, ...]
    differences: tuple[DifferenceView, ...]
    total: Credits
    requests: int
    complete: Annotated[
        float | None,
        Meta(
            description="Share of the range, up to now, without a gap; null if all of it is ahead."
        ),
    ]
    sums_before: Annotated[
        int | None,
        Meta(
            description="ms since 1970: before this the range has sums of quarter hours at best, "
            "because records were deleted; null if it begins later."
        ),
    ]
    versions: Versions

    @classmethod
    def of(cls, curve: Curve, *, now_ms: int, unit: Unit) -> "UsageView":
        """Return the view of a curve at that moment."""
        return cls(
            from_ms=curve.from_ms,
            to_ms=curve.to_ms,
            bucket_s=curve.bucket_s,
            by=curve.by,
            unit=unit,
            revision=curve.revision,
            series=tuple(SeriesView.of(line) for line in curve.series),
            gaps=tuple(
                GapView(from_ms=gap.from_ms, to_ms=gap.to_ms, kind=gap.kind) for gap in curve.gaps
            ),
            differences=tuple(
                DifferenceView(t=one.t_ms, ours=one.ours, theirs=one.theirs, in_gap=one.in_gap)
                for one in curve.differences
            ),
            total=curve.total,
            requests=curve.requests,
            complete=known_share(
                curve.gaps, from_ms=curve.from_ms, to_ms=curve.to_ms, now_ms=now_ms
            ),
            sums_before=curve.sums_before_ms,
            versions=curve.versions,
        )


@refuses(ProblemCode.TOO_MANY_REQUESTS, ProblemCode.ONLY_SUMS)
async def read(query: UsageQuery, app: AppState) -> UsageView:
    """Return the curve over a range."""
    settings, now_ms = app.store.state.settings, app.clock.now_ms()
    from_ms, to_ms = query.read(now_ms, default_hours=settings.range_hours)
    zone = read_zone(query.tz, settings)
    bucket = read_bucket(query.bucket, to_ms - from_ms)
    curve = await app.store.curves.curve(
        CurveQuery(from_ms=from_ms, to_ms=to_ms, bucket=bucket, by=query.by, zone=zone)
    )
    unit = unit_of(settings.unit, app.store.account.account)
    return UsageView.of(curve, now_ms=max(now_ms, app.clock.now_ms()), unit=unit)


def read_bucket(text: str, span_ms: int) -> Bucket:
    """Parse a bucket.

    Raises:
        ProblemError: 422; not a bucket, or too fine for the span.
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
