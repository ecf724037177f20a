"""Alert rules: pure functions from a snapshot to a value and a verdict.

A rule is judged against a ``Snapshot``. An unknown value (a failed poll, an account without a
balance) gives no verdict, and then an alert neither starts nor ends.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from creditcurve.domain.cookie_status import CookieState
from creditcurve.domain.credits import Credits
from creditcurve.domain.instant import HOUR_MS, MINUTE_MS
from creditcurve.domain.timetable import LocalTime

COOKIE_WARNING_MS: Final = 24 * HOUR_MS
DISK_ALMOST_FULL: Final = 0.05
DISK_RECOVERED: Final = 0.08
RATE_RECOVERED: Final = 0.8
BALANCE_RECOVERED: Final = 1.1


class Kind(StrEnum):
    """The quantity that a rule watches."""

    SPEND = "spend"
    RATE = "rate"
    BALANCE = "balance"
    RUNS_OUT = "runs_out"
    AWAY = "away"
    NEW_KEY = "new_key"
    COOKIE = "cookie"
    SILENCE = "silence"
    MISMATCH = "mismatch"
    LOSS = "loss"
    UNREADABLE = "unreadable"
    DISK = "disk"


class SpendQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Credits of the last ``window_s``, of one model or one API key where it is named."""

    window_s: int
    model: str | None = None
    api_key: str | None = None


class AwayQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Credits since the away hours began; zero outside them."""

    start: str
    end: str


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that rules are judged by, at one instant.

    A field is None, and a question is missing from its mapping, where the answer is not known.

    Attributes:
        now_ms: the instant, ms since 1970.
        spend: credits by question.
        away: credits by question.
        rate_per_h: credits per hour over the last 15 minutes.
        usual_per_h: the usual rate of this hour (its 75th percentile).
        balance: in the account's unit.
        maximum: the daily maximum, or the highest balance of the last 30 days.
        runs_out_ms: when the balance is empty, by the median of the forecast.
        new_keys: API keys first seen within the last day.
        cookie: the cookie's state.
        cookie_expires_ms: when the login ends.
        is_collecting: whether polls are due at all.
        last_success_ms: the last good poll, or the start of collecting.
        mismatches: hours whose sums differ from the site's outside known gaps.
        losses: possible losses within the last day.
        unreadable: quarantined rows.
        disk_free: the free share of the data folder's disk, 0 to 1.
    """

    now_ms: int
    spend: Mapping[SpendQuestion, Credits] = {}
    away: Mapping[AwayQuestion, Credits] = {}
    rate_per_h: Credits | None = None
    usual_per_h: Credits | None = None
    balance: Credits | None = None
    maximum: Credits | None = None
    runs_out_ms: int | None = None
    new_keys: tuple[str, ...] | None = None
    cookie: CookieState | None = None
    cookie_expires_ms: int | None = None
    is_collecting: bool = True
    last_success_ms: int | None = None
    mismatches: int | None = None
    losses: int | None = None
    unreadable: int | None = None
    disk_free: float | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a rule.

    Attributes:
        value: the figure that was compared.
        fires: whether it is beyond the threshold.
        recovers: whether it is within the threshold of recovery; never together with ``fires``.
        is_low_bad: whether a lower value is farther beyond the threshold.
        subject: a model, an API key or a cookie state that the message names.
    """

    value: float
    fires: bool
    recovers: bool
    is_low_bad: bool = False
    subject: str | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule. The fields of its kind are set, the others are None.

    Attributes:
        id: assigned by the store.
        kind: the quantity that it watches.
        enabled: whether it is judged.
        channels: ids of the channels that get its messages, in the order they are tried.
        window_s: ``spend``: seconds.
        above: ``spend``: credits.
        model: ``spend``: only this model.
        api_key: ``spend``: only this API key.
        times_usual: ``rate``: the factor.
        below: ``balance``: an amount; None means a tenth of the maximum.
        within_h: ``runs_out``: hours.
        start: ``away``: local time.
        end: ``away``: local time.
        minutes: ``silence``: minutes without a good poll.
        for_s: how long the threshold must be crossed before the alert fires, and be kept before it
            is over.
        recover_at: it recovers at this value; None uses the distance of its kind.
        repeat_s: the time between repeated messages; None sends one.
        urgent: whether it passes quiet hours.
    """

    id: str
    kind: Kind
    enabled: bool = True
    channels: tuple[str, ...] = ()
    window_s: Annotated[int, Meta(ge=60, le=31 * 86_400)] | None = None
    above: Annotated[float, Meta(ge=0)] | None = None
    model: Annotated[str, Meta(max_length=256)] | None = None
    api_key: Annotated[str, Meta(max_length=256)] | None = None
    times_usual: Annotated[float, Meta(gt=0, le=1_000)] | None = None
    below: Annotated[float, Meta(ge=0)] | None = None
    within_h: Annotated[float, Meta(gt=0, le=720)] | None = None
    start: LocalTime | None = None
    end: LocalTime | None = None
    minutes: Annotated[int, Meta(ge=1, le=10_080)] | None = None
    for_s: Annotated[int, Meta(ge=0, le=86_400)] = 0
    recover_at: float | None = None
    repeat_s: Annotated[int, Meta(ge=60, le=7 * 86_400)] | None = None
    urgent: bool = False


REQUIRED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SPEND: ("window_s", "above"),
    Kind.RATE: ("times_usual",),
    Kind.RUNS_OUT: ("within_h",),
    Kind.AWAY: ("start", "end"),
    Kind.SILENCE: ("minutes",),
}
"""The fields that a kind needs."""
OPTIONAL: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SPEND: ("model", "api_key"),
    Kind.BALANCE: ("below",),
    Kind.AWAY: ("above",),
}
"""The fields of a kind that may be left out."""
COMMON: Final = frozenset(
    {"id", "kind", "enabled", "channels", "for_s", "recover_at", "repeat_s", "urgent"}
)
DEFAULT_RULES: Final = (
    Rule(id="cookie", kind=Kind.COOKIE, urgent=True),
    Rule(id="silence", kind=Kind.SILENCE, minutes=30),
    Rule(id="balance", kind=Kind.BALANCE),
)


