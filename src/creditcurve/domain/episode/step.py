"""The steps of an episode, from a rule's verdicts to the messages that are due.

pending → firing → recovering → over. An episode is pending until the threshold has been crossed for
``for_s``; it fires once, recovers when the value is back within the threshold of recovery, and is
over when it has stayed there for ``for_s``. Between the two thresholds nothing changes, so that a
value that oscillates around one of them sends no second message.

While its rule is snoozed an episode sends no message. One that still fires afterwards sends one.
One that the user has confirmed sends only the message of its end.
"""

from typing import Final

import msgspec

from creditcurve.domain.alert import Rule, Verdict
from creditcurve.domain.episode.values import Episode, Notice, State, moved, not_later_than

MAX_DIP_S: Final = 300
"""An episode that recovers for less than this (or ``for_s``) and fires again is the same one."""


class Step(msgspec.Struct, frozen=True):
    """An episode after a verdict, and the message that is due; both may be None."""

    episode: Episode | None
    notice: Notice | None = None


def step(
    episode: Episode | None,
    rule: Rule,
    verdict: Verdict | None,
    now_ms: int,
    snoozed_until_ms: int | None = None,
) -> Step:
    """Return what becomes of a rule's episode.

    Args:
        episode: the open episode, if there is one.
        rule: its current version.
        verdict: None if it is unknown; the episode is then unchanged.
        now_ms: the instant; it may be earlier than the last one where a clock was set back.
        snoozed_until_ms: when the rule's newest snooze ends or ended.
    """
    moment = _Moment(rule, now_ms, snoozed_until_ms or 0)
    if episode is None:
        return _start(moment, verdict)
    episode = not_later_than(episode, now_ms)
    if verdict is None:
        return _repeat(episode, moment)
    seen = _with_value(episode, verdict)
    match episode.state:
        case State.PENDING:
            return _while_pending(seen, moment, verdict)
        case State.FIRING:
            return _while_firing(seen, moment, verdict)
        case State.RECOVERING:
            return _while_recovering(seen, moment, verdict)
        case State.OVER:
            return _start(moment, verdict)


class _Moment(msgspec.Struct, frozen=True):
    """A rule at an instant."""

    rule: Rule
    now_ms: int
    snoozed_until_ms: int

    @property
    def is_snoozed(self) -> bool:
        return self.now_ms < self.snoozed_until_ms


def _start(moment: _Moment, verdict: Verdict | None) -> Step:
    if verdict is None or not verdict.fires:
        return Step(None)
    pending = Episode(
        rule=moment.rule.id,
        state=State.PENDING,
        since_ms=moment.now_ms,
        changed_ms=moment.now_ms,
        value=verdict.value,
        peak=verdict.value,
        subject=verdict.subject,
    )
    return _while_pending(pending, moment, verdict)


def _while_pending(episode: Episode, moment: _Moment, verdict: Verdict) -> Step:
    if not verdict.fires:
        return Step(None)
    if moment.now_ms - episode.since_ms < moment.rule.for_s * 1000:
        return Step(episode)
    return _report(moved(episode, State.FIRING, moment.now_ms), moment)


def _while_firing(episode: Episode, moment: _Moment, verdict: Verdict) -> Step:
    if not verdict.recovers:
        return _report(episode, moment)
    recovering = moved(episode, State.RECOVERING, moment.now_ms, until_ms=moment.now_ms)
    return _while_recovering(recovering, moment, verdict)


def _while_recovering(episode: Episode, moment: _Moment, verdict: Verdict) -> Step:
    if verdict.fires:
        return Step(moved(episode, State.FIRING, moment.now_ms, until_ms=None))
    if moment.now_ms - episode.changed_ms < max(moment.rule.for_s, MAX_DIP_S) * 1000:
        return Step(episode)
    is_silent = moment.is_snoozed or episode.notified_ms is None
    over = moved(episode, State.OVER, moment.now_ms)
    return Step(over, None if is_silent else Notice.RECOVERED)


def _report(episode: Episode, moment: _Moment) -> Step:
    """Return the message of an episode that fires: the first, one after a snooze, or another."""
    if moment.is_snoozed or episode.confirmed_ms is not None:
        return Step(episode)
    if episode.notified_ms is None:
        return _notified(episode, Notice.FIRED, moment.now_ms)
    if episode.notified_ms < moment.snoozed_until_ms:
        return _notified(episode, Notice.REPEATED, moment.now_ms)
    return _repeat(episode, moment)


def _repeat(episode: Episode, moment: _Moment) -> Step:
    repeat_s, notified_ms = moment.rule.repeat_s, episode.notified_ms
    if episode.state is not State.FIRING or repeat_s is None or notified_ms is None:
        return Step(episode)
    if episode.confirmed_ms is not None or moment.is_snoozed:
        return Step(episode)
    if moment.now_ms - notified_ms < repeat_s * 1000:
        return Step(episode)
    return _notified(episode, Notice.REPEATED, moment.now_ms)


def _notified(episode: Episode, notice: Notice, now_ms: int) -> Step:
    return Step(msgspec.structs.replace(episode, notified_ms=now_ms), notice)


def _with_value(episode: Episode, verdict: Verdict) -> Episode:
    worst = min if verdict.is_low_bad else max
    return msgspec.structs.replace(
        episode,
        value=verdict.value,
        peak=worst(verdict.value, episode.peak),
        subject=verdict.subject or episode.subject,
    )
