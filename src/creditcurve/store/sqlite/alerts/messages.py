"""The table of messages; only the newest concluded ones are kept."""

from collections.abc import Iterable
from typing import Final

import apsw
import msgspec

from creditcurve.domain.outbox import Message, State, dropped
from creditcurve.store.sqlite import stored_values, versions
from creditcurve.store.sqlite.alerts.decoding import decoded, encoded

MAX_CONCLUDED: Final = 1_000
MAX_OPEN: Final = 500
_PUT_MESSAGE: Final = """
    INSERT OR REPLACE INTO alert_message (id, episode, due, is_open, value) VALUES (?, ?, ?, ?, ?)
"""
_OPEN_MESSAGES: Final = "SELECT value FROM alert_message WHERE is_open ORDER BY due, id LIMIT ?"
_MESSAGE: Final = "SELECT value FROM alert_message WHERE id = ?"
_HAS_MESSAGES: Final = "SELECT EXISTS (SELECT 1 FROM alert_message WHERE is_open)"
# A message of quiet hours became part of another one, which has the tries.
_MESSAGES_OF: Final = """
    SELECT ifnull(whole.value, part.value)
      FROM alert_message part
      LEFT JOIN alert_message whole ON whole.id = json_extract(part.value, '$.merged_into')
     WHERE part.episode = ?
     ORDER BY part.due, part.id
"""
_BOUND_MESSAGES: Final = """
    DELETE FROM alert_message
     WHERE id IN (SELECT id FROM alert_message WHERE NOT is_open
                   ORDER BY due DESC LIMIT -1 OFFSET ?)
"""
_DIGESTS: Final = "alert_digests"
MAX_DAYS: Final = 7


class DigestDays(msgspec.Struct, frozen=True):
    """The newest days that have had a digest."""

    days: tuple[str, ...] = ()


def put_messages(connection: apsw.Connection, found: Iterable[Message]) -> None:
    """Store messages in place of their earlier states."""
    for one in found:
        row = (one.id, one.episode, one.due_ms, one.is_open, encoded(one))
        connection.execute(_PUT_MESSAGE, row)
    connection.execute(_BOUND_MESSAGES, (MAX_CONCLUDED,))
    versions.advance_alerts(connection)


def add_digest(connection: apsw.Connection, message: Message, day: str) -> bool:
    """Store the digest of a day; return False if that day has had one."""
    days = (stored_values.get(connection, _DIGESTS, DigestDays) or DigestDays()).days
    if day in days:
        return False
    stored_values.put(connection, _DIGESTS, DigestDays((*days, day)[-MAX_DAYS:]))
    put_messages(connection, [message])
    return True


def open_messages(connection: apsw.Connection) -> list[Message]:
    """Return the messages that are not concluded, oldest first."""
    return decoded(connection.execute(_OPEN_MESSAGES, (MAX_OPEN,)), Message)


def has_messages(connection: apsw.Connection) -> bool:
    """Return whether any message is not concluded."""
    return bool(connection.execute(_HAS_MESSAGES).get)


def drop_unsent(connection: apsw.Connection, rule: str) -> tuple[str, ...]:
    """Drop the messages that are only about a rule and were not sent yet; return their ids."""
    found = [
        one
        for one in open_messages(connection)
        if one.contents and all(part.rule.id == rule for part in one.contents)
    ]
    if found:
        put_messages(connection, map(dropped, found))
    return tuple(one.id for one in found)


def dropped_messages(connection: apsw.Connection, ids: Iterable[str]) -> list[Message]:
    """Return those messages of these ids that are dropped."""
    found = [one for id_ in ids for one in decoded(connection.execute(_MESSAGE, (id_,)), Message)]
    return [one for one in found if one.state is State.DROPPED]


def messages_of(connection: apsw.Connection, number: int) -> tuple[Message, ...]:
    """Return the messages of an episode, oldest first."""
    return tuple(decoded(connection.execute(_MESSAGES_OF, (number,)), Message))
