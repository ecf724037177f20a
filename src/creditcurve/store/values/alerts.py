"""Rules, channels and episodes as stored."""

import msgspec

from creditcurve.domain.alert import Rule
from creditcurve.domain.channel import Channel
from creditcurve.domain.episode import Episode
from creditcurve.domain.outbox import Message


class StoredEpisode(msgspec.Struct, frozen=True, kw_only=True):
    """An episode, its number and its messages, and when its rule's newest snooze ends."""

    id: int
    episode: Episode
    messages: tuple[Message, ...] = ()
    snoozed_until_ms: int | None = None


class EpisodesQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the episodes that touch ``[from_ms, to_ms)``, newest first."""

    from_ms: int = 0
    to_ms: int = 2**53
    before: int = 2**53
    limit: int = 100


class EpisodesPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of episodes; ``next`` is ``before`` of the next page, None on the last one."""

    episodes: tuple[StoredEpisode, ...]
    next: int | None
    version: int


class AlertSetup(msgspec.Struct, frozen=True, kw_only=True):
    """Rules and channels as last committed, and the version of all alert data.

    ``has_messages`` says whether any message is waiting or held.
    """

    rules: tuple[Rule, ...]
    channels: tuple[Channel, ...]
    version: int
    has_messages: bool
