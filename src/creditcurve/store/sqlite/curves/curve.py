"""Queries the curve: single requests where there are few, and sums of buckets otherwise."""

from collections.abc import Sequence

import apsw

from creditcurve.domain.credits import total
from creditcurve.domain.curve import (
    MAX_AUTO_POINTS,
    MAX_SINGLE_REQUESTS,
    Curve,
    GroupBy,
    OnlySumsError,
    Series,
    TooManyRequestsError,
    ranked,
)
from creditcurve.store.sqlite import retention
from creditcurve.store.sqlite.curves import requests
from creditcurve.store.sqlite.curves.buckets import Buckets
from creditcurve.store.sqlite.curves.extent import Extent
from creditcurve.store.sqlite.curves.keys import keys_of
from creditcurve.store.sqlite.curves.lines import Point, single_lines, summed_lines
from creditcurve.store.values.curves import CurveQuery


def curve(connection: apsw.Connection, query: CurveQuery) -> Curve:
    """Return the curve, without gaps, differences and versions.

    Raises:
        OnlySumsError: single requests were asked for, and some of them were removed.
        TooManyRequestsError: more than 100,000 single requests, or buckets too fine for the
            range, were asked for.
    """
    horizon = retention.horizon(connection)
    extent = Extent(query.from_ms, query.to_ms, horizon.t_ms)
    if query.bucket == "none":
        bucket_s, series = None, _every_request(connection, query, extent)
    elif query.bucket == "auto":
        bucket_s, series = _chosen(connection, query, extent)
    else:
        bucket_s, series = query.bucket, _buckets(connection, query, extent, query.bucket)
    return Curve(
        from_ms=query.from_ms,
        to_ms=query.to_ms,
        bucket_s=bucket_s,
        by=query.by,
        series=series,
        total=total(one.total for one in series),
        requests=sum(one.requests for one in series),
        sums_before_ms=horizon.sums_before_ms if query.from_ms < horizon.t_ms else None,
    )


def _chosen(
    connection: apsw.Connection, query: CurveQuery, extent: Extent
) -> tuple[int | None, tuple[Series, ...]]:
    if not requests.has_removed(connection, extent):
        points = requests.single_requests(connection, extent, MAX_AUTO_POINTS + 1)
        if len(points) <= MAX_AUTO_POINTS:
            return None, _single_series(connection, query.by, points)
    bucket_s = extent.finest_bucket()
    return bucket_s, _buckets(connection, query, extent, bucket_s)


def _every_request(
    connection: apsw.Connection, query: CurveQuery, extent: Extent
) -> tuple[Series, ...]:
    if requests.has_removed(connection, extent):
        raise OnlySumsError(extent.horizon_ms, extent.finest_bucket())
    count = requests.count(connection, extent)
    if count > MAX_SINGLE_REQUESTS:
        raise TooManyRequestsError(count, extent.finest_bucket())
    points = requests.single_requests(connection, extent, MAX_SINGLE_REQUESTS)
    return _single_series(connection, query.by, points)


def _single_series(
    connection: apsw.Connection, by: GroupBy, points: Sequence[Point]
) -> tuple[Series, ...]:
    lines = single_lines(keys_of(connection, by), points)
    return ranked(line.series(line.v[-1]) for line in lines)


def _buckets(
    connection: apsw.Connection, query: CurveQuery, extent: Extent, bucket_s: int
) -> tuple[Series, ...]:
    buckets = Buckets(connection, extent, bucket_s, query.zone)
    lines = summed_lines(keys_of(connection, query.by), buckets.points)
    if (
        sum(len(line.t) for line in lines) > MAX_SINGLE_REQUESTS
        and bucket_s < extent.finest_bucket()
    ):
        raise TooManyRequestsError(sum(sum(line.n) for line in lines), extent.finest_bucket())
    return ranked(line.series(buckets.last(line)) for line in lines)
