"""Snoozes of episodes, with their effect on messages that were not sent yet."""

import apsw

from creditcurve.store.sqlite.alerts import episodes, messages
from creditcurve.store.sqlite.alerts.snoozes import put_snooze
from creditcurve.store.values.alerts import StoredEpisode


def snooze(connection: apsw.Connection, episode: int, until_ms: int | None) -> StoredEpisode | None:
    """Store the end of the snooze of an episode's rule; return None if it does not exist."""
    found = episodes.episode(connection, episode)
    if found is None:
        return None
    put_snooze(connection, found.episode.rule, until_ms)
    if until_ms is not None:
        messages.drop_unsent(connection, found.episode.rule)
    return episodes.episode(connection, episode)
