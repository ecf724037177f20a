"""Since when no poll has succeeded, as far as an alert may count it."""

from creditcurve.domain.episode import Episode, State
from creditcurve.domain.instant import MINUTE_MS


def silent_since_ms(
    last_success_ms: int | None,
    *,
    episode: Episode | None,
    minutes: int,
    watched_since_ms: int,
    now_ms: int,
) -> int:
    """Return the instant from which silence counts between polls.

    A new episode needs silence while polls were made, not while the machine was off. An open one
    goes on: only a poll ends it, not a clock that was set back.

    Args:
        last_success_ms: the last good poll.
        episode: the open episode of the rule.
        minutes: the silence that fires it.
        watched_since_ms: since when polls have been made without a pause.
        now_ms: the present moment.
    """
    if episode is not None and episode.state in (State.PENDING, State.FIRING):
        # One millisecond more than fires, also where the clock was just set back a little.
        return min(episode.since_ms, now_ms) - minutes * MINUTE_MS - 1
    if last_success_ms is None or last_success_ms > now_ms:
        return watched_since_ms
    return max(last_success_ms, watched_since_ms)
