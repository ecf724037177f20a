"""The store's methods for rules, channels and episodes."""

from datetime import tzinfo
from typing import Protocol

from creditcurve.domain.alert import Rule
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.episode import Episode
from creditcurve.domain.outbox import Content
from creditcurve.store.values.alerts import AlertSetup, EpisodesPage, EpisodesQuery, StoredEpisode
from creditcurve.store.values.polling import Observed


class Alerts(Protocol):
    """Rules, channels and episodes."""

    @property
    def setup(self) -> AlertSetup:
        """Rules, channels and the version of all alert data."""
        ...

    async def save_rule(self, rule: Rule, *, at_ms: int) -> None:
        """Store a rule; one that is switched off ends its episode without a message."""
        ...

    async def delete_rule(self, rule: str, *, at_ms: int) -> bool:
        """Delete a rule and end its episode; return whether there was one of that id."""
        ...

    async def save_channel(self, channel: Channel, address: Address | None = None) -> None:
        """Store a channel; without an address the stored one is kept."""
        ...

    async def delete_channel(self, channel: str) -> bool:
        """Delete a channel; return whether there was one of that id."""
        ...

    async def address(self, channel: str) -> Address | None:
        """Return the address of a channel; None if it has none, as in a restored backup.

        Raises:
            VaultUnreadableError: the key that sealed it is missing.
        """
        ...

    async def save_health(self, channel: Channel) -> None:
        """Store the health of a channel; one that was deleted in the meantime is not stored."""
        ...

    async def episodes(self, query: EpisodesQuery) -> EpisodesPage:
        """Return a page of episodes with their messages, newest first."""
        ...

    async def snooze(
        self, episode: int, until_ms: int | None, *, at_ms: int
    ) -> StoredEpisode | None:
        """Send no message of an episode's rule until an instant; None ends the snooze.

        Messages that were not sent yet are dropped; those that still apply wait again when the
        snooze is ended. Returns None if there is no such episode.
        """
        ...

    async def episode(self, episode: int) -> StoredEpisode | None:
        """Return an episode by its number, with its messages."""
        ...

    async def content(self, rule: Rule, episode: Episode, at_ms: int, zone: tzinfo) -> Content:
        """Return the content of a message about an episode that began to fire at an instant."""
        ...

    async def confirm(self, episode: int, at_ms: int | None) -> StoredEpisode | None:
        """Store when the user confirmed an episode: none of its messages is repeated.

        Returns None if there is no such episode.
        """
        ...

    async def advance(self, observed: Observed) -> bool:
        """Judge the rules that need no poll; return whether an episode changed.

        ``Records.append`` judges all rules in the transaction of the poll.
        """
        ...
