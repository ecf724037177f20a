"""Simulated paths of the balance: whole past days, resampled, under the rules of the account.

A path continues today with the rest of a past day of the same class (weekday or weekend) from the
same hour on, and then appends whole past days. Whole days keep together the hours that belong
together; independent hours would give a range that is far too narrow.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Final

import msgspec

from creditcurve.domain.hours_ahead import DayToCome, Slot
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.spending import PastDay
from creditcurve.domain.usual import DayClass

PATHS: Final = 300
MIN_CLASS_DAYS: Final = 8
EVERY_HOUR: Final = frozenset(range(24))

_Amounts = tuple[tuple[float, ...], float]
"""The amounts of a past day's hours, and their sum."""


class ResetRule(msgspec.Struct, frozen=True, kw_only=True):
    """When a reset is used automatically.

    Attributes:
        below: the balance at or below which one is used.
        hours: the local hours within which ``below`` applies.
        minute: the local minute of the day at which one is used.
        left: resets that remain today.
        per_day: resets of each later day.
    """

    below: float = -math.inf
    hours: frozenset[int] = EVERY_HOUR
    minute: int | None = None
    left: int = 0
    per_day: int = 0

    def is_due(self, slot: Slot, balance: float) -> bool:
        """Return whether a reset is used in an hour that ends with this balance."""
        is_low = balance <= self.below and slot.hour in self.hours
        end = slot.hour * 60 + 60
        return is_low or (self.minute is not None and slot.minute <= self.minute < end)


class AccountState(msgspec.Struct, frozen=True, kw_only=True):
    """The balance, and what changes it apart from spending.

    Attributes:
        balance: more than zero.
        recovery_per_h: credited per hour, up to ``maximum``.
        maximum: the balance after a reset, and the ceiling of recovery.
        resets: when a reset is used.
        plan_ends_ms: recovery and resets end with the plan, ms since 1970.
    """

    balance: float
    recovery_per_h: float = 0.0
    maximum: float = math.inf
    resets: ResetRule = ResetRule()
    plan_ends_ms: float = math.inf


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
    pools = {
        day_class: [(day.hours, sum(day.hours)) for day in days_like(past, day_class)]
        for day_class in DayClass
    }
    return [_empty_instant(account, _Draws(pools, random), to_come) for _ in range(paths)]


def days_like(past: Sequence[PastDay], day_class: DayClass) -> Sequence[PastDay]:
    """Return the days that a day of a class is drawn from: all of them if the class has few."""
    same = [day for day in past if day.day_class is day_class]
    return same if len(same) >= MIN_CLASS_DAYS else past


class _Draws:
    """The days of one path, drawn with random weights (the Bayesian bootstrap).

    A short history says little about how often each kind of day comes. Every path assumes other
    shares, so that the range is wide where the history is short.
    """

    def __init__(self, pools: Mapping[DayClass, Sequence[_Amounts]], random: Random) -> None:
        self._pools = pools
        self._random = random
        self._weights: dict[DayClass, Sequence[float]] = {}

    def day(self, day_class: DayClass) -> _Amounts:
        """Draw a past day."""
        days = self._pools[day_class]
        weights = self._weights.get(day_class)
        if weights is None:
            shares = (self._random.expovariate(1.0) for _ in days)
            weights = self._weights[day_class] = list(accumulate(shares))
        return self._random.choices(days, cum_weights=weights)[0]


def _empty_instant(
    account: AccountState, draws: _Draws, to_come: Sequence[DayToCome]
) -> int | None:
    balance, resets_left = account.balance, account.resets.left
    for number, day in enumerate(to_come):
        resets_left = account.resets.per_day if number else resets_left
        hours, amount = draws.day(day.day_class)
        # Only spending changes the balance of this day: its hours do not matter.
        if balance > amount and not resets_left and account.recovery_per_h == 0 and day.is_even:
            balance -= amount
            continue
        for slot in day.slots:
            has_plan = slot.start_ms < account.plan_ends_ms
            recovery = account.recovery_per_h if has_plan else 0.0
            spend = (hours[slot.hour] - recovery) * slot.share
            if resets_left and has_plan and account.resets.is_due(slot, balance - spend):
                resets_left -= 1
                balance = max(balance, account.maximum)
            elif balance <= spend:
                return slot.start_ms + round(balance / spend * slot.share * HOUR_MS)
            balance = _after(balance, spend, account.maximum)
    return None


def _after(balance: float, spend: float, maximum: float) -> float:
    """Return the balance after an hour; recovery stops at the maximum, extra credits stay."""
    return balance - spend if spend >= 0 else max(balance, min(balance - spend, maximum))
