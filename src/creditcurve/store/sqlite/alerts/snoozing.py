"""Snoozes of episodes, with their effect on messages that were not sent yet."""

import apsw

from creditcurve.domain.episode import Episode, Notice
from creditcurve.domain.outbox import Content, restored
from creditcurve.store.sqlite.alerts import episodes, messages
from creditcurve.store.sqlite.alerts.snoozes import dropped_by_snooze, put_snooze, snoozes
from creditcurve.store.values.alerts import StoredEpisode


def snooze(
    connection: apsw.Connection, episode: int, until_ms: int | None, now_ms: int
) -> StoredEpisode | None:
    """Store the end of the snooze of an episode's rule; return None if it does not exist.

    A snooze drops the messages that were not sent. One that is ended gives them back, except those
    about an episode that has ended since.
    """
    found = episodes.episode(connection, episode)
    if found is None:
        return None
    rule = found.episode.rule
    is_snoozed = snoozes(connection).get(rule, 0) > now_ms
    before = dropped_by_snooze(connection, rule) if is_snoozed else ()
    if until_ms is None:
        put_snooze(connection, rule, None)
        _restore(connection, rule, before)
    else:
        added = messages.drop_unsent(connection, rule)
        put_snooze(connection, rule, until_ms, dict.fromkeys((*before, *added)))
    return episodes.episode(connection, episode)


def _restore(connection: apsw.Connection, rule: str, ids: tuple[str, ...]) -> None:
    stored = episodes.open_episodes(connection).get(rule)
    present = None if stored is None else stored.episode
    found = [
        restored(one)
        for one in messages.dropped_messages(connection, ids)
        if _is_true(one.contents[-1], present)
    ]
    if found:
        messages.put_messages(connection, found)


def _is_true(content: Content, present: Episode | None) -> bool:
    """Return whether a message still describes the rule's episode, and is its newest one."""
    if content.notice is Notice.RECOVERED:
        return True
    told = content.episode
    return present is not None and (present.since_ms, present.notified_ms) == (
        told.since_ms,
        told.notified_ms,
    )
