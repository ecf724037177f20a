"""The forecast, repeated at past instants and compared with what followed.

A range that contains the truth less often than a straight line of equal width is not worth showing.
"""

from random import Random
from typing import Final

import msgspec

from creditcurve.domain.forecast import (
    PACE_HOURS,
    EmptyAt,
    lack_of_history,
    line_instant,
    quantiles,
)
from creditcurve.domain.hours_ahead import HoursAhead
from creditcurve.domain.instant import HOUR_MS
from creditcurve.domain.paths import AccountState, days_like, empty_instants
from creditcurve.domain.spending import Spending

PATHS: Final = 100
ORIGIN_HOURS: Final = (9, 13, 18)
TOLERANCE: Final = 0.1
"""The share by which the balance may differ from that of a kept test."""


class BackTest(msgspec.Struct, frozen=True):
    """How the method did on the user's own past.

    Attributes:
        held: the share of trials whose truth was inside the range.
        line: the same for a range of equal width around a straight line.
        n: the number of trials.
    """

    held: float
    line: float
    n: int


class KeptBackTest:
    """The back test of the present history, made again only when that or the balance has changed.

    A trial starts with the present balance, which changes with each request. Whether the method
    is better than a line does not depend on a tenth of it, but the trials take most of the time
    of a forecast.
    """

    def __init__(self) -> None:
        self._balance = 0.0
        self._spending: Spending | None = None
        self._found: BackTest | None = None

    def __call__(self, balance: float, spending: Spending, random: Random) -> BackTest | None:
        """Return the test of this history with this balance, or with one close to it."""
        is_close = abs(balance - self._balance) <= TOLERANCE * self._balance
        if self._spending != spending or not is_close:
            self._found = back_test(balance, spending, random)
            self._balance, self._spending = balance, spending
        return self._found


class _Trial(msgspec.Struct, frozen=True):
    held: bool
    line: bool


def back_test(balance: float, spending: Spending, random: Random) -> BackTest | None:
    """Try the forecast at 9, 13 and 18 o'clock of every past day, each time with this balance.

    A trial knows only the days before it. One whose balance would still last today is left out.

    Returns:
        None without a trial.
    """
    ahead = HoursAhead(spending.zone)
    trials = [
        trial
        for origin_ms in spending.instants_at(*ORIGIN_HOURS)
        if (trial := _trial(balance, spending, ahead, origin_ms, random)) is not None
    ]
    if not trials:
        return None
    n = len(trials)
    held, line = sum(one.held for one in trials), sum(one.line for one in trials)
    return BackTest(held / n, line / n, n)


def _trial(
    balance: float, spending: Spending, ahead: HoursAhead, origin_ms: int, random: Random
) -> _Trial | None:
    truth_ms = spending.instant_after(origin_ms, balance)
    past = spending.days(until_ms=origin_ms)
    if truth_ms is None or lack_of_history(past, coverage=1.0) is not None:
        return None
    to_come = ahead.days(origin_ms)
    account = AccountState(balance=balance)
    instants = empty_instants(account, past, to_come, random, paths=PATHS)
    band = quantiles(instants, len(days_like(past, to_come[0].day_class)))
    if band.p10 is None:
        return None
    spent = spending.between(origin_ms - PACE_HOURS * HOUR_MS, origin_ms)
    line_ms = line_instant(balance, spent, origin_ms)
    return _Trial(
        held=band.p10 <= truth_ms and (band.p90 is None or truth_ms <= band.p90),
        line=line_ms is not None and _is_near(line_ms, truth_ms, band),
    )


def _is_near(line_ms: int, truth_ms: int, band: EmptyAt) -> bool:
    if band.p10 is None or band.p90 is None:
        return truth_ms >= line_ms
    return abs(truth_ms - line_ms) <= (band.p90 - band.p10) / 2
