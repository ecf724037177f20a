"""From a rule and a snapshot to a verdict, one function for each kind of rule.

An unknown value (a failed poll, an account without a balance) gives no verdict, and then an alert
neither starts nor ends.
"""

import math
from collections.abc import Callable, Mapping
from typing import Final, Literal

from creditcurve.domain.alert.rule import Kind, Rule
from creditcurve.domain.alert.snapshot import Snapshot, away_question, spend_question
from creditcurve.domain.alert.verdict import Verdict, high, low
from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS

COOKIE_WARNING_MS: Final = 24 * HOUR_MS
DISK_ALMOST_FULL: Final = 0.05
DISK_RECOVERED: Final = 0.08
RATE_RECOVERED: Final = 0.8
BALANCE_RECOVERED: Final = 1.1
RUN_OUT_RECOVERED: Final = 1.25


def judge(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    """Return the verdict of a rule; None if a value that it needs is unknown."""
    return _JUDGES[rule.kind](rule, snapshot)


def _spend(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    question = spend_question(rule)
    value = None if question is None else snapshot.spend.get(question)
    if value is None or rule.above is None:
        return None
    recover_at = rule.above if rule.recover_at is None else rule.recover_at
    return high(float(value), rule.above, recover_at, subject=rule.model or rule.api_key)


def _rate(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    rate, usual = snapshot.rate_per_h, snapshot.usual_per_h
    if rate is None or not usual or rule.times_usual is None:
        return None
    default = RATE_RECOVERED * rule.times_usual
    recover_at = default if rule.recover_at is None else rule.recover_at
    return high(float(rate) / float(usual), rule.times_usual, recover_at)


def _balance(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.balance is None:
        return None
    below = rule.below
    if below is None:
        if snapshot.maximum is None:
            return None
        below = float(snapshot.maximum) / 10
    recover_at = BALANCE_RECOVERED * below if rule.recover_at is None else rule.recover_at
    return low(float(snapshot.balance), below, recover_at)


def _runs_out(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.runs_out_ms is None or rule.within_h is None:
        return None
    hours = max(0.0, (snapshot.runs_out_ms - snapshot.now_ms) / HOUR_MS)
    recover_at = RUN_OUT_RECOVERED * rule.within_h if rule.recover_at is None else rule.recover_at
    return low(hours, rule.within_h, recover_at, digits=1)


def _away(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    question = away_question(rule)
    value = None if question is None else snapshot.away.get(question)
    if value is None:
        return None
    return high(float(value), rule.above or 0.0, 0.0)


def _new_key(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.new_keys is None:
        return None
    return high(float(len(snapshot.new_keys)), 0.0, 0.0, subject=", ".join(snapshot.new_keys))


def _cookie(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.cookie in (None, CookieState.MISSING, CookieState.UNVERIFIED):
        return None
    is_dead = snapshot.cookie in (CookieState.INVALID, CookieState.UNREADABLE)
    expires_ms = snapshot.cookie_expires_ms
    left_ms = COOKIE_WARNING_MS if expires_ms is None else expires_ms - snapshot.now_ms
    fires = is_dead or left_ms < COOKIE_WARNING_MS
    hours = 0.0 if is_dead else max(0.0, left_ms / HOUR_MS)
    return Verdict(
        value=float(math.ceil(hours)),
        fires=fires,
        recovers=not fires,
        is_low_bad=True,
        subject=snapshot.cookie,
    )


def _silence(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if rule.minutes is None:
        return None
    if not snapshot.is_collecting:
        return Verdict(value=0, fires=False, recovers=True)
    if snapshot.last_success_ms is None:
        return None
    minutes = max(0.0, (snapshot.now_ms - snapshot.last_success_ms) / MINUTE_MS)
    return high(minutes, float(rule.minutes), float(rule.minutes), digits=0)


def _disk(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.disk_free is None:
        return None
    return low(snapshot.disk_free, DISK_ALMOST_FULL, DISK_RECOVERED, digits=3)


def _count(
    name: Literal["mismatches", "losses", "unreadable"],
) -> Callable[[Rule, Snapshot], Verdict | None]:
    def judge_count(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
        value: int | None = getattr(snapshot, name)
        return None if value is None else high(float(value), 0.0, 0.0)

    return judge_count


_JUDGES: Final[Mapping[Kind, Callable[[Rule, Snapshot], Verdict | None]]] = {
    Kind.SPEND: _spend,
    Kind.RATE: _rate,
    Kind.BALANCE: _balance,
    Kind.RUNS_OUT: _runs_out,
    Kind.AWAY: _away,
    Kind.NEW_KEY: _new_key,
    Kind.COOKIE: _cookie,
    Kind.SILENCE: _silence,
    Kind.MISMATCH: _count("mismatches"),
    Kind.LOSS: _count("losses"),
    Kind.UNREADABLE: _count("unreadable"),
    Kind.DISK: _disk,
}
