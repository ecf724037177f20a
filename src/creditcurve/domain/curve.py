"""The curve: series of points over a range, and the buckets they are summed in.

Buckets are aligned to 1970, those of a day to the midnights of a zone. A bucket's point is at the
bucket's start, even if the range begins later: then it sums only the part within the range.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import Final

import msgspec

from creditcurve.domain.coverage import Gap
from creditcurve.domain.credits import Credits
from creditcurve.domain.reconciliation import Difference
from creditcurve.domain.versions import Versions

BUCKETS_S: Final = (10, 60, 300, 900, 3_600, 86_400)
"""The buckets ``auto`` chooses from, finest first, in seconds."""
MAX_AUTO_POINTS: Final = 2_000
"""``auto`` shows single requests, and keeps a bucketed series, up to this many points."""
MAX_SINGLE_REQUESTS: Final = 100_000
"""More single requests than this are refused with the bucket to ask for."""
DAY_S: Final = 86_400
LEVELS_S: Final = (3_600, 900, 60)
"""The lengths of stored sums, coarsest first; days of every zone consist of quarter hours."""


class GroupBy(StrEnum):
    """The property that requests of one series share."""

    MODEL = "model"
    API_KEY = "api_key"
    ENDPOINT = "endpoint"


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One line: columns of equal length.

    ``t`` are milliseconds since 1970 (a bucket's start, or the request's own time), ``v`` credits,
    ``n`` requests at that point; ``last`` is the credits of the newest single request in the range.
    ``others`` is how many small series are summed in this one, 0 for an ordinary one.
    """

    key: str
    t: list[int]
    v: list[Credits]
    n: list[int]
    total: Credits
    requests: int
    last: Credits
    others: int = 0


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """All series of a range ``[from_ms, to_ms)``; ``bucket_s`` is None for single requests.

    ``gaps`` are the times where requests may be missing, ``differences`` the hours where the site's
    own sum differs. Single requests before ``sums_before_ms`` were removed: a quarter hour of them
    is one point, and belongs to the range that contains its start.
    """

    from_ms: int
    to_ms: int
    bucket_s: int | None
    by: GroupBy
    series: tuple[Series, ...]
    total: Credits
    requests: int
    gaps: tuple[Gap, ...] = ()
    differences: tuple[Difference, ...] = ()
    sums_before_ms: int | None = None
    versions: Versions = Versions()

    @property
    def revision(self) -> int:
        """The newest revision that the curve contains."""
        return self.versions.revision


class OnlySumsError(Exception):
    """Single requests were asked for, but some were removed: only their sums are known."""

    def __init__(self, before_ms: int, bucket_s: int) -> None:
        super().__init__(f"only sums before {before_ms}; ask for bucket={bucket_s}")
        self.before_ms = before_ms
        self.bucket_s = bucket_s


class TooManyRequestsError(Exception):
    """Single requests were asked for over a range that contains too many of them."""

    def __init__(self, requests: int, bucket_s: int) -> None:
        super().__init__(f"{requests} requests; ask for bucket={bucket_s}")
        self.requests = requests
        self.bucket_s = bucket_s


class Run(msgspec.Struct, frozen=True):
    """Consecutive buckets of equal length; the first starts at ``from_ms``."""

    from_ms: int
    to_ms: int
    bucket_ms: int

    @property
    def level_s(self) -> int | None:
        """The coarsest stored sums that make up these buckets; None if only rows do."""
        for level_s in LEVELS_S:
            if self.bucket_ms % (level_s * 1000) == 0 and self.from_ms % (level_s * 1000) == 0:
                return level_s
        return None


def finest_bucket(span_ms: int) -> int:
    """Return the finest bucket that keeps a series over ``span_ms`` under 2,000 points."""
    for bucket_s in BUCKETS_S:
        if span_ms <= bucket_s * 1000 * (MAX_AUTO_POINTS - 2):  # both ends may cut a bucket
            return bucket_s
    return BUCKETS_S[-1]


def runs(from_ms: int, to_ms: int, bucket_s: int, zone: tzinfo | None) -> Iterator[Run]:
    """Yield the buckets that cover ``[from_ms, to_ms)``, as few runs as possible.

    A day on which the clocks change has another length, and is a separate run.
    """
    if bucket_s != DAY_S or zone is None:
        bucket_ms = bucket_s * 1000
        yield Run(from_ms // bucket_ms * bucket_ms, -(-to_ms // bucket_ms) * bucket_ms, bucket_ms)
        return
    run: Run | None = None
    for start, end in pairwise(midnights(from_ms, to_ms, zone)):
        if run is not None and run.bucket_ms == end - start:
            run = Run(run.from_ms, end, run.bucket_ms)
            continue
        if run is not None:
            yield run
        run = Run(start, end, end - start)
    if run is not None:
        yield run


def ranked(series: Iterable[Series]) -> tuple[Series, ...]:
    """Sort series by credits, the highest first, then by key; the sum of the others is last."""
    by_key = sorted(series, key=lambda one: one.key)
    by_total = sorted(by_key, key=lambda one: one.total, reverse=True)
    return tuple(sorted(by_total, key=lambda one: one.others > 0))


def midnights(from_ms: int, to_ms: int, zone: tzinfo) -> Iterator[int]:
    """Yield the starts of a zone's days, from the day of ``from_ms`` to the first after the end.

    A midnight that the clocks skip is the moment of the change; of two, the first counts. A day
    that was skipped completely is left out.
    """
    day = datetime.fromtimestamp(from_ms // 1000, zone).date()
    last: int | None = None
    while last is None or last < to_ms:
        start = _midnight(day, zone)
        if last is None or start > last:
            yield start
            last = start
        day += timedelta(days=1)


def _midnight(day: date, zone: tzinfo) -> int:
    local = datetime.combine(day, time(), tzinfo=zone)
    return round(local.astimezone(UTC).timestamp()) * 1000
