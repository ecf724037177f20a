"""When the balance runs out: the quantiles of simulated paths, and the pace as a straight line."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.spending import PastDay

MIN_DAYS: Final = 14
MIN_ACTIVE_DAYS: Final = 7
MIN_COVERAGE: Final = 0.9
PACE_HOURS: Final = 3
OUTSIDE: Final = 0.1
"""The share of cases before the range, and after it."""
MAX_LINE_DAYS: Final = 365


class Unavailable(StrEnum):
    """Why there is no range."""

    NO_BALANCE = "no_balance"
    EMPTY = "empty"
    SHORT_HISTORY = "short_history"
    FEW_ACTIVE_DAYS = "few_active_days"
    LOW_COVERAGE = "low_coverage"
    BEYOND_HORIZON = "beyond_horizon"
    BEATEN_BY_LINE = "beaten_by_line"


class EmptyAt(msgspec.Struct, frozen=True):
    """Quantiles of when the balance reaches zero, ms since 1970.

    A quantile is None if it is beyond the horizon of the paths.
    """

    p10: int | None
    p50: int | None
    p90: int | None


def quantiles(instants: Sequence[int | None], days: int) -> EmptyAt:
    """Return the range; a path that never reaches zero counts as later than all others.

    Quantiles of a history of ``n`` days contain a new day less often than they should, by
    ``(n - 1) / (n + 1)``; the outer levels are widened by as much.

    Args:
        instants: at least one path.
        days: how many past days the paths draw today from, at least two.
    """
    reached = sorted(at for at in instants if at is not None)
    inside = (1 - 2 * OUTSIDE) * (days + 1) / (days - 1)
    low = max(0.0, (1 - inside) / 2)

    def at(level: float) -> int | None:
        index = round(level * (len(instants) - 1))
        return reached[index] if index < len(reached) else None

    return EmptyAt(at(low), at(0.5), at(1 - low))


def chance_before(instants: Sequence[int | None], at_ms: int) -> float:
    """Return the share of paths that reach zero before an instant."""
    return sum(one is not None and one < at_ms for one in instants) / len(instants)


def lack_of_history(past: Sequence[PastDay], *, coverage: float) -> Unavailable | None:
    """Return why the history is not enough for a range; None if it is.

    Args:
        past: the whole days that are known.
        coverage: the share of their time without a gap, 0 to 1.
    """
    if len(past) < MIN_DAYS:
        return Unavailable.SHORT_HISTORY
    if sum(day.is_active for day in past) < MIN_ACTIVE_DAYS:
        return Unavailable.FEW_ACTIVE_DAYS
    if coverage < MIN_COVERAGE:
        return Unavailable.LOW_COVERAGE
    return None


def line_instant(balance: float, spent: float, now_ms: int) -> int | None:
    """Return when a straight line reaches zero at the pace of the last ``PACE_HOURS``.

    Args:
        balance: the present one.
        spent: the amount of those hours.
        now_ms: the present.

    Returns:
        ms since 1970; None without spending, or beyond a year.
    """
    if spent <= 0:
        return None
    ahead_ms = balance / spent * PACE_HOURS * HOUR_MS
    return round(now_ms + ahead_ms) if ahead_ms < MAX_LINE_DAYS * DAY_MS else None
