"""When the balance runs out: a range where it can be given, otherwise the reason; and the pace."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from random import Random

import msgspec

from creditcurve.domain.back_test import BackTest, back_test
from creditcurve.domain.curve import midnights
from creditcurve.domain.forecast import (
    PACE_HOURS,
    EmptyAt,
    Unavailable,
    chance_before,
    lack_of_history,
    line_instant,
    quantiles,
)
from creditcurve.domain.hours_ahead import HORIZON_DAYS, days_to_come
from creditcurve.domain.instant import DAY_MS
from creditcurve.domain.paths import days_like, empty_instants
from creditcurve.domain.situation import Situation, account_state
from creditcurve.domain.spending import Spending

Tester = Callable[[float, Spending, Random], BackTest | None]


class Milestone(StrEnum):
    """An instant that the balance may or may not reach."""

    PLAN_END = "plan_end"
    RESET = "reset"
    MIDNIGHT = "midnight"


class Chance(msgspec.Struct, frozen=True):
    """The probability, 0 to 1, that the balance reaches zero before an instant."""

    before: Milestone
    at_ms: int
    p: float


class RunOut(msgspec.Struct, frozen=True, kw_only=True):
    """When the balance runs out.

    Attributes:
        reason: why there is no range; None where there is one.
        empty_at: the range.
        chances: by milestone, with a range only.
        pace_per_h: the mean of the last ``PACE_HOURS``.
        pace_empty_ms: when the balance ends at that pace; None if it does not within a year.
        back_test: how the method did on the past; None if it could not be tried.
    """

    reason: Unavailable | None
    empty_at: EmptyAt | None = None
    chances: tuple[Chance, ...] = ()
    pace_per_h: float = 0.0
    pace_empty_ms: int | None = None
    back_test: BackTest | None = None


def run_out(at: Situation, random: Random, test: Tester = back_test) -> RunOut:
    """Return when the balance runs out; equal generators give equal answers.

    Args:
        at: everything that the answer depends on.
        random: draws the paths.
        test: tries the method on the past.
    """
    balance = None if at.account is None else at.account.balance
    pace = at.recent / PACE_HOURS
    if balance is None or balance <= 0:
        reason = Unavailable.NO_BALANCE if balance is None else Unavailable.EMPTY
        return RunOut(reason=reason, pace_per_h=pace)
    found = RunOut(
        reason=lack_of_history(at.spending.days(), coverage=at.coverage),
        pace_per_h=pace,
        pace_empty_ms=line_instant(float(balance), at.recent, at.now_ms),
    )
    if found.reason is not None:
        return found
    return _with_range(found, at, float(balance), random, test)


def _with_range(
    found: RunOut, at: Situation, balance: float, random: Random, test: Tester
) -> RunOut:
    """Add the range, unless a straight line did as well on the past."""
    past = at.spending.days()
    to_come = days_to_come(at.now_ms, at.zone)
    instants = empty_instants(account_state(at, balance), past, to_come, random)
    band = quantiles(instants, len(days_like(past, to_come[0].day_class)))
    tested = test(balance, at.spending, random)
    found = msgspec.structs.replace(found, back_test=tested)
    if band.p10 is None:
        return msgspec.structs.replace(found, reason=Unavailable.BEYOND_HORIZON)
    if tested is not None and tested.held <= tested.line:
        return msgspec.structs.replace(found, reason=Unavailable.BEATEN_BY_LINE)
    return msgspec.structs.replace(found, empty_at=band, chances=_chances(at, instants))


def _chances(at: Situation, instants: Sequence[int | None]) -> tuple[Chance, ...]:
    horizon_ms = at.now_ms + HORIZON_DAYS * DAY_MS
    return tuple(
        Chance(milestone, at_ms, chance_before(instants, at_ms))
        for milestone, at_ms in _milestones(at)
        if at.now_ms < at_ms <= horizon_ms
    )


def _milestones(at: Situation) -> Sequence[tuple[Milestone, int]]:
    found = []
    if at.account is not None and at.account.expires_at_ms is not None:
        found.append((Milestone.PLAN_END, at.account.expires_at_ms))
    if at.auto_reset.at is not None and at.account is not None and at.account.reset is not None:
        found.append((Milestone.RESET, _next_ms(at.auto_reset.at, at.now_ms, at.zone)))
    *_, midnight_ms = midnights(at.now_ms, at.now_ms + 1, at.zone)
    return [*found, (Milestone.MIDNIGHT, midnight_ms)]


def _next_ms(local: str, now_ms: int, zone: tzinfo) -> int:
    """Return the next instant with this local time."""
    today = datetime.fromtimestamp(now_ms / 1000, zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(3))
    at = (datetime.combine(day, time.fromisoformat(local), tzinfo=zone) for day in days)
    return next(ms for one in at if (ms := round(one.timestamp()) * 1000) > now_ms)
