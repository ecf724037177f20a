"""The shelf of alerts: rules, channels and episodes."""

from datetime import tzinfo

import apsw

from creditcurve.domain.alert import Rule
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.episode import Episode, Notice
from creditcurve.domain.outbox import Content
from creditcurve.store.sqlite.alerts import channels, episodes, judging
from creditcurve.store.sqlite.alerts.contents import content_of
from creditcurve.store.sqlite.alerts.rules import delete_rule, put_rule
from creditcurve.store.sqlite.alerts.sealing import decoded_address, encoded_address
from creditcurve.store.sqlite.alerts.setup import CommittedSetup
from creditcurve.store.sqlite.alerts.snoozing import snooze
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.seals import Seals
from creditcurve.store.values.alerts import AlertSetup, EpisodesPage, EpisodesQuery, StoredEpisode
from creditcurve.store.values.polling import Observed


class SqliteAlerts:
    """Implements ``contract.Alerts``."""

    def __init__(self, database: Database, setup: CommittedSetup, *, seals: Seals) -> None:
        self._database = database
        self._setup = setup
        self._seals = seals

    @property
    def setup(self) -> AlertSetup:
        """Rules, channels and version as last committed."""
        return self._setup.newest

    async def save_rule(self, rule: Rule, *, at_ms: int) -> None:
        """Store a rule; one that is switched off ends its episode without a message."""

        def work(connection: apsw.Connection) -> None:
            put_rule(connection, rule)
            if not rule.enabled:
                judging.end_episode(connection, rule.id, at_ms)

        await self._setup.write(work)

    async def delete_rule(self, rule: str, *, at_ms: int) -> bool:
        """Delete a rule and end its episode; return whether there was one of that id."""

        def work(connection: apsw.Connection) -> bool:
            if not delete_rule(connection, rule):
                return False
            judging.end_episode(connection, rule, at_ms)
            return True

        return await self._setup.write(work)

    async def save_channel(self, channel: Channel, address: Address | None = None) -> None:
        """Store a channel; without an address the stored one is kept."""

        def work(connection: apsw.Connection) -> None:
            sealed = None if address is None else self._seals.seal(encoded_address(address))
            channels.put_channel(connection, channel, sealed)

        await self._setup.write(work)

    async def delete_channel(self, channel: str) -> bool:
        """Delete a channel; return whether there was one of that id."""
        is_deleted = await self._setup.write(lambda c: channels.delete_channel(c, channel))
        if is_deleted:
            await self._database.truncate_log()
        return is_deleted

    async def address(self, channel: str) -> Address | None:
        """Return the address of a channel; None if it has none."""

        def work(connection: apsw.Connection) -> Address | None:
            sealed = channels.sealed_address(connection, channel)
            return None if sealed is None else decoded_address(self._seals.unseal(sealed))

        return await self._database.read(work)

    async def save_health(self, channel: Channel) -> None:
        """Store the health of a channel; one that was deleted in the meantime is not stored."""
        await self._setup.write(lambda c: channels.put_health(c, channel))

    async def episodes(self, query: EpisodesQuery) -> EpisodesPage:
        """Return a page of episodes with their messages, newest first."""
        return await self._database.read(lambda c: episodes.page(c, query))

    async def snooze(
        self, episode: int, until_ms: int | None, *, at_ms: int
    ) -> StoredEpisode | None:
        """Send no message of an episode's rule until an instant; None ends the snooze."""
        return await self._setup.write(lambda c: snooze(c, episode, until_ms, at_ms))

    async def episode(self, episode: int) -> StoredEpisode | None:
        """Return an episode by its number, with its messages."""
        return await self._database.read(lambda c: episodes.episode(c, episode))

    async def confirm(self, episode: int, at_ms: int | None) -> StoredEpisode | None:
        """Store when the user confirmed an episode; None takes it back."""
        return await self._setup.write(lambda c: episodes.confirm(c, episode, at_ms))

    async def advance(self, observed: Observed) -> bool:
        """Judge the rules that need no poll; return whether an episode changed.

        Most ticks change nothing, and are not written.
        """
        if not await self._database.read(lambda c: judging.changes_at_tick(c, observed)):
            return False
        return await self._setup.write(lambda c: judging.after_tick(c, observed))

    async def content(self, rule: Rule, episode: Episode, at_ms: int, zone: tzinfo) -> Content:
        """Return the content of a message about an episode that began to fire at an instant."""
        return await self._database.read(
            lambda c: content_of(c, rule, episode, Notice.FIRED, now_ms=at_ms, zone=zone)
        )
