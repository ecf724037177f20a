"""The shelf of alerts: rules, channels, episodes and messages."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import apsw
import msgspec

from creditcurve.domain.alert import Rule
from creditcurve.domain.channel import Address, Channel
from creditcurve.domain.episode import snoozed
from creditcurve.domain.outbox import Message
from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts import channels as channel_table
from creditcurve.store.sqlite.alerts import episodes as episode_table
from creditcurve.store.sqlite.alerts import judging
from creditcurve.store.sqlite.alerts import messages as message_table
from creditcurve.store.sqlite.alerts.rules import save_rules, stored_rules
from creditcurve.store.sqlite.alerts.sealing import decoded_address, encoded_address
from creditcurve.store.sqlite.alerts.setup import setup
from creditcurve.store.sqlite.database import Database
from creditcurve.store.sqlite.state import SqliteState
from creditcurve.store.values import (
    AlertSetup,
    EpisodesPage,
    EpisodesQuery,
    Observed,
    StoredEpisode,
)

T = TypeVar("T")


class SqliteAlerts:
    """Implements ``contract.Alerts``.

    Attributes:
        setup: rules, channels and version as last committed.
    """

    def __init__(
        self, database: Database, connection: apsw.Connection, *, state: SqliteState
    ) -> None:
        self._database = database
        self._state = state
        self.setup = setup(connection)

    async def save_rule(self, rule: Rule, *, at_ms: int) -> None:
        """Store a rule; one that is switched off ends its episode without a message."""

        def work(connection: apsw.Connection) -> None:
            stored = stored_rules(connection)
            is_known = any(one.id == rule.id for one in stored)
            kept = tuple(rule if one.id == rule.id else one for one in stored)
            save_rules(connection, kept if is_known else (*stored, rule))
            if not rule.enabled:
                judging.end_episode(connection, rule.id, at_ms)

        await self._write(work)

    async def delete_rule(self, rule: str, *, at_ms: int) -> bool:
        """Delete a rule and end its episode; return whether there was one of that id."""

        def work(connection: apsw.Connection) -> bool:
            stored = stored_rules(connection)
            kept = tuple(one for one in stored if one.id != rule)
            if kept != stored:
                save_rules(connection, kept)
                judging.end_episode(connection, rule, at_ms)
            return kept != stored

        return await self._write(work)

    async def save_channel(self, channel: Channel, address: Address | None = None) -> None:
        """Store a channel; without an address the stored one is kept."""

        def work(connection: apsw.Connection) -> None:
            sealed = None if address is None else self._state.seal(encoded_address(address))
            channel_table.put_channel(connection, channel, sealed)

        await self._write(work)

    async def delete_channel(self, channel: str) -> bool:
        """Delete a channel; return whether there was one of that id."""
        is_deleted = await self._write(lambda c: channel_table.delete_channel(c, channel))
        if is_deleted:
            await self._database.truncate_log()
        return is_deleted

    async def address(self, channel: str) -> Address | None:
        """Return the address of a channel; None if it has none."""

        def work(connection: apsw.Connection) -> Address | None:
            sealed = channel_table.sealed_address(connection, channel)
            return None if sealed is None else decoded_address(self._state.unseal(sealed))

        return await self._database.read(work)

    async def episodes(self, query: EpisodesQuery) -> EpisodesPage:
        """Return a page of episodes with their messages, newest first."""

        def work(connection: apsw.Connection) -> EpisodesPage:
            found = episode_table.episodes_within(
                connection,
                from_ms=query.from_ms,
                to_ms=query.to_ms,
                before=query.before,
                limit=query.limit + 1,
            )
            has_more = len(found) > query.limit
            return EpisodesPage(
                episodes=tuple(found[: query.limit]),
                next=found[query.limit - 1].id if has_more else None,
                version=versions.of_alerts(connection),
            )

        return await self._database.read(work)

    async def snooze(self, episode: int, until_ms: int | None) -> StoredEpisode | None:
        """Leave out repetitions until an instant; None if there is no open episode of that id."""

        def work(connection: apsw.Connection) -> StoredEpisode | None:
            found = episode_table.episode(connection, episode)
            if found is None or not found.episode.is_open:
                return None
            after = snoozed(found.episode, until_ms)
            episode_table.put_episode(connection, episode, after)
            versions.advance_alerts(connection)
            return msgspec.structs.replace(found, episode=after)

        return await self._write(work)

    async def advance(self, observed: Observed) -> bool:
        """Judge the rules that need no poll; return whether an episode changed.

        Most ticks change nothing, and are not written.
        """
        if not await self._database.read(lambda c: judging.changes_at_tick(c, observed)):
            return False
        return await self._write(lambda c: judging.after_tick(c, observed))

    async def add_digest(self, message: Message, *, day: str) -> bool:
        """Store the digest of a day; return False if that day has had one."""
        return await self._write(lambda c: message_table.add_digest(c, message, day))

    async def open_messages(self) -> list[Message]:
        """Return the messages that are waiting or held, oldest first."""
        return await self._database.read(message_table.open_messages)

    async def save_messages(
        self, messages: Sequence[Message], channels: Sequence[Channel] = ()
    ) -> None:
        """Store what became of messages and channels, in one transaction."""

        def work(connection: apsw.Connection) -> None:
            message_table.put_messages(connection, messages)
            stored = {one.id: one for one in channel_table.stored_channels(connection)}
            for channel in channels:
                if channel.id in stored:
                    after = _with_health(stored[channel.id], channel)
                    channel_table.put_channel(connection, after, None)

        await self._write(work)

    def committed(self, found: AlertSetup) -> None:
        """Take the setup of a committed transaction into memory."""
        self.setup = found

    async def _write(self, work: Callable[[apsw.Connection], T]) -> T:
        def whole(connection: apsw.Connection) -> tuple[T, AlertSetup]:
            return work(connection), setup(connection)

        result = await self._database.write(whole, lambda pair: self.committed(pair[1]))
        return result[0]


def _with_health(stored: Channel, seen: Channel) -> Channel:
    """Return the stored channel with the health of another: the user may have renamed it."""
    return msgspec.structs.replace(
        stored,
        failing_since_ms=seen.failing_since_ms,
        failed_ms=seen.failed_ms,
        succeeded_ms=seen.succeeded_ms,
        error=seen.error,
    )
