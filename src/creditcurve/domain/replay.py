"""The episodes that a rule would have had on past values."""

from collections.abc import Iterable

import msgspec

from creditcurve.domain.alert import Rule, Snapshot, judge
from creditcurve.domain.episode import Episode, Notice, State, step


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """The episodes of a rule.

    Attributes:
        episodes: those that would have fired, oldest first; the last one may be open.
        reported: the newest one as it was when its message was due; None if none fired.
    """

    episodes: tuple[Episode, ...]
    reported: Episode | None


def replayed(rule: Rule, snapshots: Iterable[Snapshot]) -> Replay:
    """Return the episodes that would have fired."""
    found: list[Episode] = []
    episode = reported = None
    for snapshot in snapshots:
        verdict = judge(rule, snapshot)
        if episode is None and (verdict is None or not verdict.fires):
            continue
        after = step(episode, rule, verdict, snapshot.now_ms)
        episode = after.episode
        if after.notice is Notice.FIRED:
            reported = episode
        if episode is not None and not episode.is_open:
            found.append(episode)
            episode = None
    if episode is not None and episode.state is not State.PENDING:
        found.append(episode)
    return Replay(episodes=tuple(found), reported=reported)
