"""Episodes: from a rule's verdicts to messages, one per episode.

pending → firing → recovering → over. An episode is pending until the threshold has been crossed for
``for_s``; it fires once, recovers when the value is back within the threshold of recovery, and is
over when it has stayed there for ``for_s``. Between the two thresholds nothing changes, so that a
value that oscillates around one of them sends no second message.
"""

from enum import StrEnum
from typing import Any, Final

import msgspec

from creditcurve.domain.alert import Rule, Verdict

MAX_DIP_S: Final = 300
"""An episode that recovers for less than this (or ``for_s``) and fires again is the same one."""


class State(StrEnum):
    """Where an episode is."""

    PENDING = "pending"
    FIRING = "firing"
    RECOVERING = "recovering"
    OVER = "over"


class Notice(StrEnum):
    """Why a message is due."""

    FIRED = "fired"
    REPEATED = "repeated"
    RECOVERED = "recovered"


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """One time that a rule's threshold was crossed.

    Attributes:
        rule: the rule's id.
        state: where it is.
        since_ms: when the threshold was first crossed.
        changed_ms: when the state last changed.
        until_ms: when it recovered; None before.
        value: the newest value.
        peak: the value farthest beyond the threshold.
        subject: the model, key or endpoint that the message names.
        notified_ms: when a message was last due; None before the first.
        snoozed_until_ms: repetitions are left out until then.
    """

    rule: str
    state: State
    since_ms: int
    changed_ms: int
    value: float
    peak: float
    until_ms: int | None = None
    subject: str | None = None
    notified_ms: int | None = None
    snoozed_until_ms: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state is not State.OVER


class Step(msgspec.Struct, frozen=True):
    """An episode after a verdict, and the message that is due; both may be None."""

    episode: Episode | None
    notice: Notice | None = None


def step(episode: Episode | None, rule: Rule, verdict: Verdict | None, now_ms: int) -> Step:
    """Return what becomes of a rule's episode.

    Args:
        episode: the open episode, if there is one.
        rule: its current version.
        verdict: None if it is unknown; the episode is then unchanged.
        now_ms: the instant; it may be earlier than the last one where a clock was set back.
    """
    if episode is None:
        return _start(rule, verdict, now_ms)
    episode = _not_later_than(episode, now_ms)
    if verdict is None:
        return _repeat(episode, rule, now_ms)
    seen = _with_value(episode, verdict)
    match episode.state:
        case State.PENDING:
            return _while_pending(seen, rule, verdict, now_ms)
        case State.FIRING:
            return _while_firing(seen, rule, verdict, now_ms)
        case State.RECOVERING:
            return _while_recovering(seen, rule, verdict, now_ms)
        case State.OVER:
            return _start(rule, verdict, now_ms)


def snoozed(episode: Episode, until_ms: int | None) -> Episode:
    """Return the episode without repetitions until an instant; None ends the snooze."""
    return msgspec.structs.replace(episode, snoozed_until_ms=until_ms)


def shifted(episode: Episode, shift_ms: int) -> Episode:
    """Return the episode after the wall clock was set: its durations are the same."""
    return msgspec.structs.replace(
        episode,
        since_ms=episode.since_ms + shift_ms,
        changed_ms=episode.changed_ms + shift_ms,
        until_ms=None if episode.until_ms is None else episode.until_ms + shift_ms,
        notified_ms=None if episode.notified_ms is None else episode.notified_ms + shift_ms,
    )


def ended(episode: Episode, now_ms: int) -> Episode:
    """Return the episode ended without a message: its rule was deleted or switched off."""
    return _moved(episode, State.OVER, now_ms, until_ms=episode.until_ms or now_ms)


def _start(rule: Rule, verdict: Verdict | None, now_ms: int) -> Step:
    if verdict is None or not verdict.fires:
        return Step(None)
    pending = Episode(
        rule=rule.id,
        state=State.PENDING,
        since_ms=now_ms,
        changed_ms=now_ms,
        value=verdict.value,
        peak=verdict.value,
        subject=verdict.subject,
    )
    return _while_pending(pending, rule, verdict, now_ms)


def _while_pending(episode: Episode, rule: Rule, verdict: Verdict, now_ms: int) -> Step:
    if not verdict.fires:
        return Step(None)
    if now_ms - episode.since_ms < rule.for_s * 1000:
        return Step(episode)
    return Step(_moved(episode, State.FIRING, now_ms, notified_ms=now_ms), Notice.FIRED)


def _while_firing(episode: Episode, rule: Rule, verdict: Verdict, now_ms: int) -> Step:
    if not verdict.recovers:
        return _repeat(episode, rule, now_ms)
    recovering = _moved(episode, State.RECOVERING, now_ms, until_ms=now_ms)
    return _while_recovering(recovering, rule, verdict, now_ms)


def _while_recovering(episode: Episode, rule: Rule, verdict: Verdict, now_ms: int) -> Step:
    if verdict.fires:
        return Step(_moved(episode, State.FIRING, now_ms, until_ms=None))
    if now_ms - episode.changed_ms < max(rule.for_s, MAX_DIP_S) * 1000:
        return Step(episode)
    return Step(_moved(episode, State.OVER, now_ms), Notice.RECOVERED)


def _repeat(episode: Episode, rule: Rule, now_ms: int) -> Step:
    if episode.state is not State.FIRING or rule.repeat_s is None or episode.notified_ms is None:
        return Step(episode)
    is_snoozed = episode.snoozed_until_ms is not None and now_ms < episode.snoozed_until_ms
    if is_snoozed or now_ms - episode.notified_ms < rule.repeat_s * 1000:
        return Step(episode)
    return Step(msgspec.structs.replace(episode, notified_ms=now_ms), Notice.REPEATED)


def _not_later_than(episode: Episode, now_ms: int) -> Episode:
    """Return the episode with no instant after now: a clock that was set back would stop it."""
    if episode.changed_ms <= now_ms and (episode.notified_ms or 0) <= now_ms:
        return episode
    return msgspec.structs.replace(
        episode,
        since_ms=min(episode.since_ms, now_ms),
        changed_ms=min(episode.changed_ms, now_ms),
        notified_ms=None if episode.notified_ms is None else min(episode.notified_ms, now_ms),
    )


def _with_value(episode: Episode, verdict: Verdict) -> Episode:
    worst = min if verdict.is_low_bad else max
    return msgspec.structs.replace(
        episode,
        value=verdict.value,
        peak=worst(verdict.value, episode.peak),
        subject=verdict.subject or episode.subject,
    )


def _moved(episode: Episode, state: State, now_ms: int, **fields: Any) -> Episode:
    return msgspec.structs.replace(episode, state=state, changed_ms=now_ms, **fields)
