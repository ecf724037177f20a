"""The table of episodes; only the newest ended ones are kept."""

from collections.abc import Sequence
from typing import Any, Final

import apsw
import msgspec

from creditcurve.decoding import decode
from creditcurve.domain.episode import Episode
from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts.decoding import encoded
from creditcurve.store.sqlite.alerts.messages import messages_of
from creditcurve.store.sqlite.alerts.snoozes import snoozes
from creditcurve.store.values.alerts import EpisodesPage, EpisodesQuery, StoredEpisode

MAX_ENDED: Final = 1_000
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
_BOUND_EPISODES: Final = """
    DELETE FROM alert_episode
     WHERE id IN (SELECT id FROM alert_episode WHERE NOT is_open
                   ORDER BY id DESC LIMIT -1 OFFSET ?)
"""


def open_episodes(connection: apsw.Connection) -> dict[str, StoredEpisode]:
    """Return the open episode of each rule that has one."""
    found = _episodes(connection.execute(_OPEN_EPISODES))
    return {one.episode.rule: one for one in found}


def episode(connection: apsw.Connection, number: int) -> StoredEpisode | None:
    """Return an episode by its number, with its messages."""
    found: Any = connection.execute(_EPISODE, (number,)).fetchone()
    if found is None:
        return None
    one = StoredEpisode(id=number, episode=decode(found[0], Episode))
    return _complete(connection, one, snoozes(connection))


def page(connection: apsw.Connection, query: EpisodesQuery) -> EpisodesPage:
    """Return the episodes that touch a range, newest first, with their messages."""
    bounds = {
        "from_ms": query.from_ms,
        "to_ms": query.to_ms,
        "before": query.before,
        "limit": query.limit + 1,
    }
    found = _episodes(connection.execute(_EPISODES, bounds))
    ends = snoozes(connection)
    return EpisodesPage(
        episodes=tuple(_complete(connection, one, ends) for one in found[: query.limit]),
        next=found[query.limit - 1].id if len(found) > query.limit else None,
        version=versions.of_alerts(connection),
    )


def add_episode(connection: apsw.Connection, one: Episode) -> int:
    """Store a new episode; return its number."""
    connection.execute(_ADD_EPISODE, (one.rule, one.since_ms, encoded(one)))
    number = connection.last_insert_rowid()
    connection.execute(_BOUND_EPISODES, (MAX_ENDED,))
    return number


def put_episode(connection: apsw.Connection, number: int, one: Episode) -> None:
    """Store an episode in place of its earlier state."""
    connection.execute(_PUT_EPISODE, (one.is_open, encoded(one), number))


def confirm(connection: apsw.Connection, number: int, at_ms: int | None) -> StoredEpisode | None:
    """Store when the user confirmed an episode; return it, if it exists."""
    found = episode(connection, number)
    if found is None:
        return None
    put_episode(connection, number, msgspec.structs.replace(found.episode, confirmed_ms=at_ms))
    versions.advance_alerts(connection)
    return episode(connection, number)


def delete_episode(connection: apsw.Connection, number: int) -> None:
    """Delete an episode that ended before it fired."""
    connection.execute(_DELETE_EPISODE, (number,))


def _episodes(cursor: apsw.Cursor) -> list[StoredEpisode]:
    rows: Sequence[Any] = cursor.fetchall()
    return [StoredEpisode(id=number, episode=decode(value, Episode)) for number, value in rows]


def _complete(
    connection: apsw.Connection, one: StoredEpisode, ends: dict[str, int]
) -> StoredEpisode:
    """Return an episode with its messages and its rule's snooze."""
    return msgspec.structs.replace(
        one,
        messages=messages_of(connection, one.id),
        snoozed_until_ms=ends.get(one.episode.rule),
    )
