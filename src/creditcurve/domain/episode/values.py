"""An episode as it is stored, and the changes that need no verdict."""

from enum import StrEnum
from typing import Any

import msgspec


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
        confirmed_ms: when the user said that they know of it; None before.
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
    confirmed_ms: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state is not State.OVER


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
    return moved(episode, State.OVER, now_ms, until_ms=episode.until_ms or now_ms)


def moved(episode: Episode, state: State, now_ms: int, **fields: Any) -> Episode:
    """Return the episode in another state."""
    return msgspec.structs.replace(episode, state=state, changed_ms=now_ms, **fields)


def not_later_than(episode: Episode, now_ms: int) -> Episode:
    """Return the episode with no instant after now: a clock that was set back would stop it."""
    if episode.changed_ms <= now_ms and (episode.notified_ms or 0) <= now_ms:
        return episode
    return msgspec.structs.replace(
        episode,
        since_ms=min(episode.since_ms, now_ms),
        changed_ms=min(episode.changed_ms, now_ms),
        notified_ms=None if episode.notified_ms is None else min(episode.notified_ms, now_ms),
    )
