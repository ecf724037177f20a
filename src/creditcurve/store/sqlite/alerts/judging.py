"""Alert rules judged within a transaction: episodes advance, and messages become due.

An episode and its messages are stored together with the rows that caused them: a process that is
killed neither loses nor repeats a message.
"""

import secrets
from collections.abc import Callable
from typing import Final, NamedTuple

import apsw
import msgspec

from creditcurve.domain.alert import Kind, Rule, Snapshot, judge
from creditcurve.domain.episode import Episode, Notice, Step, ended, shifted, step
from creditcurve.domain.outbox import Content, Message
from creditcurve.domain.silence import silent_since_ms
from creditcurve.store.sqlite import versions
from creditcurve.store.sqlite.alerts import clock
from creditcurve.store.sqlite.alerts.episodes import (
    add_episode,
    delete_episode,
    open_episodes,
    put_episode,
)
from creditcurve.store.sqlite.alerts.keys import new_keys, note_keys
from creditcurve.store.sqlite.alerts.messages import put_messages
from creditcurve.store.sqlite.alerts.rules import stored_rules
from creditcurve.store.sqlite.alerts.snapshot import of_poll, of_tick
from creditcurve.store.sqlite.alerts.spending import cost_of
from creditcurve.store.values import Observed, Poll, StoredEpisode

_ID_BYTES: Final = 16


class _Change(NamedTuple):
    """A rule whose episode changes: as it is stored, and after the step."""

    rule: Rule
    stored: StoredEpisode | None
    after: Step


def after_poll(connection: apsw.Connection, poll: Poll) -> bool:
    """Judge all rules after a poll was stored; return whether an episode changed.

    A back-fill only marks its API keys as known: it asks for records from before.
    """
    observed = poll.observed
    if observed is None or poll.hours is not None:
        note_keys(connection, now_ms=0)
        return False
    note_keys(connection, observed.now_ms)
    rules = _enabled(connection)
    keys = new_keys(connection, observed.now_ms)
    snapshot = of_poll(connection, rules, observed, keys)
    changes = _changes(connection, rules, observed, lambda _rule, _episode: snapshot)
    return _apply(connection, changes, observed)


def after_tick(connection: apsw.Connection, observed: Observed) -> bool:
    """Judge the rules that need no poll; return whether an episode changed."""
    return _apply(connection, _tick(connection, observed), observed)


def changes_at_tick(connection: apsw.Connection, observed: Observed) -> bool:
    """Return whether ``after_tick`` would change anything."""
    return not clock.is_noted(connection, observed) or bool(_tick(connection, observed))


def end_episode(connection: apsw.Connection, rule: str, at_ms: int) -> None:
    """End the open episode of a rule without a message."""
    found = open_episodes(connection).get(rule)
    if found is not None:
        _put(connection, found, _finished(found.episode, at_ms))


def _finished(episode: Episode, at_ms: int) -> Episode | None:
    return None if episode.notified_ms is None else ended(episode, at_ms)


def _enabled(connection: apsw.Connection) -> tuple[Rule, ...]:
    return tuple(rule for rule in stored_rules(connection) if rule.enabled)


def _tick(connection: apsw.Connection, observed: Observed) -> list[_Change]:
    snapshot = of_tick(connection, observed)
    return _changes(
        connection,
        _enabled(connection),
        observed,
        lambda rule, episode: _as_seen_by(rule, snapshot, episode, observed),
    )


def _changes(
    connection: apsw.Connection,
    rules: tuple[Rule, ...],
    observed: Observed,
    snapshot_for: Callable[[Rule, Episode | None], Snapshot],
) -> list[_Change]:
    """Judge each rule; return those whose episode changes."""
    episodes = open_episodes(connection)
    shift_ms = clock.shift_ms(connection, observed)
    found: list[_Change] = []
    for rule in rules:
        stored = episodes.get(rule.id)
        before = None if stored is None else shifted(stored.episode, shift_ms)
        verdict = judge(rule, snapshot_for(rule, before))
        after = step(before, rule, verdict, observed.now_ms)
        if after.episode != (None if stored is None else stored.episode):
            found.append(_Change(rule, stored, after))
    return found


def _apply(connection: apsw.Connection, changes: list[_Change], observed: Observed) -> bool:
    """Store changed episodes and their messages; return whether there are any."""
    if not clock.is_noted(connection, observed):
        clock.note(connection, observed)
    messages: list[Message] = []
    for change in changes:
        episode, notice = change.after.episode, change.after.notice
        number = _put(connection, change.stored, episode)
        if episode is not None and notice is not None:
            cost = cost_of(connection, change.rule, episode) if notice is Notice.RECOVERED else None
            content = Content(
                at_ms=observed.now_ms, notice=notice, rule=change.rule, episode=episode, cost=cost
            )
            messages.append(_message(number, content))
    if messages:
        put_messages(connection, messages)
    elif changes:
        versions.advance_alerts(connection)
    return bool(changes)


def _as_seen_by(
    rule: Rule, snapshot: Snapshot, episode: Episode | None, observed: Observed
) -> Snapshot:
    """Return the snapshot of a tick with the silence that counts for a rule."""
    if rule.kind is not Kind.SILENCE:
        return snapshot
    since_ms = silent_since_ms(
        snapshot.last_success_ms,
        episode=episode,
        minutes=rule.minutes or 0,
        watched_since_ms=observed.watched_since_ms,
        now_ms=observed.now_ms,
    )
    return msgspec.structs.replace(snapshot, last_success_ms=since_ms)


def _put(connection: apsw.Connection, stored: StoredEpisode | None, episode: Episode | None) -> int:
    """Store what became of an episode; return its number."""
    if stored is None:
        return 0 if episode is None else add_episode(connection, episode)
    if episode is None:
        delete_episode(connection, stored.id)
    else:
        put_episode(connection, stored.id, episode)
    return stored.id


def _message(number: int, content: Content) -> Message:
    key = secrets.token_hex(_ID_BYTES)
    return Message(id=key, due_ms=content.at_ms, contents=(content,), episode=number)
