"""The episodes that a rule would have had on past values."""

from collections.abc import Iterable

from creditcurve.domain.alert import Rule, Snapshot, judge
from creditcurve.domain.episode import Episode, State, step


def episodes_on(rule: Rule, snapshots: Iterable[Snapshot]) -> list[Episode]:
    """Return the episodes that would have fired, oldest first; the last one may be open."""
    found: list[Episode] = []
    episode: Episode | None = None
    for snapshot in snapshots:
        verdict = judge(rule, snapshot)
        if episode is None and (verdict is None or not verdict.fires):
            continue
        episode = step(episode, rule, verdict, snapshot.now_ms).episode
        if episode is not None and not episode.is_open:
            found.append(episode)
            episode = None
    if episode is not None and episode.state is not State.PENDING:
        found.append(episode)
    return found
