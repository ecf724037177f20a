"""The costs of a series' requests: median and 95th percentile, and the time of the newest one."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final

import msgspec

from creditcurve.domain.credits import Credits, normal
from creditcurve.domain.versions import Versions

MEDIAN: Final = (1, 2)
P95: Final = (19, 20)

CountedAmount = tuple[Credits, int]
"""An amount, and how many requests cost it."""


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """The quantiles of the credits of a series' single requests; ``last_ms`` is the newest one."""

    key: str
    requests: int
    last_ms: int
    median: Credits
    p95: Credits


class RangeCosts(msgspec.Struct, frozen=True, kw_only=True):
    """The costs of a range's series, by key; none where single requests were removed."""

    series: tuple[Costs, ...]
    versions: Versions


def costs_of(key: str, amounts: Iterable[CountedAmount], last_ms: int) -> Costs:
    """Return the costs of a series with at least one request."""
    rising = sorted(amounts)
    return Costs(
        key=key,
        requests=sum(count for _, count in rising),
        last_ms=last_ms,
        median=quantile(rising, *MEDIAN),
        p95=quantile(rising, *P95),
    )


def quantile(rising: Sequence[CountedAmount], numerator: int, denominator: int) -> Credits:
    """Return a quantile by linear interpolation between neighbours (type 7), exactly."""
    ends = list(accumulate(count for _, count in rising))
    whole, rest = divmod((ends[-1] - 1) * numerator, denominator)
    low = _amount_at(rising, ends, whole)
    if not rest:
        return low
    high = _amount_at(rising, ends, whole + 1)
    return normal(low + (high - low) * rest / Decimal(denominator))


def _amount_at(rising: Sequence[CountedAmount], ends: Sequence[int], place: int) -> Credits:
    return next(amount for (amount, _), end in zip(rising, ends, strict=True) if place < end)
