"""When the balance runs out: whole past days, resampled, under the rules of the account.

A path continues today with the rest of a past day of the same class (weekday or weekend) from the
same hour on, and then appends whole past days. Whole days keep together the hours that belong
together; independent hours would give a range that is far too narrow. The quantiles of many paths
are the range.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from itertools import accumulate, pairwise
from random import Random
from typing import Final

import msgspec

from creditcurve.domain.curve import midnights
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.spending import PastDay
from creditcurve.domain.usual import DayClass, class_of

PATHS: Final = 300
HORIZON_DAYS: Final = 45
MIN_DAYS: Final = 14
MIN_ACTIVE_DAYS: Final = 7
MIN_COVERAGE: Final = 0.9
MIN_CLASS_DAYS: Final = 8
PACE_HOURS: Final = 3
OUTSIDE: Final = 0.1
"""The share of cases before the range, and after it."""
MAX_LINE_DAYS: Final = 365

_Pools = Mapping[DayClass, tuple[Sequence[PastDay], Sequence[float]]]


class Unavailable(StrEnum):
    """Why there is no range."""

    NO_BALANCE = "no_balance"
    EMPTY = "empty"
    SHORT_HISTORY = "short_history"
    FEW_ACTIVE_DAYS = "few_active_days"
    LOW_COVERAGE = "low_coverage"
    BEYOND_HORIZON = "beyond_horizon"
    BEATEN_BY_LINE = "beaten_by_line"


class AccountState(msgspec.Struct, frozen=True, kw_only=True):
    """The balance, and what changes it apart from spending.

    Attributes:
        balance: more than zero.
        recovery_per_h: credited per hour, up to ``maximum``.
        maximum: the balance after a reset, and the ceiling of recovery.
        resets_at: the balance at or below which a reset is used automatically.
        resets_hour: the local hour at which a reset is used automatically.
        resets_left: automatic resets that remain today.
        resets_per_day: automatic resets of each later day.
    """

    balance: float
    recovery_per_h: float = 0.0
    maximum: float = math.inf
    resets_at: float = -math.inf
    resets_hour: int | None = None
    resets_left: int = 0
    resets_per_day: int = 0


class EmptyAt(msgspec.Struct, frozen=True):
    """Quantiles of when the balance reaches zero, ms since 1970.

    A quantile is None if it is later than ``HORIZON_DAYS`` from now.
    """

    p10: int | None
    p50: int | None
    p90: int | None


class Slot(msgspec.Struct, frozen=True):
    """An hour to come: where it starts, the share of it that remains, and its local hour."""

    start_ms: int
    share: float
    hour: int


class DayToCome(msgspec.Struct, frozen=True):
    """A day to come; the first begins now, the others at midnight."""

    day_class: DayClass
    slots: tuple[Slot, ...]


def days_to_come(now_ms: int, zone: tzinfo, days: int = HORIZON_DAYS) -> tuple[DayToCome, ...]:
    """Return the rest of today and the days after it, each in hours."""
    found = []
    for start, end in pairwise(midnights(now_ms, now_ms + days * DAY_MS, zone)):
        slots = tuple(
            _slot(at_ms, now_ms, zone)
            for at_ms in range(start, end, HOUR_MS)
            if at_ms + HOUR_MS > now_ms
        )
        if slots:
            found.append(DayToCome(class_of(_local(start, zone)), slots))
    return tuple(found)


def empty_instants(
    account: AccountState,
    past: Sequence[PastDay],
    to_come: Sequence[DayToCome],
    random: Random,
    *,
    paths: int = PATHS,
) -> list[int | None]:
    """Simulate paths; return when each reaches zero (ms since 1970), None beyond the horizon.

    Args:
        account: every path starts from this state.
        past: at least one day.
        to_come: the days to simulate.
        random: equal generators give equal paths.
        paths: how many.
    """
    pools = _by_class(past)
    return [
        _empty_instant(account, _weighted(pools, random), to_come, random) for _ in range(paths)
    ]


def quantiles(instants: Sequence[int | None], days: int) -> EmptyAt:
    """Return the range; a path that never reaches zero counts as later than all others.

    Quantiles of a history of ``n`` days contain a new day less often than they should, by
    ``(n - 1) / (n + 1)``; the outer levels are widened by as much.

    Args:
        instants: at least one path.
        days: how many past days the paths were drawn from, at least two.
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


def _by_class(past: Sequence[PastDay]) -> dict[DayClass, Sequence[PastDay]]:
    """Group the days; a class with few days is drawn from all of them."""
    found: dict[DayClass, Sequence[PastDay]] = {}
    for day_class in DayClass:
        same = [day for day in past if day.day_class is day_class]
        found[day_class] = same if len(same) >= MIN_CLASS_DAYS else past
    return found


def _weighted(pools: Mapping[DayClass, Sequence[PastDay]], random: Random) -> _Pools:
    """Give the days of each pool random weights (the Bayesian bootstrap).

    A short history says little about how often each kind of day comes. Every path assumes other
    shares, so that the range is wide where the history is short.
    """
    return {
        day_class: (days, list(accumulate(random.expovariate(1.0) for _ in days)))
        for day_class, days in pools.items()
    }


def _empty_instant(
    account: AccountState, pools: _Pools, to_come: Sequence[DayToCome], random: Random
) -> int | None:
    balance, resets_left = account.balance, account.resets_left
    for number, day in enumerate(to_come):
        resets_left = account.resets_per_day if number else resets_left
        days, weights = pools[day.day_class]
        hours = random.choices(days, cum_weights=weights)[0].hours
        for slot in day.slots:
            spend = (hours[slot.hour] - account.recovery_per_h) * slot.share
            is_low = balance - spend <= account.resets_at
            if resets_left and (is_low or slot.hour == account.resets_hour):
                resets_left -= 1
                balance = account.maximum
            elif balance <= spend:
                return slot.start_ms + round(balance / spend * slot.share * HOUR_MS)
            balance = _after(balance, spend, account.maximum)
    return None


def _after(balance: float, spend: float, maximum: float) -> float:
    """Return the balance after an hour; recovery stops at the maximum, extra credits stay."""
    return balance - spend if spend >= 0 else max(balance, min(balance - spend, maximum))


def _slot(at_ms: int, now_ms: int, zone: tzinfo) -> Slot:
    share = min(1.0, (at_ms + HOUR_MS - now_ms) / HOUR_MS)
    return Slot(max(at_ms, now_ms), share, _local(at_ms, zone).hour)


def _local(at_ms: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, zone)
