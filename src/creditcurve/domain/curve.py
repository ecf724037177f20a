"""The curve: series of points over a range, and the bucket they are summed in."""

from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.coverage import Gap
from creditcurve.domain.credits import Credits

BUCKETS_S: Final = (10, 60, 300, 900, 3_600, 86_400)
"""The buckets ``auto`` chooses from, finest first, in seconds."""
MAX_AUTO_POINTS: Final = 2_000
"""``auto`` shows single requests, and keeps a bucketed series, up to this many points."""
MAX_SINGLE_REQUESTS: Final = 100_000
"""More single requests than this are refused with the bucket to ask for."""


class GroupBy(StrEnum):
    """What a series is a series of."""

    MODEL = "model"
    API_KEY = "api_key"
    ENDPOINT = "endpoint"


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One line: columns of equal length.

    ``t`` are milliseconds since 1970 (a bucket's start, or the request's own time), ``v`` credits,
    ``n`` requests at that point; ``last`` is the credits of the newest single request in the range.
    """

    key: str
    t: list[int]
    v: list[Credits]
    n: list[int]
    total: Credits
    requests: int
    last: Credits


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """All series of a range ``[from_ms, to_ms)``; ``bucket_s`` is None for single requests."""

    from_ms: int
    to_ms: int
    bucket_s: int | None
    by: GroupBy
    revision: int
    series: tuple[Series, ...]
    gaps: tuple[Gap, ...]
    total: Credits
    requests: int


class TooManyRequests(Exception):  # noqa: N818 - it is a refusal of a question, not an error
    """Single requests were asked for over a range that holds too many of them."""

    def __init__(self, requests: int, bucket_s: int) -> None:
        super().__init__(f"{requests} requests; ask for bucket={bucket_s}")
        self.requests = requests
        self.bucket_s = bucket_s


def finest_bucket(span_ms: int) -> int:
    """The finest bucket that keeps a series over ``span_ms`` under 2,000 points."""
    for bucket_s in BUCKETS_S:
        if span_ms <= bucket_s * 1000 * (MAX_AUTO_POINTS - 1):
            return bucket_s
    return BUCKETS_S[-1]
