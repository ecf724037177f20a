"""An example of an episode: for the preview of a message whose rule would not have fired."""

from collections.abc import Mapping

from creditcurve.domain.account import Account
from creditcurve.domain.alert import Kind, Rule
from creditcurve.domain.alert.judging import COOKIE_WARNING_MS, DISK_ALMOST_FULL
from creditcurve.domain.episode import Episode, State
from creditcurve.domain.instant import HOUR_MS


def example(rule: Rule, account: Account | None, now_ms: int) -> Episode:
    """Return an episode that begins now, with the value of the rule's threshold."""
    value = _threshold(rule, account)
    return Episode(
        rule=rule.id,
        state=State.FIRING,
        since_ms=now_ms,
        changed_ms=now_ms,
        value=value,
        peak=value,
        subject=rule.model or rule.api_key,
    )


def _threshold(rule: Rule, account: Account | None) -> float:
    """Return the rule's threshold; rules that count something fire at the first."""
    found: Mapping[Kind, float | None] = {
        Kind.SPEND: rule.above,
        Kind.AWAY: rule.above,
        Kind.RATE: rule.times_usual,
        Kind.BALANCE: _balance_of(rule, account),
        Kind.RUNS_OUT: rule.within_h,
        Kind.SILENCE: rule.minutes,
        Kind.COOKIE: COOKIE_WARNING_MS / HOUR_MS,
        Kind.DISK: DISK_ALMOST_FULL,
    }
    return found.get(rule.kind, 1.0) or 0.0


def _balance_of(rule: Rule, account: Account | None) -> float:
    if rule.below is not None:
        return rule.below
    maximum = None if account is None else account.maximum
    return 0.0 if maximum is None else float(maximum) / 10
