"""Alert rules judged within a transaction: episodes advance, and messages become due.

An episode and its messages are stored together with the rows that caused them: a process that is
killed neither loses nor repeats a message.
"""

import secrets
from collections.abc import Sequence
from typing import Final

import apsw

from creditcurve.domain.episode import Episode, State, ended
from creditcurve.domain.outbox import Message
from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts import clock
from creditcurve.store.sqlite.alerts.changes import Change, changes_of_poll, changes_of_tick
from creditcurve.store.sqlite.alerts.contents import content_of
from creditcurve.store.sqlite.alerts.episodes import (
    add_episode,
    delete_episode,
    open_episodes,
    put_episode,
)
from creditcurve.store.sqlite.alerts.keys import new_keys, note_keys
from creditcurve.store.sqlite.alerts.messages import put_messages
from creditcurve.store.sqlite.alerts.snoozes import put_snooze
from creditcurve.store.values.alerts import StoredEpisode
from creditcurve.store.values.polling import Observed, Poll

_ID_BYTES: Final = 16


def after_poll(connection: apsw.Connection, poll: Poll) -> bool:
    """Judge all rules after a poll was stored; return whether an episode changed.

    A back-fill only marks its API keys as known: it asks for records from before.
    """
    observed = poll.observed
    if observed is None or poll.hours is not None:
        note_keys(connection, now_ms=0)
        return False
    note_keys(connection, observed.now_ms)
    changes = changes_of_poll(connection, observed, new_keys(connection, observed.now_ms))
    return _apply(connection, changes, observed)


def after_tick(connection: apsw.Connection, observed: Observed) -> bool:
    """Judge the rules that need no poll; return whether an episode changed."""
    return _apply(connection, changes_of_tick(connection, observed), observed)


def changes_at_tick(connection: apsw.Connection, observed: Observed) -> bool:
    """Return whether ``after_tick`` would change anything."""
    return not clock.is_noted(connection, observed) or bool(changes_of_tick(connection, observed))


def end_episode(connection: apsw.Connection, rule: str, at_ms: int) -> None:
    """End the open episode and the snooze of a rule, without a message."""
    put_snooze(connection, rule, None)
    found = open_episodes(connection).get(rule)
    if found is not None:
        is_pending = found.episode.state is State.PENDING
        _put(connection, found, None if is_pending else ended(found.episode, at_ms))


def _apply(connection: apsw.Connection, changes: Sequence[Change], observed: Observed) -> bool:
    """Store changed episodes and their messages; return whether there are any."""
    if not clock.is_noted(connection, observed):
        clock.note(connection, observed)
    messages = []
    for change in changes:
        number = _put(connection, change.stored, change.after.episode)
        message = _message(connection, number, change, observed)
        messages += [] if message is None else [message]
    if messages:
        put_messages(connection, messages)
    elif changes:
        versions.advance_alerts(connection)
    return bool(changes)


def _put(connection: apsw.Connection, stored: StoredEpisode | None, episode: Episode | None) -> int:
    """Store what became of an episode; return its number."""
    if stored is None:
        return 0 if episode is None else add_episode(connection, episode)
    if episode is None:
        delete_episode(connection, stored.id)
    else:
        put_episode(connection, stored.id, episode)
    return stored.id


def _message(
    connection: apsw.Connection, number: int, change: Change, observed: Observed
) -> Message | None:
    """Return the message that a change makes due."""
    rule, episode, notice = change.rule, change.after.episode, change.after.notice
    if episode is None or notice is None:
        return None
    content = content_of(
        connection, rule, episode, notice, now_ms=observed.now_ms, zone=observed.zone
    )
    key = secrets.token_hex(_ID_BYTES)
    return Message(id=key, due_ms=observed.now_ms, contents=(content,), episode=number)
