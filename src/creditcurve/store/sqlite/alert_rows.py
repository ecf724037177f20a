"""The tables of alerts: rules, channels, episodes and messages, as values.

Only the newest ended episodes and messages are kept.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar, cast

import apsw
import msgspec

from creditcurve.domain.alert import DEFAULT_RULES, Rule
from creditcurve.domain.channel import Channel
from creditcurve.domain.episode import Episode
from creditcurve.domain.outbox import Message
from creditcurve.store.sqlite import stored_values, versions
from creditcurve.store.values import StoredEpisode

S = TypeVar("S", bound=msgspec.Struct)

MAX_ENDED: Final = 1_000
_RULES: Final = "alert_rules"

_CHANNELS: Final = "SELECT value FROM alert_channel ORDER BY rowid"
_PUT_CHANNEL: Final = """
    INSERT INTO alert_channel (id, value, sealed) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE
       SET value = excluded.value, sealed = ifnull(excluded.sealed, sealed)
"""
_SEALED: Final = "SELECT sealed FROM alert_channel WHERE id = ?"
_ALL_SEALED: Final = "SELECT id, sealed FROM alert_channel WHERE sealed IS NOT NULL"
_RESEAL: Final = "UPDATE alert_channel SET sealed = ? WHERE id = ?"
_FORGET: Final = "UPDATE alert_channel SET sealed = NULL"
_HAS_CHANNELS: Final = "SELECT count(*) FROM sqlite_schema WHERE name = 'alert_channel'"
_DELETE_CHANNEL: Final = "DELETE FROM alert_channel WHERE id = ?"
_OPEN_EPISODES: Final = "SELECT id, value FROM alert_episode WHERE is_open"
_EPISODE: Final = "SELECT value FROM alert_episode WHERE id = ?"
_ADD_EPISODE: Final = "INSERT INTO alert_episode (rule, since, is_open, value) VALUES (?, ?, 1, ?)"
_PUT_EPISODE: Final = "UPDATE alert_episode SET is_open = ?, value = ? WHERE id = ?"
_DELETE_EPISODE: Final = "DELETE FROM alert_episode WHERE id = ?"
_EPISODES: Final = """
    SELECT id, value FROM alert_episode
     WHERE id < :before AND since < :to_ms
       AND (is_open OR ifnull(json_extract(value, '$.until_ms'), since) >= :from_ms)
     ORDER BY id DESC LIMIT :limit
"""
_PUT_MESSAGE: Final = """
    INSERT OR REPLACE INTO alert_message (id, episode, due, is_open, value) VALUES (?, ?, ?, ?, ?)
"""
_OPEN_MESSAGES: Final = "SELECT value FROM alert_message WHERE is_open ORDER BY due, id LIMIT ?"
# A message of quiet hours became part of another one, which has the tries.
_MESSAGES_OF: Final = """
    SELECT ifnull(whole.value, part.value)
      FROM alert_message part
      LEFT JOIN alert_message whole ON whole.id = json_extract(part.value, '$.merged_into')
     WHERE part.episode = ?
     ORDER BY part.due, part.id
"""
_BOUND_EPISODES: Final = """
    DELETE FROM alert_episode
     WHERE id IN (SELECT id FROM alert_episode WHERE NOT is_open
                   ORDER BY id DESC LIMIT -1 OFFSET ?)
"""
_BOUND_MESSAGES: Final = """
    DELETE FROM alert_message
     WHERE id IN (SELECT id FROM alert_message WHERE NOT is_open
                   ORDER BY due DESC LIMIT -1 OFFSET ?)
"""
MAX_OPEN_MESSAGES: Final = 500


class StoredRules(msgspec.Struct, frozen=True):
    """All rules, in the user's order."""

    rules: tuple[Rule, ...] = DEFAULT_RULES


def rules(connection: apsw.Connection) -> tuple[Rule, ...]:
    """Return the rules; the default ones before the first change."""
    return (stored_values.get(connection, _RULES, StoredRules) or StoredRules()).rules


def save_rules(connection: apsw.Connection, found: tuple[Rule, ...]) -> None:
    """Store all rules."""
    stored_values.put(connection, _RULES, StoredRules(found))
    versions.advance_alerts(connection)


def channels(connection: apsw.Connection) -> tuple[Channel, ...]:
    """Return the channels, oldest first."""
    return tuple(_decoded(connection.execute(_CHANNELS), Channel))


def put_channel(connection: apsw.Connection, channel: Channel, sealed: bytes | None) -> None:
    """Store a channel; without a sealed address the stored one is kept."""
    connection.execute(_PUT_CHANNEL, (channel.id, _json(channel), sealed))
    versions.advance_alerts(connection)


