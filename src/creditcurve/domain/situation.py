"""Everything that a forecast depends on, and the rules of the account in it."""

import math
from datetime import time, tzinfo

import msgspec

from creditcurve.domain.account import Account
from creditcurve.domain.paths import EVERY_HOUR, AccountState, ResetRule
from creditcurve.domain.reset import AutoReset
from creditcurve.domain.spending import Spending
from creditcurve.domain.timetable import LocalTime


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the answer depends on.

    Attributes:
        account: the newest reading.
        auto_reset: of the settings.
        was_reset_today: whether today's automatic reset has been used.
        spending: the past.
        coverage: the share of it without a gap, 0 to 1.
        recent: the amount of the last ``PACE_HOURS``.
        now_ms: the present.
        zone: whose hours and days are meant.
    """

    account: Account | None
    auto_reset: AutoReset
    was_reset_today: bool
    spending: Spending
    coverage: float
    recent: float
    now_ms: int
    zone: tzinfo


def account_state(at: Situation, balance: float) -> AccountState:
    """Return the balance and what changes it: recovery, and automatic resets if they are set up."""
    account = at.account
    if account is None:
        return AccountState(balance=balance)
    return AccountState(
        balance=balance,
        recovery_per_h=float(account.recovery_per_h or 0),
        maximum=math.inf if account.maximum is None else float(account.maximum),
        resets=_resets(at, account),
        plan_ends_ms=math.inf if account.expires_at_ms is None else account.expires_at_ms,
    )


def _resets(at: Situation, account: Account) -> ResetRule:
    rule = at.auto_reset
    if account.maximum is None or account.reset is None or rule == AutoReset():
        return ResetRule()
    is_used = at.was_reset_today or not account.reset.is_available
    return ResetRule(
        below=-math.inf if rule.below is None else float(rule.below),
        hours=EVERY_HOUR if rule.between is None else _hours_of(*rule.between),
        minute=None if rule.at is None else _minute_of(rule.at),
        left=0 if is_used else 1,
        per_day=1,
    )


def _hours_of(start: LocalTime, end: LocalTime) -> frozenset[int]:
    """Return the hours of the day that a window touches, over midnight where its end is earlier."""
    first, last = _minute_of(start), _minute_of(end)
    last += 24 * 60 if last <= first else 0
    return frozenset(minute // 60 % 24 for minute in range(first, last))


def _minute_of(local: LocalTime) -> int:
    at = time.fromisoformat(local)
    return at.hour * 60 + at.minute
