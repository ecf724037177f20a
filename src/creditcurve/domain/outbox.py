"""Messages that are due: their content as values, and when they are sent or tried again.

A message is stored in the transaction that made it due. Its id stays equal for all tries, so that a
receiver can drop a second copy.
"""

from enum import StrEnum
from typing import Final

import msgspec

from creditcurve.domain.alert import Rule
from creditcurve.domain.channel import Channel
from creditcurve.domain.credits import Credits
from creditcurve.domain.digest import Digest
from creditcurve.domain.episode import Episode, Notice

PAUSES_S: Final = (5, 15, 60, 300, 600, 600, 600, 600, 820)
"""The pauses between two tries: an hour in all. Then a message is given up."""
MAX_ATTEMPTS: Final = 100
"""The tries of one message that are kept."""
MAX_PER_MINUTE: Final = 20
"""The messages that one channel gets in a minute."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try to deliver a message.

    Attributes:
        at_ms: when it ended.
        channel: the channel's id.
        ok: whether the channel accepted the message.
        is_final: whether the channel would refuse the message again.
        answer: the channel's answer, without secrets.
    """

    at_ms: int
    channel: str
    ok: bool
    is_final: bool = False
    answer: str


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a rule, with copies of its rule and episode from that moment.

    Attributes:
        at_ms: the moment.
        notice: why it is reported.
        rule: the rule at that moment.
        episode: the episode at that moment.
        cost: the credits that were spent during an ended episode.
        model: for rules on spending, the model that cost most.
        api_key: the API key that cost most.
    """

    at_ms: int
    notice: Notice
    rule: Rule
    episode: Episode
    cost: Credits | None = None
    model: str | None = None
    api_key: str | None = None


class State(StrEnum):
    """Where a message is.

    ``held`` waits for the end of the quiet hours, ``merged`` became part of another message, and
    ``dropped`` was not sent before the user snoozed its rule; it waits again if the user ends that
    snooze.
    """

    WAITING = "waiting"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    MERGED = "merged"
    DROPPED = "dropped"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message to the user.

    Attributes:
        id: the idempotency key.
        due_ms: when it became due.
        contents: the events that it reports; several where quiet hours collected them.
        digest: the day that it describes instead.
        receivers: the channels of a digest, in the order they are tried.
        episode: the number of its episode.
        state: where it is.
        attempts: the tries so far.
        next_try_ms: when it is tried next.
        tries: how often it was tried without success.
        merged_into: the id of the message that it became part of.
    """

    id: str
    due_ms: int
    contents: tuple[Content, ...] = ()
    digest: Digest | None = None
    receivers: tuple[str, ...] = ()
    episode: int | None = None
    state: State = State.WAITING
    attempts: tuple[Attempt, ...] = ()
    next_try_ms: int = 0
    tries: int = 0
    merged_into: str | None = None

    @property
    def is_urgent(self) -> bool:
        """Whether one of its rules is urgent."""
        return any(one.rule.urgent for one in self.contents)

    @property
    def may_be_held(self) -> bool:
        """Whether quiet hours hold it back."""
        return not self.is_urgent and self.digest is None

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that its rules or the digest name, in the order they are tried."""
        if self.digest is not None:
            return self.receivers
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
    return message.state is State.WAITING and not 0 < wait_ms <= max(PAUSES_S) * 1000


def is_refused(message: Message, channel: Channel) -> bool:
    """Return whether a channel would refuse a message again.

    A channel whose address or token was changed since is no longer failing.
    """
    if channel.failing_since_ms is None:
        return False
    return any(one.channel == channel.id and one.is_final for one in message.attempts)


def undeliverable(message: Message) -> Message:
    """Return a message for which there is no channel."""
    return msgspec.structs.replace(message, state=State.FAILED)


def dropped(message: Message) -> Message:
    """Return a message that the user snoozed."""
    return msgspec.structs.replace(message, state=State.DROPPED)


def restored(message: Message) -> Message:
    """Return a dropped message that is to be sent after all."""
    return msgspec.structs.replace(message, state=State.WAITING)


def delivered(message: Message, attempts: tuple[Attempt, ...]) -> Message:
    """Return the message after a channel accepted it."""
    return msgspec.structs.replace(message, state=State.SENT, attempts=message.attempts + attempts)


def retried(message: Message, attempts: tuple[Attempt, ...], now_ms: int) -> Message:
    """Return the message after no channel accepted it; after the last pause it is given up.

    Tries are counted, not measured: a clock that is set forward ends no message.
    """
    is_last = message.tries >= len(PAUSES_S)
    return msgspec.structs.replace(
        message,
        state=State.FAILED if is_last else State.WAITING,
        attempts=(message.attempts + attempts)[-MAX_ATTEMPTS:],
        next_try_ms=now_ms if is_last else now_ms + PAUSES_S[message.tries] * 1000,
        tries=message.tries + 1,
    )
