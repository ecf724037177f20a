"""The table of messages; only the newest concluded ones are kept."""

from collections.abc import Iterable
from typing import Final

import apsw

from creditcurve.domain.outbox import Message
from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts.decoding import decoded, encoded

MAX_CONCLUDED: Final = 1_000
MAX_OPEN: Final = 500
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
_BOUND_MESSAGES: Final = """
    DELETE FROM alert_message
     WHERE id IN (SELECT id FROM alert_message WHERE NOT is_open
                   ORDER BY due DESC LIMIT -1 OFFSET ?)
"""


def put_messages(connection: apsw.Connection, found: Iterable[Message]) -> None:
    """Store messages in place of their earlier states."""
    for one in found:
        row = (one.id, one.episode, one.due_ms, one.is_open, encoded(one))
        connection.execute(_PUT_MESSAGE, row)
    connection.execute(_BOUND_MESSAGES, (MAX_CONCLUDED,))
    versions.advance_alerts(connection)


def open_messages(connection: apsw.Connection) -> list[Message]:
    """Return the messages that are not concluded, oldest first."""
    return decoded(connection.execute(_OPEN_MESSAGES, (MAX_OPEN,)), Message)


def messages_of(connection: apsw.Connection, number: int) -> tuple[Message, ...]:
    """Return the messages of an episode, oldest first."""
    return tuple(decoded(connection.execute(_MESSAGES_OF, (number,)), Message))
