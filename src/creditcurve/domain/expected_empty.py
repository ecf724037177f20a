"""When the balance is expected to be empty: one instant, for alerts.

It is the median of the simulated paths where the history is enough, and otherwise the end at the
present pace. The range of ``run_out`` is compared with the past, which takes much longer.
"""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import Final

from creditcurve.domain.credits import Credits
from creditcurve.domain.curve import midnights
from creditcurve.domain.forecast import PACE_HOURS, lack_of_history, line_instant
from creditcurve.domain.hours_ahead import HORIZON_DAYS, days_to_come
from creditcurve.domain.instant import DAY_MS, HOUR_MS
from creditcurve.domain.median import median_low
from creditcurve.domain.paths import AccountState, empty_instants
from creditcurve.domain.situation import Situation, account_state
from creditcurve.domain.spending import PastDay, Spending

PATHS: Final = 100
PATHS_OF_THE_PAST: Final = 40


def expected_empty_ms(at: Situation, random: Random) -> int | None:
    """Return the instant, at most ``HORIZON_DAYS`` from now; None without a balance."""
    balance = None if at.account is None else at.account.balance
    if balance is None:
        return None
    if balance <= 0:
        return at.now_ms
    past = at.spending.days()
    if lack_of_history(past, coverage=at.coverage) is not None:
        return _by_pace(float(balance), at.recent, at.now_ms, HORIZON_DAYS)
    to_come = days_to_come(at.now_ms, at.zone)
    instants = empty_instants(account_state(at, float(balance)), past, to_come, random, paths=PATHS)
    return _median(instants, at.now_ms + HORIZON_DAYS * DAY_MS)


class PastExpectations:
    """The expectations of past hours, from the days before each of them."""

    def __init__(self, spending: Spending, *, within_h: float, random: Random) -> None:
        """Prepare for a history.

        Args:
            spending: the history.
            within_h: how far ahead paths are followed; later ends are the end of that time.
            random: equal generators give equal answers.
        """
        self._spending = spending
        self._days = min(HORIZON_DAYS, math.ceil(within_h / 24) + 1)
        self._random = random

    def by_hour(
        self, from_ms: int, balance_at: Callable[[int], Credits | None]
    ) -> Iterator[tuple[int, int]]:
        """Yield the starts of hours, and when the balance was then expected to be empty."""
        to_ms = self._spending.to_ms
        for start, end in pairwise(midnights(from_ms, to_ms, self._spending.zone)):
            past = self._spending.days(until_ms=start)
            for at_ms in range(start, min(end, to_ms), HOUR_MS):
                balance = balance_at(at_ms)
                if at_ms >= from_ms and balance is not None:
                    yield at_ms, self._expected(past, float(balance), at_ms)

    def _expected(self, past: tuple[PastDay, ...], balance: float, at_ms: int) -> int:
        if balance <= 0:
            return at_ms
        if lack_of_history(past, coverage=1.0) is not None:
            spent = self._spending.between(at_ms - PACE_HOURS * HOUR_MS, at_ms)
            return _by_pace(balance, spent, at_ms, self._days)
        to_come = days_to_come(at_ms, self._spending.zone, self._days)
        account = AccountState(balance=balance)
        instants = empty_instants(account, past, to_come, self._random, paths=PATHS_OF_THE_PAST)
        return _median(instants, at_ms + self._days * DAY_MS)


def _by_pace(balance: float, spent: float, now_ms: int, days: int) -> int:
    horizon_ms = now_ms + days * DAY_MS
    return min(line_instant(balance, spent, now_ms) or horizon_ms, horizon_ms)


def _median(instants: list[int | None], horizon_ms: int) -> int:
    return median_low(horizon_ms if one is None else one for one in instants)
