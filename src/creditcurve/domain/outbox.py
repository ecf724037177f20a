"""Messages that are due: their content as values, and when they are sent or tried again.

A message is stored in the transaction that made it due. Its id stays equal for all tries, so that a
receiver can drop a second copy.
"""

from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.alert import Rule
from creditcurve.domain.episode import Episode, Notice

GIVE_UP_MS: Final = 3_600_000
"""A message is tried for an hour after its first try."""
PAUSES_S: Final = (5, 15, 60, 300, 600)
"""The pauses between two tries; the last one is repeated."""
MAX_ATTEMPTS: Final = 100
"""The tries of one message that are kept."""
MAX_PER_MINUTE: Final = 20
"""The messages that one channel gets in a minute."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try to deliver a message."""

    at_ms: int
    channel: str
    ok: bool
    answer: str


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, as it was at that moment."""

    at_ms: int
    notice: Notice
    rule: Rule
    episode: Episode


class State(StrEnum):
    """Where a message is.

    ``held`` waits for the end of the quiet hours, and ``merged`` became part of another message.
    """

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    MERGED = "merged"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message to the user.

    Attributes:
        id: the idempotency key.
        due_ms: when it became due.
        contents: what it reports; several where quiet hours collected them.
        episode: the number of its episode.
        state: where it is.
        attempts: the tries so far.
        first_try_ms: when it was first tried.
        next_try_ms: when it is tried next.
        tries: how often it was tried without success.
    """

    id: str
    due_ms: int
    contents: tuple[Content, ...] = ()
    episode: int | None = None
    state: State = State.WAITING
    attempts: tuple[Attempt, ...] = ()
    first_try_ms: int | None = None
    next_try_ms: int = 0
    tries: int = 0

    @property
    def is_urgent(self) -> bool:
        """Whether quiet hours do not hold it back."""
        return any(one.rule.urgent for one in self.contents)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that its rules name, in the order they are tried."""
        return tuple(dict.fromkeys(one for part in self.contents for one in part.rule.channels))

    @property
    def is_open(self) -> bool:
        """Whether something is left to do for it."""
        return self.state in (State.WAITING, State.HELD)


def is_due(message: Message, now_ms: int) -> bool:
    """Return whether a waiting message is tried now.

    A next try that is farther away than the longest pause comes from a clock that was set back.
    """
    wait_ms = message.next_try_ms - now_ms
    return message.state is State.WAITING and not 0 < wait_ms <= PAUSES_S[-1] * 1000


def delivered(message: Message, attempts: tuple[Attempt, ...]) -> Message:
    """Return the message after a channel accepted it."""
    return msgspec.structs.replace(message, state=State.SENT, attempts=message.attempts + attempts)


def retried(message: Message, attempts: tuple[Attempt, ...], now_ms: int) -> Message:
    """Return the message after no channel accepted it; after an hour it is given up."""
    first_ms = now_ms if message.first_try_ms is None else message.first_try_ms
    is_over = now_ms - first_ms >= GIVE_UP_MS
    return msgspec.structs.replace(
        message,
        state=State.FAILED if is_over else State.WAITING,
        attempts=(message.attempts + attempts)[-MAX_ATTEMPTS:],
        first_try_ms=min(first_ms, now_ms),
        next_try_ms=now_ms + PAUSES_S[min(message.tries, len(PAUSES_S) - 1)] * 1000,
        tries=message.tries + 1,
    )