class RuleError(ValueError):
    """A rule lacks a field of its kind, or has one of another kind; ``field`` names it."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


def check(rule: Rule) -> None:
    """Check that a rule has exactly the fields of its kind.

    Raises:
        RuleError: it has not.
    """
    required = REQUIRED.get(rule.kind, ())
    allowed = {*COMMON, *required, *OPTIONAL.get(rule.kind, ())}
    for name in rule.__struct_fields__:
        is_set = getattr(rule, name) is not None
        if name in required and not is_set:
            raise RuleError(name, f"A rule of kind {rule.kind} needs {name}.")
        if name not in allowed and is_set:
            raise RuleError(name, f"A rule of kind {rule.kind} has no {name}.")
    if rule.model is not None and rule.api_key is not None:
        raise RuleError("api_key", "A rule watches one model or one API key, not both.")


def judge(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    """Return the verdict of a rule; None if a value that it needs is unknown."""
    return _JUDGES[rule.kind](rule, snapshot)


def spend_question(rule: Rule) -> SpendQuestion | None:
    """Return the question of a rule to the stored sums, if it has one."""
    if rule.kind is not Kind.SPEND or rule.window_s is None:
        return None
    return SpendQuestion(window_s=rule.window_s, model=rule.model, api_key=rule.api_key)


def away_question(rule: Rule) -> AwayQuestion | None:
    """Return the away hours that a rule asks about, if it does."""
    if rule.kind is not Kind.AWAY or rule.start is None or rule.end is None:
        return None
    return AwayQuestion(start=rule.start, end=rule.end)


def _spend(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    question = spend_question(rule)
    value = None if question is None else snapshot.spend.get(question)
    if value is None or rule.above is None:
        return None
    recover_at = rule.above if rule.recover_at is None else rule.recover_at
    return _high(float(value), rule.above, recover_at, subject=rule.model or rule.api_key)


def _rate(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    rate, usual = snapshot.rate_per_h, snapshot.usual_per_h
    if rate is None or not usual or rule.times_usual is None:
        return None
    default = RATE_RECOVERED * rule.times_usual
    recover_at = default if rule.recover_at is None else rule.recover_at
    return _high(float(rate) / float(usual), rule.times_usual, recover_at)


def _balance(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.balance is None:
        return None
    below = rule.below
    if below is None:
        if snapshot.maximum is None:
            return None
        below = float(snapshot.maximum) / 10
    recover_at = BALANCE_RECOVERED * below if rule.recover_at is None else rule.recover_at
    return _low(float(snapshot.balance), below, recover_at)


def _runs_out(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.runs_out_ms is None or rule.within_h is None:
        return None
    hours = max(0.0, (snapshot.runs_out_ms - snapshot.now_ms) / HOUR_MS)
    recover_at = 1.25 * rule.within_h if rule.recover_at is None else rule.recover_at
    return _low(hours, rule.within_h, recover_at)


def _away(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    question = away_question(rule)
    value = None if question is None else snapshot.away.get(question)
    if value is None:
        return None
    return _high(float(value), rule.above or 0.0, 0.0)


def _new_key(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.new_keys is None:
        return None
    return _high(float(len(snapshot.new_keys)), 0.0, 0.0, subject=", ".join(snapshot.new_keys))


def _cookie(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.cookie in (None, CookieState.MISSING, CookieState.UNVERIFIED):
        return None
    is_dead = snapshot.cookie in (CookieState.INVALID, CookieState.UNREADABLE)
    expires_ms = snapshot.cookie_expires_ms
    left_ms = COOKIE_WARNING_MS if expires_ms is None else expires_ms - snapshot.now_ms
    fires = is_dead or left_ms < COOKIE_WARNING_MS
    hours = 0.0 if is_dead else max(0.0, left_ms / HOUR_MS)
    return Verdict(
        value=hours, fires=fires, recovers=not fires, is_low_bad=True, subject=snapshot.cookie
    )


def _silence(rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if rule.minutes is None:
        return None
    if not snapshot.is_collecting:
        return Verdict(value=0, fires=False, recovers=True)
    if snapshot.last_success_ms is None:
        return None
    minutes = max(0.0, (snapshot.now_ms - snapshot.last_success_ms) / MINUTE_MS)
    return _high(minutes, float(rule.minutes), float(rule.minutes))


def _disk(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
    if snapshot.disk_free is None:
        return None
    return _low(snapshot.disk_free, DISK_ALMOST_FULL, DISK_RECOVERED)


def _count(
    name: Literal["mismatches", "losses", "unreadable"],
) -> Callable[[Rule, Snapshot], Verdict | None]:
    def judge_count(_rule: Rule, snapshot: Snapshot) -> Verdict | None:
        value: int | None = getattr(snapshot, name)
        return None if value is None else _high(float(value), 0.0, 0.0)

    return judge_count


def _high(value: float, above: float, recover_at: float, subject: str | None = None) -> Verdict:
    fires = value > above
    recovers = not fires and value <= min(recover_at, above)
    return Verdict(value=value, fires=fires, recovers=recovers, subject=subject or None)


def _low(value: float, below: float, recover_at: float) -> Verdict:
    fires = value < below
    recovers = not fires and value >= max(recover_at, below)
    return Verdict(value=value, fires=fires, recovers=recovers, is_low_bad=True)


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
