"""Reconciliation: compares the site's own sum of each hour with ours.

The chart endpoint returns the consumption of each hour by the site's own count, independent of our
records. If both sums agree, nothing is missing; if they differ, the hour and both sums are
reported. The chart may count in another unit: a constant factor is detected, and is no difference.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec

from creditcurve.domain.credits import Credits, normal, total
from creditcurve.domain.instant import HOUR_MS

SETTLE_MS: Final = 120_000
"""The site reports a request some time after it was made: an hour is full only then."""
UNIT_HOURS: Final = 168
"""The number of newest hours that decide the unit."""
WITNESSES: Final = 3
"""The number of hours that an unknown factor must explain to be believed."""

_THOUSAND: Final = Fraction(1_000)
_KNOWN_UNITS: Final = (Fraction(1), _THOUSAND, 1 / _THOUSAND)
"""The same number, or thousandths of it (public clients of the site divide credits by 1,000)."""
_PLACES: Final = Decimal("0.000001")


class ChartHour(msgspec.Struct, frozen=True):
    """The site's own sum of one hour; ``t_ms`` is the start of the hour, in UTC."""

    t_ms: int
    consumed: Credits


class HourSums(msgspec.Struct, frozen=True, kw_only=True):
    """Both sums of one full hour.

    Attributes:
        t_ms: the start of the hour.
        theirs: the site's sum, in the site's unit.
        counted: the sum of our records that count.
        other: the sum of our records that do not count, yet cost credits.
        is_whole: whether the hour has no gap.
    """

    t_ms: int
    theirs: Credits
    counted: Credits
    other: Credits
    is_whole: bool


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """An hour whose sums differ, both in our unit. ``in_gap``: it contains a known gap."""

    t_ms: int
    ours: Credits
    theirs: Credits
    in_gap: bool


class Reconciliation(msgspec.Struct, frozen=True, kw_only=True):
    """The result of comparing the newest hours.

    Attributes:
        at_ms: when the site's sums were last read.
        hours: how many full hours were compared: those that agree or differ.
        agree: how many of them have the same sum.
        in_gap: how many more differ because they contain a known gap.
        factor: the site's number for one credit of ours.
    """

    at_ms: int
    hours: int
    agree: int
    in_gap: int
    factor: float


def full_hours(chart: Sequence[ChartHour], *, at_ms: int) -> tuple[ChartHour, ...]:
    """Return the hours of a chart that were over when it was read; none if its rows are not hours.

    Args:
        chart: the rows, in any order.
        at_ms: when it was read; the hour in progress is left out.
    """
    by_start = {row.t_ms: row for row in chart}
    starts = sorted(by_start)
    is_hourly = any(later - earlier == HOUR_MS for earlier, later in pairwise(starts))
    if not is_hourly or any(start % HOUR_MS for start in starts):
        return ()
    end_ms = at_ms - SETTLE_MS
    return tuple(by_start[start] for start in starts if start + HOUR_MS <= end_ms)


def unit_factor(hours: Iterable[HourSums]) -> Fraction:
    """Return the site's number for one credit of ours.

    One, unless another factor explains more than half of the usable hours, and more of them than
    one does. Thousandths are a known unit and need one such hour, any other factor three.
    """
    telling = [hour for hour in hours if hour.is_whole and hour.counted > 0 and hour.theirs > 0]
    ratios = Counter(Fraction(hour.theirs) / Fraction(hour.counted) for hour in telling)
    candidates = (*_KNOWN_UNITS, *(ratio for ratio, _ in ratios.most_common(1)))
    votes = {factor: sum(_agrees(hour, factor) for hour in telling) for factor in candidates}
    best = max(votes, key=votes.__getitem__)
    needed = 1 if best in _KNOWN_UNITS else WITNESSES
    is_believed = votes[best] >= needed and 2 * votes[best] > len(telling)
    return best if is_believed else Fraction(1)


def differences(hours: Iterable[HourSums], factor: Fraction) -> tuple[Difference, ...]:
    """Return the hours whose sums differ, in order."""
    return tuple(
        Difference(
            t_ms=hour.t_ms,
            ours=hour.counted,
            theirs=_in_our_unit(hour.theirs, factor),
            in_gap=not hour.is_whole,
        )
        for hour in hours
        if not _agrees(hour, factor)
    )


def reconciled(hours: Sequence[HourSums], factor: Fraction, *, at_ms: int) -> Reconciliation:
    """Count the hours by the result of their comparison."""
    found = differences(hours, factor)
    in_gap = sum(difference.in_gap for difference in found)
    return Reconciliation(
        at_ms=at_ms,
        hours=len(hours) - in_gap,
        agree=len(hours) - len(found),
        in_gap=in_gap,
        factor=float(factor),
    )


def _agrees(hour: HourSums, factor: Fraction) -> bool:
    """Return whether the site's sum is ours, with or without records that do not count."""
    sums = (hour.counted, total((hour.counted, hour.other)))
    if factor == 1:
        return hour.theirs in sums
    slack = _slack(hour.theirs, factor)
    return any(abs(Fraction(ours) * factor - Fraction(hour.theirs)) <= slack for ours in sums)


def _slack(theirs: Credits, factor: Fraction) -> Fraction:
    """Return half a unit in the last place: a number in a coarser unit was rounded."""
    if factor >= 1:
        return Fraction(0)
    exponent = Decimal(theirs).as_tuple().exponent
    return Fraction(10) ** min(int(exponent), 0) / 2


def _in_our_unit(theirs: Credits, factor: Fraction) -> Credits:
    if factor == 1:
        return theirs
    exact = Fraction(theirs) / factor
    return normal((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES))