def delete_channel(connection: apsw.Connection, channel: str) -> bool:
    """Delete a channel; return whether there was one of that id."""
    connection.execute(_DELETE_CHANNEL, (channel,))
    if not connection.changes():
        return False
    versions.advance_alerts(connection)
    return True


def sealed_address(connection: apsw.Connection, channel: str) -> bytes | None:
    """Return the sealed address of a channel."""
    found: Any = connection.execute(_SEALED, (channel,)).fetchone()
    return None if found is None or found[0] is None else bytes(found[0])


def sealed_addresses(connection: apsw.Connection) -> list[tuple[str, bytes]]:
    """Return the sealed address of each channel by its id."""
    rows = cast("list[tuple[str, bytes]]", connection.execute(_ALL_SEALED).fetchall())
    return [(channel, bytes(sealed)) for channel, sealed in rows]


def reseal_address(connection: apsw.Connection, channel: str, sealed: bytes) -> None:
    """Replace the sealed address of a channel."""
    connection.execute(_RESEAL, (sealed, channel))


def delete_addresses(connection: apsw.Connection) -> None:
    """Delete all addresses and secrets, for a copy, which may be of an older schema."""
    if connection.execute(_HAS_CHANNELS).get:
        connection.execute(_FORGET)


def open_episodes(connection: apsw.Connection) -> dict[str, StoredEpisode]:
    """Return the open episode of each rule that has one."""
    found = _episodes(connection.execute(_OPEN_EPISODES))
    return {one.episode.rule: one for one in found}


def episode(connection: apsw.Connection, number: int) -> StoredEpisode | None:
    """Return an episode by its number, with its messages."""
    found: Any = connection.execute(_EPISODE, (number,)).fetchone()
    if found is None:
        return None
    return StoredEpisode(
        id=number,
        episode=msgspec.json.decode(found[0], type=Episode),
        messages=messages_of(connection, number),
    )


def episodes(
    connection: apsw.Connection, *, from_ms: int, to_ms: int, before: int, limit: int
) -> list[StoredEpisode]:
    """Return the episodes that touch a range, newest first, with their messages."""
    bounds = {"from_ms": from_ms, "to_ms": to_ms, "before": before, "limit": limit}
    return [
        msgspec.structs.replace(one, messages=messages_of(connection, one.id))
        for one in _episodes(connection.execute(_EPISODES, bounds))
    ]


def add_episode(connection: apsw.Connection, one: Episode) -> int:
    """Store a new episode; return its number."""
    connection.execute(_ADD_EPISODE, (one.rule, one.since_ms, _json(one)))
    number = connection.last_insert_rowid()
    connection.execute(_BOUND_EPISODES, (MAX_ENDED,))
    return number


def put_episode(connection: apsw.Connection, number: int, one: Episode) -> None:
    """Store an episode in place of its earlier state."""
    connection.execute(_PUT_EPISODE, (one.is_open, _json(one), number))


def delete_episode(connection: apsw.Connection, number: int) -> None:
    """Delete an episode that ended before it fired."""
    connection.execute(_DELETE_EPISODE, (number,))


def put_messages(connection: apsw.Connection, found: Iterable[Message]) -> None:
    """Store messages in place of their earlier states."""
    for one in found:
        row = (one.id, one.episode, one.due_ms, one.is_open, _json(one))
        connection.execute(_PUT_MESSAGE, row)
    connection.execute(_BOUND_MESSAGES, (MAX_ENDED,))
    versions.advance_alerts(connection)


def open_messages(connection: apsw.Connection) -> list[Message]:
    """Return the messages that are not concluded, oldest first."""
    return _decoded(connection.execute(_OPEN_MESSAGES, (MAX_OPEN_MESSAGES,)), Message)


def messages_of(connection: apsw.Connection, number: int) -> tuple[Message, ...]:
    """Return the messages of an episode, oldest first."""
    return tuple(_decoded(connection.execute(_MESSAGES_OF, (number,)), Message))


def _episodes(cursor: apsw.Cursor) -> list[StoredEpisode]:
    rows: Sequence[Any] = cursor.fetchall()
    return [
        StoredEpisode(id=number, episode=msgspec.json.decode(value, type=Episode))
        for number, value in rows
    ]


def _decoded(cursor: apsw.Cursor, kind: type[S]) -> list[S]:
    rows: Sequence[Any] = cursor.fetchall()
    return [msgspec.json.decode(value, type=kind) for (value,) in rows]


def _json(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()
